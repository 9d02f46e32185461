import type { BindingId, EntityId } from "../ids.ts";
import type { Binding, Edge, Entity, MapDocument } from "../map/document.ts";
import { groupOf } from "../map/groups.ts";
import type { ObjectSchema } from "../map/object-schema.ts";
import { referencesOf, referredEntities } from "../map/references.ts";
import { type CompiledBinding, compileBinding } from "../mapping/compile-binding.ts";
import type { RowNaming } from "../mapping/row-naming.ts";
import { decisionOrder, dependingOf } from "../ownership/decision-order.ts";
import { compileFieldRules, type FieldRules } from "../ownership/field-rules.ts";
import { compileGroupRules, groupOfParts } from "../ownership/group-rules.ts";
import type { Source } from "../reconcile/state.ts";
import { type CompiledArchive, compileArchive } from "../scope/compile-archive.ts";
import { type CompiledScope, compileScope } from "../scope/compile-scope.ts";
import { type CompiledEntityRule, compileEntityRule } from "../validation/entity-rules.ts";
import { type UniqueRule, uniqueRules } from "../validation/unique.ts";
import { isBlank, makeEquals } from "../values/equal-value.ts";
import type { FieldValue } from "../values/field-value.ts";
import { foldKey } from "../values/fold-key.ts";
import { compileMassLimits, type MassLimitOf } from "./mass-limits.ts";

/**
 * One published version of the map, compiled to plain functions. Nothing is interpreted per row.
 */
export type CompiledMap = {
  readonly version: number;
  readonly document: MapDocument;
  readonly entities: ReadonlyMap<EntityId, EntityRules>;
  readonly bindings: ReadonlyMap<BindingId, BindingRules>;
  readonly bindingsOf: ReadonlyMap<EntityId, readonly BindingRules[]>;
  /** Entities to whose records fields refer. */
  readonly referredTo: ReadonlySet<EntityId>;
  /** By space: how rows are named where references do not name them by their key. */
  readonly namings: ReadonlyMap<string, RowNaming>;
};

export type EntityRules = {
  readonly entity: Entity;
  /** By field, for what is compared and delivered field by field. */
  readonly fields: ReadonlyMap<string, FieldRules>;
  /** By field, what decides it: itself, or the group that it is decided in. */
  readonly deciders: ReadonlyMap<string, FieldRules>;
  /** The fields of each group that is decided as one; most entities have none. */
  readonly groups: readonly (readonly string[])[];
  readonly matchKeys: readonly MatchKey[];
  /** The fields, each after those that its ownership depends on; null: any order will do. */
  readonly decisionOrder: readonly string[] | null;
  /** What the values of a record must meet together. */
  readonly rules: readonly CompiledEntityRule[];
  /** Fields of which no two records have one value. */
  readonly unique: readonly UniqueRule[];
  /** A rule needs more than one value, or stops whole records: most entities have none. */
  readonly isValidated: boolean;
  /** Fields that refer to records, by whether these may refer back: then rows come in two steps. */
  readonly references: ReadonlyMap<string, "one-way" | "in-a-ring">;
};

/** An exact match key: its name, and the text under which a record is found by it. */
export type MatchKey = {
  readonly name: string;
  readonly fields: readonly string[];
  /** Null when a part is blank or absent: such a record is not found by this key. */
  valueOf(values: (field: string) => FieldValue | undefined): string | null;
};

export type BindingRules = {
  readonly binding: Binding;
  /** Whose edits its rows tell: one text for all of them. */
  readonly source: Source;
  readonly entity: EntityRules;
  readonly fields: ReadonlyMap<string, FieldRules>;
  readonly mapping: CompiledBinding;
  /** How others of its system name its rows beside their key. */
  readonly namings: readonly RowNaming[];
  /** Fields that rows of this binding tell, in the order in which they are decided. */
  readonly inFields: readonly string[];
  /** What of them is decided at once, in that order: fields, and groups as far as it reads them. */
  readonly inDeciders: readonly FieldRules[];
  /** Fields that this binding's system receives. */
  readonly outFields: readonly string[];
  /**
   * Columns that tell whose row it is, and whether it lies in the scope: a write is conditional on
   * them too, for another row may have got the id meanwhile.
   */
  readonly keyColumns: readonly string[];
  /** Fields that the system neither tells nor receives now: it has lost columns of their edges. */
  readonly lostFields: readonly string[];
  /** Which rows it is about; null: all of them. */
  readonly scope: CompiledScope | null;
  /** How its rows are put away when their records are deleted; null: they are not. */
  readonly archive: CompiledArchive | null;
  /** More rows at once than this wait for a person; null: nobody is asked. */
  readonly massLimit: MassLimitOf;
  readonly schema: ObjectSchema | null;
};

