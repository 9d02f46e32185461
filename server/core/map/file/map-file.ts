import { z } from "zod";
import { Dimension, Member } from "../dimension.ts";
import {
  Binding,
  type Condition,
  Entity,
  type EntityRule,
  type Field,
  type FieldGroup,
  type MapDocument,
  MapSystem,
  type OwnershipRule,
  type Rights,
  type Scope,
  type Split,
} from "../document.ts";
import { SecretReference } from "../secret-reference.ts";
import { type Entry, entriesOf, FieldInFile, fromEntry, membersInFile } from "./fields-in-file.ts";

/**
 * The one readable file of a map: the document, and how its systems are reached. It lives in git;
 * a secret stands in it as a reference only.
 */
export type MapFile = {
  readonly document: MapDocument;
  /** By system id; a system without one is set up elsewhere. */
  readonly connections: Readonly<Record<string, Connection>>;
};

export type Connection = {
  readonly connector: string;
  readonly settings: Readonly<Record<string, Setting>>;
};

/** A plain setting, or `{ secret: "env:ERP_PASSWORD" }`, or `{ secret: "stored" }`. */
export type Setting = z.infer<typeof Setting>;
const Setting = z.json().superRefine((value, context) => {
  const isReference = typeof value === "object" && value !== null && "secret" in value;
  if (!isReference) return;
  for (const issue of SecretReference.safeParse(value).error?.issues ?? []) {
    context.addIssue({ code: "custom", message: issue.message, path: issue.path });
  }
});

const SystemInFile = z.strictObject({
  ...MapSystem.shape,
  connector: z.string().min(1).optional(),
  settings: z.record(z.string(), Setting).optional(),
});

/** "{ en: English, de: German }": short, and in its order. */
const DimensionInFile = z.strictObject({
  ...Dimension.shape,
  members: z.record(Member.shape.id, Member.shape.name),
});

const { splits: _splits, ...ofEntity } = Entity.shape;
const EntityInFile = z.strictObject({ ...ofEntity, fields: z.array(FieldInFile).min(1) });

export const FILE_FORMAT = 1;

export const MapFileShape = z.strictObject({
  fieldline: z.literal(FILE_FORMAT),
  systems: z.array(SystemInFile).default([]),
  dimensions: z.array(DimensionInFile).min(1).max(20).optional(),
  entities: z.array(EntityInFile).default([]),
  bindings: z.array(Binding).default([]),
});
export type MapFileShape = z.infer<typeof MapFileShape>;

export function fromShape(shape: MapFileShape): MapFile {
  const connections: Record<string, Connection> = {};
  const systems = shape.systems.map(({ connector, settings, ...system }) => {
    if (connector !== undefined) {
      connections[system.id] = { connector, settings: settings ?? {} };
    }
    return system;
  });
  const dimensions = shape.dimensions?.map(({ members, ...rest }) => ({
    ...rest,
    members: Object.entries(members).map(([id, name]) => ({ id, name })),
  }));
  const document: MapDocument = {
    ...{ format: 1, systems },
    ...(dimensions !== undefined && { dimensions }),
    entities: shape.entities.map((entity) => entityOf(entity, dimensions ?? [])),
    bindings: shape.bindings,
  };
  return { document, connections };
}

function entityOf(
  { fields, ...entity }: z.infer<typeof EntityInFile>,
  dimensions: readonly Dimension[],
): Entity {
  const made = fields.map((entry) => ({ id: entry.id, ...fromEntry(dimensions, entry) }));
  const splits = made.flatMap(({ id, split }) => (split === null ? [] : [[id, split] as const]));
  return {
    ...entity,
    ...(splits.length > 0 && { splits: Object.fromEntries(splits) }),
    fields: made.flatMap((one) => one.fields),
  };
}

/** The file's shape in the order in which people read it; what is default is left out. */
export function toShape({ document, connections }: MapFile): Record<string, unknown> {
  return {
    fieldline: FILE_FORMAT,
    systems: document.systems.map((system) => {
      const { id, name, code, line } = system;
      const connection = connections[id];
      if (connection === undefined) return { id, name, code, line };
      const { connector, settings } = connection;
      return { id, name, code, line, connector, settings };
    }),
    ...(document.dimensions !== undefined && {
      dimensions: document.dimensions.map(dimensionShape),
    }),
    entities: document.entities.map((entity) => entityShape(document, entity)),
    bindings: document.bindings.map(bindingShape),
  };
}

function dimensionShape({ id, name, members, default: chosen }: Dimension) {
  return {
    ...{ id, name, members: Object.fromEntries(members.map((one) => [one.id, one.name])) },
    ...(chosen !== undefined && { default: chosen }),
  };
}

