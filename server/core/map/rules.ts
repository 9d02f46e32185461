import { scopeWords } from "../scope/scope-words.ts";
import { type Dimension, defaultMember } from "./dimension.ts";
import type {
  Binding,
  Edge,
  Entity,
  Field,
  FieldGroup,
  KeyOptions,
  MapDocument,
  MapSystem,
  Split,
} from "./document.ts";
import { list, ownershipWords, policyWords, togetherWords } from "./field-words.ts";
import { alone, groupOf } from "./groups.ts";
import { massChangeWords } from "./mass-words.ts";
import { bindingWords, type Place, placePath } from "./place.ts";
import {
  bindingRulesWords,
  edgeWords,
  entityRulesWords,
  matchKeysWords,
  validationWords,
} from "./sentences.ts";
import { dimensionById, fieldsOfSplit, ownAspects, splitById, splitsOf } from "./splits.ts";

export const RULE_KINDS = [
  "system",
  "dimension",
  "entity",
  "title",
  "match-keys",
  "entity-rules",
  "field-order",
  "field-group",
  "group-fields",
  "group-owner",
  "group-policy",
  "field",
  "type",
  "options",
  "group",
  "note",
  "ownership",
  "policy",
  "validation",
  "binding",
  "binding-rules",
  "scope",
  "mass-change",
  "edge",
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** One thing that a map says about one place: what the difference of two versions compares. */
export type MapRule = {
  readonly kind: RuleKind;
  readonly place: Place;
  /** Under which entity and field it is shown; null: beside all of them. */
  readonly entity: string | null;
  readonly field: string | null;
  /** What it is about, in the map's words: "Price". */
  readonly subject: string;
  /** What it says, in words. */
  readonly words: string;
  /** What it says, to compare. */
  readonly value: unknown;
  /** The key of the rule that says the same for all fields of a split. */
  readonly follows?: string;
};

/** Text that two versions share for the same rule of the same place. */
export function ruleKey(rule: Pick<MapRule, "kind" | "place">): string {
  return `${rule.kind} ${placePath(rule.place)}`;
}

/** Everything that a map says, apart from the order of its lists where that means nothing. */
export function* rulesOf(document: MapDocument): Generator<MapRule> {
  for (const system of document.systems) yield systemRule(system);
  for (const dimension of document.dimensions ?? []) yield dimensionRule(dimension);
  for (const entity of document.entities) {
    yield* entityRules(entity);
    for (const group of entity.groups ?? []) yield* groupRules(document, entity, group);
    for (const [id, split] of splitsOf(entity)) yield* splitRules(document, entity, id, split);
    for (const field of entity.fields) yield* fieldRules(document, entity, field);
  }
  for (const binding of document.bindings) yield* bindingRules(document, binding);
}

function systemRule(system: MapSystem): MapRule {
  const { id, ...value } = system;
  const words = `${system.name}, code ${system.code}, line ${system.line}`;
  const about = { subject: system.name, words, value };
  return { kind: "system", place: { system: id }, entity: null, field: null, ...about };
}

function* entityRules(entity: Entity): Generator<MapRule> {
  const about = {
    ...{ place: { entity: entity.id }, entity: entity.id, field: null },
    subject: entity.name,
  };
  const name = (id: string) => entity.fields.find((field) => field.id === id)?.name ?? id;
  yield { ...about, kind: "entity", words: `called ${entity.name}`, value: entity.name };
  yield { ...about, kind: "title", words: `known by ${name(entity.title)}`, value: entity.title };
  const keys = { words: matchKeysWords(entity), value: entity.matchKeys };
  yield { ...about, kind: "match-keys", ...keys };
  const rules = { words: entityRulesWords(entity), value: entity.rules ?? [] };
  yield { ...about, kind: "entity-rules", ...rules };
  const order = { words: entity.fields.map((field) => field.name).join(", ") };
  const ids = entity.fields.map((field) => field.id);
  yield { ...about, kind: "field-order", ...order, value: ids };
}

function* groupRules(document: MapDocument, entity: Entity, group: FieldGroup): Generator<MapRule> {
  const about = {
    ...{ place: { entity: entity.id, group: group.id }, entity: entity.id, field: null },
    subject: group.name,
  };
  const { name, fields, ownership = null, policy } = group;
  const owner = ownershipWords(document, entity.id, { ...group, group: true });
  yield { ...about, kind: "field-group", words: `called ${name}`, value: name };
  yield { ...about, kind: "group-fields", words: togetherWords(entity, group), value: fields };
  yield { ...about, kind: "group-owner", words: owner, value: ownership };
  yield { ...about, kind: "group-policy", words: policyWords(policy), value: policy };
}

function dimensionRule({ id, ...value }: Dimension): MapRule {
  const standsFor = defaultMember({ id, ...value })?.name ?? "";
  const words = `${list(value.members.map(({ name }) => name))}; ${standsFor} stands for all`;
  const about = { subject: value.name, words, value };
  return { kind: "dimension", place: { dimension: id }, entity: null, field: null, ...about };
}

/** What a split says for all of its fields. */
function* splitRules(
  document: MapDocument,
  entity: Entity,
  id: string,
  split: Split,
): Generator<MapRule> {
  const fields = fieldsOfSplit(entity, id).map((field) => field.id);
  const owner = ownershipWords(document, entity.id, { ...split, id, fields, group: false });
  const about = {
    ...{ place: { entity: entity.id, split: id }, entity: entity.id, field: null },
    subject: split.name,
  };
  const per = dimensionById(document, split.per)?.name ?? split.per;
  for (const rule of saidRules(split, owner)) {
    const isType = rule.kind === "type";
    const type = { words: `${split.type}, a value per ${per}`, value: [split.type, split.per] };
    yield { ...about, ...rule, ...(isType ? type : {}) };
  }
}

function* fieldRules(document: MapDocument, entity: Entity, field: Field): Generator<MapRule> {
  const about = {
    ...{ place: { entity: entity.id, field: field.id }, entity: entity.id, field: field.id },
    subject: field.name,
  };
  const group = groupOf(entity, field.id);
  const followed = followedKeys(entity, field);
  for (const rule of saidRules(field, ownershipWords(document, entity.id, alone(field)))) {
    const decides = rule.kind === "ownership" || rule.kind === "policy";
    const follows = followed.get(rule.kind);
    if (decides && group !== undefined) {
      const value = rule.kind === "ownership" ? { group: group.id } : rule.value;
      yield { ...about, ...rule, words: `decided as a part of ${group.name}`, value };
    } else yield { ...about, ...rule, ...(follows === undefined ? {} : { follows }) };
  }
}

/** By kind, which rule of its split a field only repeats. */
function followedKeys(entity: Entity, field: Field): ReadonlyMap<string, string> {
  const id = field.split?.of ?? "";
  const split = splitById(entity, id);
  if (split === undefined) return new Map();
  const own: readonly string[] = ownAspects(split, field);
  const kinds = SAID.filter((kind) => !own.includes(kind));
  const place = { entity: entity.id, split: id };
  return new Map(kinds.map((kind) => [kind, ruleKey({ kind, place })]));
}

const SAID = [
  ...(["field", "type", "options", "group"] as const),
  ...(["note", "ownership", "policy", "validation"] as const),
] satisfies RuleKind[];

/** What is said of a field, or of all fields of a split. */
function* saidRules(
  of: Pick<Field, "name"> & Omit<Split, "per">,
  owner: string,
): Generator<Pick<MapRule, "kind" | "words" | "value">> {
  yield { kind: "field", words: `called ${of.name}`, value: of.name };
  yield { kind: "type", words: of.type, value: of.type };
  yield { kind: "options", words: optionsWords(of), value: of.options ?? {} };
  yield { kind: "group", words: of.group ?? "no group", value: of.group ?? null };
  yield { kind: "note", words: of.note ?? "no note", value: of.note ?? null };
  yield { kind: "ownership", words: owner, value: of.ownership ?? null };
  yield { kind: "policy", words: policyWords(of.policy), value: of.policy };
  yield { kind: "validation", words: validationWords(of.validation), value: of.validation };
}

function optionsWords(field: Pick<Field, "options">): string {
  const { trim, ignoreCase, values, items, entity, key } = field.options ?? {};
  const words = [
    ...(trim === true ? ["spaces around it mean nothing"] : []),
    ...(ignoreCase === true ? ["upper and lower case mean the same"] : []),
    ...(values === undefined ? [] : [`one of ${values.join(", ")}`]),
    ...(items === undefined ? [] : [`of ${items}`]),
    ...(entity === undefined ? [] : [`to ${entity}`]),
    ...(key === undefined ? [] : [`as a key: ${keyWords(key)}`]),
  ];
  return words.length === 0 ? "compared exactly" : words.join("; ");
}

function keyWords({ trim, ignoreCase, ignoreAccents, only }: KeyOptions): string {
  const words = [
    ...(trim === true ? ["spaces around it"] : []),
    ...(ignoreCase === true ? ["upper and lower case"] : []),
    ...(ignoreAccents === true ? ["accents"] : []),
  ];
  const meaning = words.length === 0 ? [] : [`without regard to ${words.join(", ")}`];
  const parts = only === undefined ? [] : [ONLY_WORDS[only]];
  return [...meaning, ...parts].join(", ") || "as it is";
}

const ONLY_WORDS = {
  digits: "digits alone",
  "letters-and-digits": "letters and digits alone",
} as const;

function edgeRuleWords(document: MapDocument, binding: Binding, edge: Edge): string {
  const by = edge.refersBy === undefined ? "" : `, which refers by ${edge.refersBy.join(", ")}`;
  const words = `${edgeWords(document, binding, edge)}${by}`;
  return edge.massChange === undefined ? words : `${words}; ${massChangeWords(edge.massChange)}`;
}

function* bindingRules(document: MapDocument, binding: Binding): Generator<MapRule> {
  const { id, system, object, entity, edges, scope, massChange, ...settings } = binding;
  const subject = bindingWords(document, id);
  const about = { place: { binding: id }, entity, field: null, subject };
  const value = { system, object, entity };
  yield { ...about, kind: "binding", words: `bound to ${subject}`, value };
  const rules = { words: bindingRulesWords(binding), value: settings };
  yield { ...about, kind: "binding-rules", ...rules };
  yield { ...about, kind: "scope", words: scopeWords(scope), value: scope ?? null };
  const limits = { words: massChangeWords(massChange), value: massChange ?? null };
  yield { ...about, kind: "mass-change", ...limits };
  for (const edge of edges) {
    const { id: edgeId, ...content } = edge;
    yield {
      ...about,
      kind: "edge",
      place: { binding: id, edge: edgeId },
      field: edge.fields[0] ?? null,
      words: edgeRuleWords(document, binding, edge),
      value: content,
    };
  }
}