/**
 * Compiles a published map.
 * @param schemaOf the discovered schema of an object, null where it is not known yet
 * @param lostOf columns that an object had when its edges were drawn, and has not as they were
 * @throws when the document is not a checked one (a published one always is)
 */
export function compileMap(
  version: number,
  document: MapDocument,
  schemaOf: SchemaOf,
  lostOf: LostOf = () => [],
): CompiledMap {
  const entities = new Map(
    document.entities.map((e) => [e.id as EntityId, compileEntity(e, document)]),
  );
  const bindings = new Map<BindingId, BindingRules>();
  const bindingsOf = new Map<EntityId, BindingRules[]>();
  const parts = document.bindings.map((binding) => edgesOf(document, binding, schemaOf, lostOf));
  const namings = new Map(
    parts.flatMap((part) => part.namings.map((naming) => [naming.space, naming] as const)),
  );
  for (const part of parts) {
    const { binding } = part;
    const entity = entities.get(binding.entity as EntityId);
    if (entity === undefined)
      throw new Error(`Binding ${binding.id}: no entity ${binding.entity}.`);
    const named = [...namings.values()].filter((naming) => naming.binding === binding.id);
    const rules = compileRules(part, entity, named);
    bindings.set(binding.id as BindingId, rules);
    const siblings = bindingsOf.get(binding.entity as EntityId);
    if (siblings === undefined) bindingsOf.set(binding.entity as EntityId, [rules]);
    else siblings.push(rules);
  }
  const referredTo = referredEntities(document) as ReadonlySet<EntityId>;
  return { version, document, entities, bindings, bindingsOf, referredTo, namings };
}

type SchemaOf = (system: string, object: string) => ObjectSchema | null;
type LostOf = (system: string, object: string) => readonly string[];

/** A binding with those of its edges that its system has the columns of. */
type EdgesOf = {
  readonly binding: Binding;
  readonly schema: ObjectSchema | null;
  readonly silent: readonly Edge[];
  readonly mapping: CompiledBinding;
  /** Of all edges: what stands still is waited for. */
  readonly namings: readonly RowNaming[];
};

function edgesOf(
  document: MapDocument,
  binding: Binding,
  schemaOf: SchemaOf,
  lostOf: LostOf,
): EdgesOf {
  const { system, object } = binding;
  const input = { document, schema: schemaOf(system, object) };
  const others = (name: string) => schemaOf(system, name);
  const compile = (edges: readonly Edge[]) =>
    compileBinding({ ...input, binding: { ...binding, edges: [...edges] }, schemaOf: others });
  const lost = lostOf(system, object);
  const isLost = ({ columns }: Edge) => columns.some((one) => lost.includes(one));
  // Where the rows that are referred to have lost their names, nobody can tell whom it means.
  const isNameless = (edge: Edge) =>
    edge.refersBy !== undefined &&
    compile([edge]).namings.some((naming) =>
      naming.columns.some((one) => lostOf(system, naming.object).includes(one)),
    );
  const silent = binding.edges.filter((edge) => isLost(edge) || isNameless(edge));
  const whole = compile(binding.edges);
  const mapping =
    silent.length === 0 ? whole : compile(binding.edges.filter((edge) => !silent.includes(edge)));
  return { binding, schema: input.schema, silent, mapping, namings: whole.namings };
}