function entityShape(document: MapDocument, entity: Entity): Record<string, unknown> {
  const { id, name, title, matchKeys, rules, groups } = entity;
  return {
    ...{ id, name, title },
    ...(matchKeys.length > 0 && { matchKeys }),
    ...(rules !== undefined && { rules: rules.map(ruleShape) }),
    ...(groups !== undefined && { groups: groups.map(groupShape) }),
    fields: entriesOf(entity).map((entry) =>
      "field" in entry ? fieldShape(entry.field) : splitShape(document, entry),
    ),
  };
}

function groupShape({ id, name, fields, ownership, policy }: FieldGroup): Record<string, unknown> {
  return {
    ...{ id, name, fields },
    ...(ownership !== undefined && { ownership: ownershipShape(ownership) }),
    ...(policy.kind !== "review" && { policy }),
  };
}

function fieldShape({ id, name, ...said }: Field): Record<string, unknown> {
  return { id, name, ...saidShape(said) };
}

function splitShape(document: MapDocument, entry: Extract<Entry, { split: Split }>) {
  const { name, per, ...said } = entry.split;
  const members = membersInFile(document, entry);
  const own = [...(members ?? [])].map(([member, { field, own, id }]) => {
    const { ownership, policy, validation } = field;
    const shape = {
      ...(id !== null && { id }),
      ...(own.includes("ownership") && {
        ownership: ownership === undefined ? null : ownershipShape(ownership),
      }),
      ...(own.includes("policy") && { policy }),
      ...(own.includes("validation") && { validation }),
    };
    return [member, shape] as const;
  });
  return {
    ...{ id: entry.id, name, per, ...saidShape(said) },
    ...(members !== null && { members: Object.fromEntries(own) }),
  };
}

function saidShape(said: Omit<Split, "name" | "per">): Record<string, unknown> {
  const { type, options, group, note, ownership, policy, validation } = said;
  return {
    type,
    ...(options !== undefined && { options }),
    ...(group !== undefined && { group }),
    ...(note !== undefined && { note }),
    ...(ownership !== undefined && { ownership: ownershipShape(ownership) }),
    ...(policy.kind !== "review" && { policy }),
    ...(validation.length > 0 && { validation }),
  };
}

function ownershipShape({ cases, ...rights }: OwnershipRule): Record<string, unknown> {
  const ruled = cases?.map(({ when, ...own }) => ({
    when: when.map(conditionShape),
    ...rightsShape(own),
  }));
  return { ...(ruled !== undefined && { cases: ruled }), ...rightsShape(rights) };
}

function rightsShape({ tiers, refused, once, clear }: Rights): Record<string, unknown> {
  return {
    tiers: tiers.map(({ systems, when }) => (when === "always" ? { systems } : { systems, when })),
    refused,
    ...(once && { once }),
    ...(clear !== undefined && { clear }),
  };
}

function bindingShape(binding: Binding): Record<string, unknown> {
  const { id, system, object, entity, edges, ...rules } = binding;
  return {
    ...{ id, system, object, entity },
    ...(rules.scope !== undefined && { scope: scopeShape(rules.scope) }),
    createsRecords: rules.createsRecords,
    createsRows: rules.createsRows,
    whenRowGone: rules.whenRowGone,
    whenRecordDeleted: rules.whenRecordDeleted,
    ...(rules.archive !== undefined && { archive: rules.archive }),
    staleSecondsMax: rules.staleSecondsMax,
    ...(rules.massChange !== undefined && { massChange: rules.massChange }),
    ...(edges.length > 0 && { edges: edges.map(edgeShape) }),
  };
}

function scopeShape({ match, conditions, whenLeft }: Scope): Record<string, unknown> {
  return {
    ...(match !== "all" && { match }),
    conditions: conditions.map(conditionShape),
    whenLeft,
  };
}

const conditionShape = ({ of, operator, values }: Condition) =>
  values.length === 0 ? { of, operator } : { of, operator, values };

function ruleShape({ when, ...rule }: EntityRule): Record<string, unknown> {
  return {
    ...rule,
    ...(rule.kind === "condition" && { condition: conditionShape(rule.condition) }),
    ...(when !== undefined && { when: when.map(conditionShape) }),
  };
}

function edgeShape(edge: Binding["edges"][number]): Record<string, unknown> {
  const { id, columns, fields, direction, steps, refersBy, massChange } = edge;
  return {
    ...{ id, columns, fields },
    ...(direction !== "both" && { direction }),
    ...(steps.length > 0 && {
      steps: steps.map(({ transform, settings }) =>
        Object.keys(settings).length === 0 ? { transform } : { transform, settings },
      ),
    }),
    ...(refersBy !== undefined && { refersBy }),
    ...(massChange !== undefined && { massChange }),
  };
}
