import fc from "fast-check";
import { memberName } from "../../expressions/record-names.ts";
import { FIELD_TYPES } from "../../values/field-value.ts";
import type { Dimension } from "../dimension.ts";
import {
  type Binding,
  COMPARISONS,
  CONDITION_OPERATORS,
  type Edge,
  EMPTY_MAP,
  type Entity,
  EntityRule,
  type Field,
  FieldGroup,
  FieldMassLimits,
  MapDocument,
  MassLimits,
  OwnershipRule,
  POLICY_KINDS,
  type Policy,
  Scope,
  type Split,
  Step,
  ValidationRule,
} from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import { groupEdit } from "../edits/groups.ts";
import { dimensionEdit, splitEdit, splitEnd } from "../edits/splits.ts";
import { applyEdit } from "../edits.ts";

/** Chooses a whole number from 0 to `count - 1`. */
export type Pick = (count: number) => number;

const SLUGS = ["a", "b", "c", "d", "erp", "shop", "list-price", "x9"] as const;

const name = fc.oneof(
  fc.constantFrom("Price", "Preis (€)", "naïve: yes", "# 1", "null", "- x", "'quoted\"", " pad "),
  fc.string({ minLength: 1, maxLength: 20, unit: "binary" }).filter(canBeKept),
);

const slugs = (max: number) => fc.uniqueArray(fc.constantFrom(...SLUGS), { maxLength: max });

/** JSON without the key that no parser may be trusted with, and without -0, which JSON lacks. */
const json = fc
  .jsonValue({ maxDepth: 2, stringUnit: "binary" })
  .filter((value) => !/__proto__|\\u0000/.test(JSON.stringify(value)))
  .map((value) => JSON.parse(JSON.stringify(value)));

const validation: fc.Arbitrary<ValidationRule> = fc
  .oneof(
    fc.constantFrom({ kind: "required" }, { kind: "unique" }),
    fc.constant({ kind: "required", severity: "record" }),
    fc.record({ kind: fc.constant("range"), min: fc.constantFrom("0", "1.5"), max: name }),
    fc.record({ kind: fc.constant("length"), max: fc.nat({ max: 999 }) }),
    fc.record({ kind: fc.constant("pattern"), pattern: fc.constantFrom("^\\d+$", "[a-z]: #") }),
    fc.record({ kind: fc.constant("one-of"), values: fc.array(name, { minLength: 1 }) }),
  )
  .map((rule) => ValidationRule.parse(rule));

const step: fc.Arbitrary<Step> = fc
  .record({
    transform: fc.constantFrom("scale", "value-table", "trim"),
    settings: fc.dictionary(fc.constantFrom("a", "table", "0", "with: colon"), json),
  })
  .map((raw) => Step.parse(raw));

const condition = (fields: readonly string[]) =>
  fc.record({
    of: fc.constantFrom(...fields),
    operator: fc.constantFrom(...CONDITION_OPERATORS),
    values: fc.array(name, { maxLength: 3 }),
  });

const ownership = (
  systems: readonly string[],
  fields: readonly string[],
): fc.Arbitrary<OwnershipRule | undefined> =>
  systems.length === 0
    ? fc.constant(undefined)
    : fc.option(
        fc
          .record({
            ...rights(systems),
            cases: fc.option(
              fc.array(
                fc.record({
                  when: fc.array(condition(fields), { minLength: 1, maxLength: 2 }),
                  ...rights(systems),
                }),
                { minLength: 1, maxLength: 2 },
              ),
              { nil: undefined },
            ),
          })
          .map((raw) => OwnershipRule.parse(JSON.parse(JSON.stringify(raw)))),
        { nil: undefined },
      );

const policyOf = (kind: Policy["kind"]): Policy =>
  kind === "expression" ? { kind, expression: "max(values)" } : { kind };
const policies = fc.constantFrom(...POLICY_KINDS).map(policyOf);