function compileRules(
  { binding, schema, silent, mapping }: EdgesOf,
  entity: EntityRules,
  named: readonly RowNaming[],
): BindingRules {
  const scope = compileScope(binding, schema);
  const archive = compileArchive(binding, schema);
  const telling = tellingColumns(scope, schema);
  const names = named.flatMap(({ columns }) => columns);
  const also = [...telling, ...names, ...(archive === null ? [] : [archive.column])];
  const inFields = inOrder(mapping.inFields, entity.decisionOrder);
  return {
    binding,
    source: `system:${binding.system}`,
    entity,
    fields: entity.fields,
    mapping: also.length === 0 ? mapping : readingToo(mapping, also),
    namings: named,
    inFields,
    inDeciders: inDecidersOf(entity, inFields),
    outFields: mapping.outFields,
    keyColumns: [...keyColumnsOf(binding, entity), ...telling],
    lostFields: silent.flatMap(({ fields }) => fields),
    scope,
    archive,
    massLimit: compileMassLimits(binding),
    schema,
  };
}

function inOrder(fields: readonly string[], order: readonly string[] | null): readonly string[] {
  return order === null ? fields : order.filter((field) => fields.includes(field));
}

function inDecidersOf(entity: EntityRules, inFields: readonly string[]): FieldRules[] {
  const deciders = new Set(inFields.flatMap((field) => entity.deciders.get(field) ?? []));
  return [...deciders].map((rules) => groupOfParts(rules, inFields));
}

function readingToo(mapping: CompiledBinding, columns: readonly string[]): CompiledBinding {
  return { ...mapping, readColumns: [...new Set([...mapping.readColumns, ...columns])] };
}

/**
 * Columns beside the edges' that tell whether it is still the row that is meant: another may have
 * put it outside the scope meanwhile, or have got its id.
 */
function tellingColumns(
  scope: CompiledScope | null,
  schema: ObjectSchema | null,
): readonly string[] {
  return [...(scope?.columns ?? []), ...(schema?.madeAt === undefined ? [] : [schema.madeAt])];
}

function keyColumnsOf(binding: Binding, { matchKeys }: EntityRules): string[] {
  const keys = new Set(matchKeys.flatMap(({ fields }) => fields));
  return binding.edges
    .filter(({ fields }) => fields.some((field) => keys.has(field)))
    .flatMap(({ columns }) => columns);
}

function compileEntity(entity: Entity, document: MapDocument): EntityRules {
  const fields = new Map(
    entity.fields.map((field) => [
      field.id,
      compileFieldRules(
        field,
        { equals: makeEquals(field.type, field.options), isBlank },
        entity.fields,
        groupOf(entity, field.id),
      ),
    ]),
  );
  const deciders = new Map(fields);
  for (const group of entity.groups ?? []) {
    const rules = compileGroupRules(entity, group, fields);
    for (const field of group.fields) deciders.set(field, rules);
  }
  const matchKeys = entity.matchKeys.map((key) => compileMatchKey(entity, key));
  const compiled = (entity.rules ?? []).map((rule) => compileEntityRule(entity, rule));
  const rules = compiled.flatMap((one) => (one.ok ? [one.rule] : []));
  const unique = uniqueRules(entity);
  const stops = entity.fields.some(({ validation }) =>
    validation.some(({ severity }) => severity === "record"),
  );
  return {
    ...{ entity, fields, deciders, matchKeys, rules, unique },
    groups: (entity.groups ?? []).map((group) => group.fields),
    isValidated: stops || rules.length > 0 || unique.length > 0,
    decisionOrder: decisionOrder(dependingOf(entity)),
    references: referencesOf(entity, document),
  };
}

/** A match key of an entity, compiled to the function that finds its text. */
export function compileMatchKey(entity: Entity, fields: readonly string[]): MatchKey {
  const folds = fields.map((id) => {
    const options = entity.fields.find((field) => field.id === id)?.options ?? {};
    return (value: FieldValue | undefined): FieldValue => {
      const part = typeof value === "string" ? foldKey(value, options, options.key) : value;
      // Where nothing is left of a value, it names nothing.
      return part === undefined || isBlank(part) ? null : part;
    };
  });
  return {
    name: fields.join("+"),
    fields,
    valueOf(values) {
      const parts = folds.map((fold, index) => fold(values(fields[index] ?? "")));
      if (parts.includes(null)) return null;
      return parts.length === 1 && typeof parts[0] === "string" ? parts[0] : JSON.stringify(parts);
    },
  };
}
