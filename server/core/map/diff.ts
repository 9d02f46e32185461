import { unreachable } from "../assert.ts";
import type { Binding, Edge, MapDocument, Step } from "./document.ts";
import { type Place, placePath } from "./place.ts";
import { type MapRule, type RuleKind, ruleKey, rulesOf } from "./rules.ts";
import { isSame } from "./same.ts";

/** What became of one rule between two versions. */
export type RuleChange = {
  readonly kind: "added" | "removed" | "changed" | "same";
  readonly rule: RuleKind;
  readonly place: Place;
  /** "Who owns Price has changed" */
  readonly sentence: string;
  /** The rule's words before and after; null where it did not exist. */
  readonly before: string | null;
  readonly after: string | null;
};

/** The changes of one field; `field` is null for what belongs to the entity as a whole. */
export type FieldDiff = {
  readonly field: string | null;
  readonly title: string;
  readonly changes: readonly RuleChange[];
};

/** The changes of one entity; `entity` is null for the systems. */
export type EntityDiff = {
  readonly entity: string | null;
  readonly title: string;
  readonly fields: readonly FieldDiff[];
};

export type MapDiff = {
  /** How many rules were added, removed or changed. */
  readonly changed: number;
  /** How many stayed the same. */
  readonly unchanged: number;
  readonly entities: readonly EntityDiff[];
};

export type DiffHow = {
  /** Also lists the rules that stayed the same, as kind "same". */
  readonly context?: boolean;
  /** What a step does, with its settings, where that alone has changed. */
  readonly stepWords?: (step: Step) => string;
};

/**
 * The difference in meaning of two maps: entity → field → rule, in the order of the newer map,
 * with what was removed at the end. Neither key order nor the order of systems, entities,
 * bindings and edges means anything.
 */
export function diffMaps(before: MapDocument, after: MapDocument, how: DiffHow = {}): MapDiff {
  const old = new Map([...rulesOf(before)].map((rule) => [ruleKey(rule), rule]));
  const fresh = new Map([...rulesOf(after)].map((rule) => [ruleKey(rule), rule]));
  const groups = new Groups();
  let unchanged = 0;
  let changed = 0;
  for (const key of new Set([...fresh.keys(), ...old.keys()])) {
    const [was, is] = [old.get(key), fresh.get(key)];
    const rule = is ?? was;
    if (rule === undefined || isPartOfNews(rule, old, fresh) || isSaidForAll(was, is)) continue;
    const kind = kindOf(was, is);
    if (kind === "same") unchanged += 1;
    else changed += 1;
    if (kind === "same" && how.context !== true) continue;
    const change = changeOf(kind, rule, was, is, { old, fresh });
    groups.add(rule, how.stepWords === undefined ? change : withSteps(change, [was, is], how));
  }
  return { changed, unchanged, entities: groups.list(nameFinder(before, after)) };
}

/** Whether two maps say the same. */
export function meansTheSame(before: MapDocument, after: MapDocument): boolean {
  return diffMaps(before, after).changed === 0;
}

type Rules = ReadonlyMap<string, MapRule>;

function kindOf(was: MapRule | undefined, is: MapRule | undefined): RuleChange["kind"] {
  if (was === undefined) return "added";
  if (is === undefined) return "removed";
  return isSameRule(was, is) ? "same" : "changed";
}

function isSameRule(was: MapRule, is: MapRule): boolean {
  if (is.kind !== "field-order") return isSame(was.value, is.value);
  // A field that came or went is told by its own line; only what both have can change places.
  const [left, right] = [was.value as string[], is.value as string[]];
  const common = (ids: string[], others: string[]) => ids.filter((id) => others.includes(id));
  return isSame(common(left, right), common(right, left));
}

/** Rules that say what an added or removed field, entity or binding is like: told in its line. */
const PARTS: Partial<Record<RuleKind, RuleKind>> = {
  type: "field",
  options: "field",
  group: "field",
  note: "field",
  ownership: "field",
  policy: "field",
  validation: "field",
  "group-fields": "field-group",
  "group-owner": "field-group",
  "group-policy": "field-group",
  title: "entity",
  "match-keys": "entity",
  "entity-rules": "entity",
  "field-order": "entity",
  "binding-rules": "binding",
  scope: "binding",
  "mass-change": "binding",
};

/** What became of a field of a split as of all of them is told once, by the split. */
function isSaidForAll(was: MapRule | undefined, is: MapRule | undefined): boolean {
  return is?.follows !== undefined && is.follows === was?.follows;
}

