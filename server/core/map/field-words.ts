import { conditionsWords } from "../conditions/condition-words.ts";
import { POLICY_WORDS } from "../conflicts/policy-words.ts";
import { shorten } from "../values/format-value.ts";
import type { Entity, Field, MapDocument, Policy, Rights } from "./document.ts";
import { alone, type Decided, groupOf } from "./groups.ts";
import { systemName } from "./place.ts";

/** Who decides a field, in words; apart from the other sentences, which need every transform. */

/** What decides a field: itself, or the group that it is decided in. */
export function deciderOf(document: MapDocument, entity: string, field: Field): Decided {
  const owner = document.entities.find(({ id }) => id === entity);
  const group = owner === undefined ? undefined : groupOf(owner, field.id);
  return group === undefined ? alone(field) : { ...group, group: true };
}

/** "Street, City and ZIP are decided together" */
export function togetherWords({ fields }: Pick<Entity, "fields">, group: Pick<Decided, "fields">) {
  const names = group.fields.map((id) => fields.find((field) => field.id === id)?.name ?? id);
  return `${list(names)} are decided together`;
}

/**
 * Who decides a field, or the group that it is decided in.
 *
 * => "Price: ERP owns it; Shop fills when blank; other edits are set back"
 */
export function ownerSentence(document: MapDocument, entity: string, field: Field): string {
  const of = deciderOf(document, entity, field);
  return `${of.name}: ${ownershipWords(document, entity, of)}`;
}

/** Who decides it, without its name. */
export function ownershipWords(document: MapDocument, entity: string, of: Decided): string {
  if (of.ownership === undefined) return openWords(document, entity, of.fields);
  const { cases = [], ...rights } = of.ownership;
  const fields = document.entities.find(({ id }) => id === entity)?.fields ?? [];
  const ruled = cases.map(
    ({ when, ...own }, at) =>
      `${at === 0 ? "while" : "While"} ${conditionsWords(fields, when)}: ` +
      rightsWords(document, own),
  );
  if (ruled.length === 0) return rightsWords(document, rights);
  return [...ruled, `Otherwise: ${rightsWords(document, rights)}`].join(". ");
}

/** "ERP owns it; Shop fills when blank; other edits are set back" */
function rightsWords(document: MapDocument, rights: Rights): string {
  const names = (systems: readonly string[]) => systems.map((id) => systemName(document, id));
  const parts: string[] = [];
  const earlier: string[] = [];
  for (const tier of rights.tiers) {
    const systems = names(tier.systems);
    parts.push(tierWords(systems, tier.when, earlier));
    earlier.push(...systems);
  }
  return [...parts, ...limitWords(document, rights)].join("; ");
}

function tierWords(systems: string[], when: "always" | "blank", earlier: string[]): string {
  const many = systems.length > 1;
  if (when === "blank") return `${list(systems)} ${many ? "fill" : "fills"} when blank`;
  if (earlier.length === 0) return `${list(systems)} ${many ? "own" : "owns"} it`;
  return `${list(systems)} may change it and ${many ? "yield" : "yields"} to ${list(earlier)}`;
}

/** "set once; nobody clears it; other edits are set back" */
function limitWords(document: MapDocument, { once, clear, refused }: Rights): string[] {
  const clearing = clear?.map((id) => systemName(document, id));
  const only = clearing?.length === 0 ? "no system clears it" : null;
  return [
    ...(once === true ? ["set once, then changed by no system"] : []),
    ...(clearing === undefined ? [] : [only ?? `only ${list(clearing)} may clear it`]),
    REFUSED_WORDS[refused],
  ];
}

const REFUSED_WORDS: Record<Rights["refused"], string> = {
  revert: "other edits are set back",
  "keep-apart": "other systems keep their own value",
  review: "other edits wait for a decision",
};

function openWords(document: MapDocument, entity: string, fields: readonly string[]): string {
  const systems = contributors(document, entity, fields).map((id) => systemName(document, id));
  if (systems.length === 0) return "no system changes it";
  if (systems.length === 1) return `only ${list(systems)} changes it`;
  return `${list(systems)} may change it, with equal rank`;
}

/** Systems whose edits of one of the fields reach the hub. */
function contributors(document: MapDocument, entity: string, fields: readonly string[]): string[] {
  const reading = document.bindings.filter(
    (binding) =>
      binding.entity === entity &&
      binding.edges.some(
        (edge) => edge.direction !== "out" && edge.fields.some((field) => fields.includes(field)),
      ),
  );
  return [...new Set(reading.map((binding) => binding.system))];
}

/** `policySentence` without the field's name. */
export function policyWords(policy: Policy): string {
  const { sentence } = POLICY_WORDS[policy.kind];
  const own = policy.kind === "expression" ? `: ${shorten(policy.expression, 120)}` : "";
  return `when two edits of equal rank meet, ${sentence}${own}`;
}

/** "ERP", "ERP and Shop", "ERP, Shop and CRM" */
export function list(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
