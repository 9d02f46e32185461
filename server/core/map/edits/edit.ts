import { z } from "zod";
import { Dimension } from "../dimension.ts";
import {
  Binding,
  Edge,
  Entity,
  Field,
  FieldGroup,
  MapDocument,
  MapSystem,
  Split,
  SplitId,
} from "../document.ts";

/**
 * Everything that a person can do to a draft, closed. Canvas, forms, undo and the command log
 * speak only in these. Ids never change; `at` is the place in its list, the end where missing.
 */
const At = z.int().min(0).optional();

const SystemChanges = z.strictObject({
  name: MapSystem.shape.name.optional(),
  code: MapSystem.shape.code.optional(),
  line: MapSystem.shape.line.optional(),
});

const EntityChanges = z.strictObject({
  name: Entity.shape.name.optional(),
  title: Entity.shape.title.optional(),
  rules: Entity.shape.rules.unwrap().nullable().optional(),
});

/** Null takes an optional part away. */
const FieldChanges = z.strictObject({
  name: Field.shape.name.optional(),
  type: Field.shape.type.optional(),
  options: Field.shape.options.unwrap().nullable().optional(),
  note: Field.shape.note.unwrap().nullable().optional(),
  group: Field.shape.group.unwrap().nullable().optional(),
  split: Field.shape.split.unwrap().nullable().optional(),
});

/** Null takes the scope away: the binding is about all rows. */
const BindingChanges = z.strictObject({
  object: Binding.shape.object.optional(),
  scope: Binding.shape.scope.unwrap().nullable().optional(),
  createsRecords: Binding.shape.createsRecords.unwrap().optional(),
  createsRows: Binding.shape.createsRows.unwrap().optional(),
  whenRowGone: Binding.shape.whenRowGone.unwrap().optional(),
  whenRecordDeleted: Binding.shape.whenRecordDeleted.unwrap().optional(),
  archive: Binding.shape.archive.unwrap().nullable().optional(),
  staleSecondsMax: Binding.shape.staleSecondsMax.unwrap().optional(),
  massChange: Binding.shape.massChange.unwrap().nullable().optional(),
});

const EdgeChanges = z.strictObject({
  columns: Edge.shape.columns.optional(),
  fields: Edge.shape.fields.optional(),
  direction: Edge.shape.direction.unwrap().optional(),
  steps: Edge.shape.steps.unwrap().optional(),
  refersBy: Edge.shape.refersBy.unwrap().nullable().optional(),
  massChange: Edge.shape.massChange.unwrap().nullable().optional(),
});

const id = z.string();
const ofField = { entity: id, field: id };

const SimpleEdit = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("add-system"), system: MapSystem, at: At }),
  /** Takes its bindings with it, and its name out of every ownership rule. */
  z.strictObject({ type: z.literal("remove-system"), system: id }),
  z.strictObject({ type: z.literal("change-system"), system: id, changes: SystemChanges }),
  z.strictObject({ type: z.literal("add-entity"), entity: Entity, at: At }),
  /** Takes its bindings with it. */
  z.strictObject({ type: z.literal("remove-entity"), entity: id }),
  z.strictObject({ type: z.literal("change-entity"), entity: id, changes: EntityChanges }),
  z.strictObject({
    type: z.literal("set-match-keys"),
    entity: id,
    matchKeys: Entity.shape.matchKeys.unwrap(),
  }),
  z.strictObject({ type: z.literal("add-field"), entity: id, field: Field, at: At }),
  /** Takes the edges and match keys with it that name the field. */
  z.strictObject({ type: z.literal("remove-field"), ...ofField }),
  z.strictObject({ type: z.literal("change-field"), ...ofField, changes: FieldChanges }),
  z.strictObject({ type: z.literal("move-field"), ...ofField, to: z.int().min(0) }),
  /** Makes or changes a group of fields that are decided together; null parts it. */
  z.strictObject({
    type: z.literal("set-group"),
    entity: id,
    group: FieldGroup.shape.id,
    to: FieldGroup.omit({ id: true }).nullable(),
    at: At,
  }),
  /** Adds or changes a dimension, alone; `dimensionEdit` says what fields come and go with it. */
  z.strictObject({
    type: z.literal("set-dimension"),
    dimension: Dimension.shape.id,
    to: Dimension.omit({ id: true }).nullable(),
    at: At,
  }),
  /** Says that there is a value per member of a dimension, alone; `splitEdit` makes its fields. */
  z.strictObject({
    type: z.literal("set-split"),
    entity: id,
    split: SplitId,
    to: Split.nullable(),
  }),
  /** Null: every bound system may decide. */
  z.strictObject({
    type: z.literal("set-ownership"),
    ...ofField,
    ownership: Field.shape.ownership.unwrap().nullable(),
  }),
  z.strictObject({
    type: z.literal("set-policy"),
    ...ofField,
    policy: Field.shape.policy.unwrap(),
  }),
  z.strictObject({
    type: z.literal("set-validation"),
    ...ofField,
    validation: Field.shape.validation.unwrap(),
  }),
  z.strictObject({ type: z.literal("add-binding"), binding: Binding, at: At }),
  z.strictObject({ type: z.literal("remove-binding"), binding: id }),
  z.strictObject({ type: z.literal("change-binding"), binding: id, changes: BindingChanges }),
  z.strictObject({ type: z.literal("connect"), binding: id, edge: Edge, at: At }),
  z.strictObject({ type: z.literal("disconnect"), binding: id, edge: id }),
  z.strictObject({ type: z.literal("change-edge"), binding: id, edge: id, changes: EdgeChanges }),
  /** The whole document at once: discarding a draft, or bringing a file in. */
  z.strictObject({
    type: z.literal("replace-document"),
    document: MapDocument,
    label: z.string().min(1).max(200),
  }),
]);
export type SimpleEdit = z.infer<typeof SimpleEdit>;

/** Several edits that happen, and are undone, as one. */
export type BatchEdit = { type: "batch"; label: string; edits: Edit[] };
export type Edit = SimpleEdit | BatchEdit;

export const Edit: z.ZodType<Edit> = z.lazy(() =>
  z.union([
    SimpleEdit,
    z.strictObject({
      type: z.literal("batch"),
      label: z.string().min(1).max(200),
      edits: z.array(Edit).max(6_000),
    }),
  ]),
);