function isPartOfNews(rule: MapRule, old: Rules, fresh: Rules): boolean {
  const whole = PARTS[rule.kind];
  if (whole === undefined) return false;
  const key = ruleKey({ ...rule, kind: whole });
  return !old.has(key) || !fresh.has(key);
}

function changeOf(
  kind: RuleChange["kind"],
  rule: MapRule,
  was: MapRule | undefined,
  is: MapRule | undefined,
  all: { old: Rules; fresh: Rules },
): RuleChange {
  const whole = kind === "added" || kind === "removed";
  const words = (one: MapRule | undefined, rules: Rules) => {
    if (one === undefined) return null;
    return whole ? wholeWords(one, rules) : one.words;
  };
  return {
    ...{ kind, rule: rule.kind, place: rule.place, sentence: sentenceOf(kind, rule, was) },
    before: words(was, all.old),
    after: words(is, all.fresh),
  };
}

/** Two lines that join the same by the same steps differ in what the steps are set to. */
function withSteps(
  change: RuleChange,
  [was, is]: readonly [MapRule | undefined, MapRule | undefined],
  { stepWords = () => "" }: DiffHow,
): RuleChange {
  const { kind, rule, before, after } = change;
  if (kind !== "changed" || rule !== "edge" || before !== after) return change;
  const words = (one: MapRule | undefined) => {
    const { steps } = (one?.value ?? { steps: [] }) as Pick<Edge, "steps">;
    return steps.map((step) => cut(stepWords(step))).join(" ");
  };
  return { ...change, before: words(was), after: words(is) };
}

const STEP_CHARACTERS_MAX = 400;

const cut = (words: string): string =>
  words.length <= STEP_CHARACTERS_MAX ? words : `${words.slice(0, STEP_CHARACTERS_MAX)}…`;

/** An added or removed thing with what it is like: "decimal; ERP owns it; …". */
function wholeWords(rule: MapRule, rules: Rules): string {
  const parts = Object.entries(PARTS)
    .filter(([, whole]) => whole === rule.kind)
    .map(([part]) => rules.get(ruleKey({ ...rule, kind: part as RuleKind })))
    .filter((part) => part !== undefined && part.kind !== "field-order" && !isPlain(part));
  if (parts.length === 0) return rule.words;
  return parts.map((part) => part?.words).join("; ");
}

/** A rule that says nothing special needs no words beside others. */
function isPlain(rule: MapRule): boolean {
  const { value } = rule;
  if (value === null || (Array.isArray(value) && value.length === 0)) return true;
  return rule.kind === "options" && isSame(value, {});
}

/** What a rule is about, within a sentence: "who owns Price". */
export const ruleSubject = (rule: MapRule): string =>
  rule.kind === "edge" ? rule.words : `${NOUNS[rule.kind]}${rule.subject}`;

function sentenceOf(kind: RuleChange["kind"], rule: MapRule, was: MapRule | undefined): string {
  const subject = ruleSubject(rule);
  switch (kind) {
    case "added":
      return `Added: ${subject}`;
    case "removed":
      return `Removed: ${subject}`;
    case "same":
      return `Unchanged: ${subject}`;
    case "changed":
      return changedSentence(rule, was?.subject ?? rule.subject);
    default:
      return unreachable(kind);
  }
}

const NOUNS: Record<RuleKind, string> = {
  system: "the system ",
  dimension: "the dimension ",
  entity: "the entity ",
  title: "the title of ",
  "match-keys": "the match keys of ",
  "entity-rules": "the rules between fields of ",
  "field-order": "the order of fields of ",
  "field-group": "the group ",
  "group-fields": "what is decided together as ",
  "group-owner": "who owns ",
  "group-policy": "what happens when two edits meet of ",
  field: "the field ",
  type: "the type of ",
  options: "how values are compared of ",
  group: "the group of ",
  note: "the note of ",
  ownership: "who owns ",
  policy: "what happens when two edits meet of ",
  validation: "the rules of ",
  binding: "the binding of ",
  "binding-rules": "what is made and deleted by ",
  scope: "the scope of ",
  "mass-change": "the limits of a mass change of ",
  edge: "",
};