const rights = (systems: readonly string[]) => ({
  tiers: fc.array(
    fc.record({
      systems: fc.uniqueArray(fc.constantFrom(...systems), { minLength: 1 }),
      when: fc.constantFrom("always", "blank"),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  refused: fc.constantFrom("revert", "keep-apart", "review"),
  once: fc.constantFrom(undefined, true),
  clear: fc.option(fc.subarray([...systems]), { nil: undefined }),
});

const field = (
  id: string,
  systems: readonly string[],
  fields: readonly string[],
): fc.Arbitrary<Field> =>
  fc
    .record({
      name,
      type: fc.constantFrom(...FIELD_TYPES),
      policy: policies,
      validation: fc.array(validation, { maxLength: 3 }),
      ownership: ownership(systems, fields),
      note: fc.option(fc.string({ unit: "binary" }).filter(canBeKept), { nil: undefined }),
      group: fc.option(name, { nil: undefined }),
      options: fc.option(
        fc.constantFrom(
          { trim: true },
          { ignoreCase: true, values: ["a", "b"] },
          { items: "text" },
        ),
        { nil: undefined },
      ),
    })
    .map((raw) => ({ id, ...raw }))
    .map((raw) => JSON.parse(JSON.stringify(raw)));

const entityRules = (ids: readonly string[]): fc.Arbitrary<EntityRule[]> =>
  fc.uniqueArray(fc.constantFrom(...SLUGS), { minLength: 1, maxLength: 2 }).chain((rules) =>
    fc.tuple(
      ...rules.map((id) =>
        fc
          .record({
            kind: fc.constantFrom("compare", "condition", "expression"),
            severity: fc.constantFrom("record", "warn", undefined),
            field: fc.constantFrom(...ids),
            operator: fc.constantFrom(...COMPARISONS),
            other: fc.constantFrom(...ids),
            condition: condition(ids),
            when: fc.option(fc.array(condition(ids), { minLength: 1, maxLength: 2 })),
          })
          .map(({ kind, when, severity, ...rule }) => {
            const graded = severity === undefined ? {} : { severity };
            const limited = when === null ? {} : { when };
            const { condition, ...two } = rule;
            const expression = `has(record.${memberName(two.field)})\n  || true`;
            const said = { compare: two, condition: { condition }, expression: { expression } }[
              kind
            ];
            return EntityRule.parse({ kind, id, ...graded, ...limited, ...said });
          }),
      ),
    ),
  );

const entity = (id: string, systems: readonly string[]): fc.Arbitrary<Entity> =>
  fc
    .uniqueArray(fc.constantFrom(...SLUGS), { minLength: 1, maxLength: 5 })
    .chain((ids) =>
      fc.record({
        id: fc.constant(id),
        name,
        rules: fc.option(entityRules(ids), { nil: undefined }),
        title: fc.constantFrom(...ids),
        matchKeys: fc.array(fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 }), {
          maxLength: 2,
        }),
        fields: fc
          .tuple(...ids.map((one) => field(one, systems, ids)))
          .map((fields) => [...fields]),
        groups: fc.option(fieldGroups(ids, systems), { nil: undefined }),
      }),
    )
    .map(withGroups)
    .chain(withSplits);

/** One group of two fields or more, where there are as many. */
const fieldGroups = (
  ids: readonly string[],
  systems: readonly string[],
): fc.Arbitrary<FieldGroup[] | undefined> =>
  ids.length < 2
    ? fc.constant(undefined)
    : fc
        .record({
          id: fc.constantFrom(...SLUGS),
          name,
          fields: fc.shuffledSubarray([...ids], { minLength: 2 }),
          ownership: ownership(systems, ids),
          policy: policies,
        })
        .map((raw) => [FieldGroup.parse(JSON.parse(JSON.stringify(raw)))]);

/** What is decided together has no rules of its own. */
function withGroups({ groups, ...of }: Entity): Entity {
  if (groups === undefined) return of;
  const fields = of.fields.map(({ ownership: own, ...one }) => {
    if (groups.some((group) => group.fields.includes(one.id))) {
      return { ...one, policy: { kind: "review" as const } };
    }
    return own === undefined ? one : { ...one, ownership: own };
  });
  return { ...of, groups, fields };
}

const massLimit = fc.option(
  fc.oneof(
    fc.constant("off"),
    fc.record({ rows: fc.nat({ max: 99 }), percent: fc.nat({ max: 100 }) }),
  ),
  { nil: undefined },
);
const fieldMassLimits = fc
  .record({ cleared: massLimit, changed: massLimit })
  .map((raw) => FieldMassLimits.parse(raw));
const massLimits = fc
  .record({ gone: massLimit, cleared: massLimit, changed: massLimit })
  .map((raw) => MassLimits.parse(raw));

/** Sometimes one of its fields, or a new one, has a value per member of `lang`. */
const withSplits = (of: Entity): fc.Arbitrary<Entity> =>
  fc
    .record({
      split: fc.constantFrom(null, null, "name", of.fields[0]?.id ?? "a"),
      adopts: fc.boolean(),
      content: field("x", [], []),
      picks: fc.array(fc.nat({ max: 5 }), { minLength: 2, maxLength: 4 }),
    })
    .map(({ split, adopts, content, picks }) => {
      if (split === null) return of;
      const { id: _, name: __, ...said } = content;
      const to: Split = { ...said, name: "Each", per: "lang" };
      const adopted = adopts ? { en: of.fields[0]?.id ?? "" } : {};
      const map = { ...EMPTY_MAP, dimensions: [LANG], entities: [of] };
      const made = applyEdit(map, splitEdit(map, of, { split, to, adopted }));
      const [entity = of] = made.ok ? made.document.entities : [];
      return ownRules(entity, picks);
    });

/** Fields of a split that say otherwise. */
function ownRules(entity: Entity, picks: readonly number[]): Entity {
  const grouped = (entity.groups ?? []).flatMap((group) => group.fields);
  const fields = entity.fields.map((one, at) => {
    if (one.split === undefined || grouped.includes(one.id) || picks[at] !== 1) return one;
    return { ...one, policy: { kind: "newest" as const } };
  });
  return { ...entity, fields };
}

export const LANG: Dimension = {
  id: "lang",
  name: "Language",
  members: [
    { id: "en", name: "English" },
    { id: "de", name: "German" },
  ],
};

const edges = (of: Entity): fc.Arbitrary<Edge[]> =>
  slugs(4).chain((ids) =>
    fc
      .tuple(
        ...ids.map((id) =>
          fc.record({
            id: fc.constant(id),
            columns: fc.array(name, { minLength: 1, maxLength: 3 }),
            fields: fc.uniqueArray(fc.constantFrom(...of.fields.map((one) => one.id)), {
              minLength: 1,
              maxLength: 2,
            }),
            direction: fc.constantFrom("both", "in", "out"),
            steps: fc.array(step, { maxLength: 2 }),
            refersBy: fc.option(fc.array(name, { minLength: 1, maxLength: 2 }), { nil: undefined }),
            massChange: fc.option(fieldMassLimits, { nil: undefined }),
          }),
        ),
      )
      .map((list): Edge[] => [...list] as Edge[]),
  );

const scope: fc.Arbitrary<Scope> = fc
  .record({
    match: fc.constantFrom("all", "any"),
    conditions: name.chain((one) =>
      fc.array(condition([one, "c1"]), { minLength: 1, maxLength: 3 }),
    ),
    whenLeft: fc.constantFrom("stop", "gone"),
  })
  .map((raw) => Scope.parse(raw));

const binding = (
  id: string,
  systems: readonly string[],
  entities: readonly Entity[],
): fc.Arbitrary<Binding> =>
  fc.constantFrom(...entities).chain((of) =>
    fc.record({
      id: fc.constant(id),
      scope: fc.option(scope, { nil: undefined }),
      system: fc.constantFrom(...systems),
      object: name,
      entity: fc.constant(of.id),
      createsRecords: fc.boolean(),
      createsRows: fc.boolean(),
      whenRowGone: fc.constantFrom("delete", "unlink", "review"),
      whenRecordDeleted: fc.constantFrom("delete", "archive", "leave", "review"),
      archive: fc.option(
        fc.record({ column: name, value: name, back: fc.option(name, { nil: null }) }),
        { nil: undefined },
      ),
      staleSecondsMax: fc.nat({ max: 90 }),
      massChange: fc.option(massLimits, { nil: undefined }),
      edges: edges(of),
    }),
  );

/** Whole documents: valid, and every reference leads somewhere. */
export const mapDocuments: fc.Arbitrary<MapDocument> = fc
  .tuple(slugs(3), slugs(3))
  .chain(([systems, entityIds]) =>
    fc.tuple(
      fc.constant(systems),
      fc.tuple(...entityIds.map((id) => entity(id, systems))),
      slugs(3),
      fc.array(fc.record({ name, line: fc.integer({ min: 1, max: 12 }) }), {
        minLength: 3,
        maxLength: 3,
      }),
    ),
  )
  .chain(([systems, entities, bindingIds, looks]) => {
    const bound = systems.length === 0 || entities.length === 0 ? [] : bindingIds;
    return fc.tuple(...bound.map((id) => binding(id, systems, entities))).map((bindings) =>
      MapDocument.parse({
        format: 1,
        ...(entities.some(({ splits }) => splits !== undefined) && { dimensions: [LANG] }),
        systems: systems.map((id, at) => ({
          ...{ id, name: looks[at]?.name, line: looks[at]?.line },
          code: id.slice(0, 2).toUpperCase().padEnd(2, "X"),
        })),
        entities: [...entities],
        bindings: [...bindings],
      }),
    );
  });

/** One of the edits that a person might make next; it may well be refused. */
export function randomEdit(document: MapDocument, pick: Pick): Edit {
  const makers = [
    ...[systemEdit, entityEdit, fieldEdit, fieldEdit, fieldRuleEdit, fieldRuleEdit],
    ...[bindingEdit, edgeEdit, edgeEdit, batchEdit, setGroupEdit, setGroupEdit],
    ...[anySplitEdit, anySplitEdit, anyDimensionEdit],
  ];
  const make = one(makers, pick) ?? systemEdit;
  return make(document, pick);
}

function one<T>(list: readonly T[], pick: Pick): T | undefined {
  return list[pick(Math.max(1, list.length))];
}

const slug = (pick: Pick) => SLUGS[pick(SLUGS.length)] ?? "a";
const idOf = (list: readonly { id: string }[], pick: Pick) => one(list, pick)?.id ?? slug(pick);

function systemEdit(document: MapDocument, pick: Pick): Edit {
  const id = idOf(document.systems, pick);
  const added = slug(pick);
  const choices: Edit[] = [
    { type: "add-system", system: { id: added, name: `S ${added}`, code: "SY", line: 3 } },
    { type: "add-system", system: { id: added, name: "T", code: "T1", line: 4 }, at: pick(4) },
    { type: "change-system", system: id, changes: { name: `Name ${pick(9)}` } },
    { type: "change-system", system: id, changes: { code: "Q7", line: 1 + pick(12) } },
    { type: "remove-system", system: id },
  ];
  return one(choices, pick) ?? { type: "remove-system", system: id };
}

function entityEdit(document: MapDocument, pick: Pick): Edit {
  const id = idOf(document.entities, pick);
  const fields = document.entities.find((entity) => entity.id === id)?.fields ?? [];
  const title = slug(pick);
  const added: Entity = {
    ...{ id: slug(pick), name: "New", title, matchKeys: [[title]] },
    fields: [newField(title, pick)],
  };
  const choices: Edit[] = [
    { type: "add-entity", entity: added, at: pick(3) },
    { type: "add-entity", entity: added },
    { type: "change-entity", entity: id, changes: { name: `Entity ${pick(9)}` } },
    { type: "change-entity", entity: id, changes: { title: idOf(fields, pick) } },
    { type: "set-match-keys", entity: id, matchKeys: [[idOf(fields, pick)]] },
    { type: "change-entity", entity: id, changes: { rules: [anyRule(fields, pick)] } },
    { type: "change-entity", entity: id, changes: { rules: null } },
    { type: "remove-entity", entity: id },
  ];
  return one(choices, pick) ?? { type: "remove-entity", entity: id };
}

/** Two fields are decided together, with what belongs to it or without; or a group is parted. */
function setGroupEdit(document: MapDocument, pick: Pick): Edit {
  const of = one(document.entities, pick);
  const { fields = [], groups = [] } = of ?? {};
  const group = idOf(groups, pick);
  const pair = [idOf(fields, pick), idOf(fields, pick)];
  const policy = { kind: "newest" as const };
  const made = { name: `Group ${pick(9)}`, fields: pair, policy };
  const to = pick(3) === 0 ? null : made;
  if (of === undefined) return { type: "set-group", entity: "a", group, to };
  const isWhole = pick(3) > 0;
  return isWhole ? groupEdit(of, { group, to }) : { type: "set-group", entity: of.id, group, to };
}

/** A field gets a value each, says it otherwise, or has none any more. */
function anySplitEdit(document: MapDocument, pick: Pick): Edit {
  const of = one(document.entities, pick);
  const [split, dimension] = [slug(pick), one(document.dimensions ?? [], pick)];
  const found = Object.keys(of?.splits ?? {})[0] ?? split;
  const { id: _, name: __, ...said } = newField(split, pick);
  const to: Split = { ...said, name: `Split ${pick(9)}`, per: dimension?.id ?? "lang" };
  if (of === undefined) return { type: "set-split", entity: "a", split, to };
  const adopted = { de: idOf(of.fields, pick) };
  const choices: Edit[] = [
    splitEdit(document, of, { split, to }),
    splitEdit(document, of, { split, to, adopted }),
    splitEdit(document, of, { split: found, to }),
    splitEnd(of, found, "keep"),
    splitEnd(of, found, "remove"),
    { type: "set-split", entity: of.id, split: found, to: pick(2) === 0 ? to : null },
  ];
  return one(choices, pick) ?? splitEnd(of, found, "keep");
}

/** A language comes or goes. */
function anyDimensionEdit(document: MapDocument, pick: Pick): Edit {
  const dimension = one(document.dimensions ?? [], pick) ?? LANG;
  const { id, ...to } = dimension;
  const more = { ...dimension, members: [...LANG.members, { id: "fr", name: "French" }] };
  const less = { ...dimension, members: dimension.members.slice(0, 1) };
  const choices: Edit[] = [
    dimensionEdit(document, more),
    dimensionEdit(document, less),
    dimensionEdit(document, { ...LANG, name: `Language ${pick(9)}` }),
    { type: "set-dimension", dimension: id, to: { ...to, default: "de" } },
    { type: "set-dimension", dimension: id, to: null },
  ];
  return one(choices, pick) ?? dimensionEdit(document, dimension);
}

function anyRule(fields: readonly { id: string }[], pick: Pick): EntityRule {
  const [field, other] = [idOf(fields, pick), idOf(fields, pick)];
  return { kind: "compare", id: slug(pick), field, operator: "at-least", other };
}

function newField(id: string, pick: Pick): Field {
  const type = FIELD_TYPES[pick(FIELD_TYPES.length)] ?? "text";
  return { id, name: `Field ${pick(99)}`, type, policy: { kind: "review" }, validation: [] };
}

function pickField(document: MapDocument, pick: Pick): { entity: string; field: string } {
  const entity = one(document.entities, pick);
  return { entity: entity?.id ?? "a", field: idOf(entity?.fields ?? [], pick) };
}

function fieldEdit(document: MapDocument, pick: Pick): Edit {
  const of = pickField(document, pick);
  const choices: Edit[] = [
    { type: "add-field", entity: of.entity, field: newField(slug(pick), pick), at: pick(5) },
    { type: "add-field", entity: of.entity, field: newField(slug(pick), pick) },
    { type: "change-field", ...of, changes: { name: `N ${pick(9)}`, note: null } },
    { type: "change-field", ...of, changes: { type: "decimal", options: { trim: true } } },
    { type: "change-field", ...of, changes: { options: null, group: `G ${pick(3)}` } },
    { type: "move-field", ...of, to: pick(6) },
    { type: "remove-field", ...of },
  ];
  return one(choices, pick) ?? { type: "remove-field", ...of };
}

function fieldRuleEdit(document: MapDocument, pick: Pick): Edit {
  const of = pickField(document, pick);
  const tier = { systems: [idOf(document.systems, pick)], when: "always" as const };
  const choices: Edit[] = [
    { type: "set-ownership", ...of, ownership: null },
    { type: "set-ownership", ...of, ownership: { tiers: [tier], refused: "revert" } },
    { type: "set-ownership", ...of, ownership: { tiers: [tier], refused: "review" } },
    { type: "set-policy", ...of, policy: policyOf(one(POLICY_KINDS, pick) ?? "review") },
    { type: "set-validation", ...of, validation: [] },
    { type: "set-validation", ...of, validation: [{ kind: "length", max: pick(90) }] },
  ];
  return one(choices, pick) ?? { type: "set-ownership", ...of, ownership: null };
}

const anyScope: Scope = {
  match: "all",
  conditions: [{ of: "c1", operator: "is", values: ["A"] }],
  whenLeft: "stop",
};

function bindingEdit(document: MapDocument, pick: Pick): Edit {
  const id = idOf(document.bindings, pick);
  const added: Binding = {
    ...{ id: slug(pick), system: idOf(document.systems, pick), object: `t${pick(9)}` },
    ...{ entity: idOf(document.entities, pick), createsRecords: true, createsRows: false },
    ...{ whenRowGone: "review", whenRecordDeleted: "leave", staleSecondsMax: 5, edges: [] },
  };
  const choices: Edit[] = [
    { type: "add-binding", binding: added, at: pick(3) },
    { type: "add-binding", binding: added },
    { type: "change-binding", binding: id, changes: { createsRows: pick(2) === 0 } },
    { type: "change-binding", binding: id, changes: { whenRowGone: "delete", object: "t" } },
    { type: "change-binding", binding: id, changes: { scope: null } },
    { type: "change-binding", binding: id, changes: { scope: anyScope } },
    { type: "remove-binding", binding: id },
  ];
  return one(choices, pick) ?? { type: "remove-binding", binding: id };
}

function edgeEdit(document: MapDocument, pick: Pick): Edit {
  const binding = one(document.bindings, pick);
  const entity = document.entities.find((each) => each.id === binding?.entity);
  const of = { binding: binding?.id ?? "a", edge: idOf(binding?.edges ?? [], pick) };
  const fields = [idOf(entity?.fields ?? [], pick)];
  const edge: Edge = {
    ...{ id: slug(pick), columns: [`c${pick(9)}`], fields, direction: "both" },
    steps: [],
  };
  const choices: Edit[] = [
    { type: "connect", binding: of.binding, edge, at: pick(4) },
    { type: "connect", binding: of.binding, edge },
    { type: "change-edge", ...of, changes: { direction: "in", columns: ["z"] } },
    { type: "change-edge", ...of, changes: { fields } },
    {
      ...{ type: "change-edge", ...of },
      changes: { steps: [{ transform: "scale", settings: { factor: "100" } }] },
    },
    { type: "disconnect", ...of },
  ];
  return one(choices, pick) ?? { type: "disconnect", ...of };
}

function batchEdit(document: MapDocument, pick: Pick): Edit {
  const edits = [fieldRuleEdit(document, pick), edgeEdit(document, pick)];
  return { type: "batch", label: "Two at once", edits };
}

/** No database keeps a NUL in a text. */
function canBeKept(text: string): boolean {
  return !text.includes("\0");
}