function changedSentence(rule: MapRule, oldSubject: string): string {
  switch (rule.kind) {
    case "system":
      return `The system ${oldSubject} is named or drawn differently`;
    case "dimension":
      return `${rule.subject} has other members`;
    case "entity":
    case "field":
    case "field-group":
      return `${oldSubject} is now called ${rule.subject}`;
    case "group-fields":
      return `What is decided together as ${rule.subject} has changed`;
    case "ownership":
    case "group-owner":
      return `Who owns ${rule.subject} has changed`;
    case "policy":
    case "group-policy":
      return `What happens when two edits of ${rule.subject} meet has changed`;
    case "validation":
      return `What a value of ${rule.subject} must meet has changed`;
    case "entity-rules":
      return `What values of ${rule.subject} must meet together has changed`;
    case "options":
      return `How values of ${rule.subject} are compared has changed`;
    case "binding":
      return `${oldSubject} is now ${rule.subject}`;
    case "binding-rules":
      return `What ${rule.subject} makes and deletes has changed`;
    case "scope":
      return `Which rows of ${rule.subject} are synced has changed`;
    case "mass-change":
      return `How many rows of ${rule.subject} may change at once has changed`;
    case "edge":
      return `Mapped differently: ${rule.words}`;
    default:
      return `The ${rule.kind.replace("-", " ")} of ${rule.subject} has changed`;
  }
}

/** Collects changes by entity and field, in order of arrival. */
class Groups {
  readonly #entities = new Map<string | null, Map<string | null, RuleChange[]>>();

  add(rule: MapRule, change: RuleChange): void {
    const fields = this.#entities.get(rule.entity) ?? new Map<string | null, RuleChange[]>();
    this.#entities.set(rule.entity, fields);
    const changes = fields.get(rule.field) ?? [];
    fields.set(rule.field, changes);
    changes.push(change);
  }

  list(name: (entity: string | null, field: string | null) => string): EntityDiff[] {
    return [...this.#entities].map(([entity, fields]) => ({
      entity,
      title: name(entity, null),
      fields: [...fields].map(([field, changes]) => ({
        field,
        title: name(entity, field),
        changes,
      })),
    }));
  }
}

function nameFinder(before: MapDocument, after: MapDocument) {
  return (entity: string | null, field: string | null): string => {
    if (entity === null) return "Systems";
    const owners = [after, before].map((map) => map.entities.find((one) => one.id === entity));
    if (field === null) return owners.find((one) => one !== undefined)?.name ?? entity;
    const fields = owners.map((owner) => owner?.fields.find((one) => one.id === field));
    return fields.find((one) => one !== undefined)?.name ?? field;
  };
}

export type BindingChange = {
  readonly binding: string;
  readonly change: "added" | "removed" | "changed";
};

/**
 * Bindings whose rows may be decided differently under the newer map: their own rules or edges
 * changed, or the fields that they map, or how their entity is matched. Names, notes, groups and
 * the look of systems change no decision.
 */
export function changedBindings(before: MapDocument, after: MapDocument): BindingChange[] {
  const old = new Map(before.bindings.map((binding) => [binding.id, binding]));
  const fresh = new Map(after.bindings.map((binding) => [binding.id, binding]));
  const changes: BindingChange[] = [];
  for (const id of new Set([...fresh.keys(), ...old.keys()])) {
    const [was, is] = [old.get(id), fresh.get(id)];
    if (was === undefined) changes.push({ binding: id, change: "added" });
    else if (is === undefined) changes.push({ binding: id, change: "removed" });
    else if (!isSame(meaningOf(before, was), meaningOf(after, is))) {
      changes.push({ binding: id, change: "changed" });
    }
  }
  return changes;
}

/** Limits of a mass change are no news for rows that have been decided. */
const edgesOf = ({ edges }: Binding) => edges.map(({ massChange: _, ...edge }: Edge) => edge);

/** All that a binding's decisions depend on, in an order that does not depend on the drawing. */
function meaningOf(document: MapDocument, binding: Binding): unknown {
  const entity = document.entities.find((one) => one.id === binding.entity);
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const mapped = new Set(binding.edges.flatMap((edge: Edge) => edge.fields));
  const fields = (entity?.fields ?? []).filter((field) => mapped.has(field.id));
  const groups = (entity?.groups ?? []).filter((one) => one.fields.some((id) => mapped.has(id)));
  return {
    binding: { ...binding, massChange: null, edges: edgesOf(binding).toSorted(byId) },
    matchKeys: entity?.matchKeys ?? [],
    rules: entity?.rules ?? [],
    groups: groups.map(({ name: _name, ...meaning }) => meaning),
    fields: fields
      .toSorted(byId)
      .map(({ name: _name, note: _note, group: _group, split: _, ...meaning }) => meaning),
    place: placePath({ system: binding.system, entity: binding.entity }),
  };
}
