import { z } from "zod";
import { conditionNow, entityRuleNow } from "../conditions/former-conditions.ts";
import { fieldsNamedIn } from "../expressions/record-names.ts";
import { LIMITS } from "../limits.ts";
import { FIELD_TYPES } from "../values/field-value.ts";
import { Dimension, Member } from "./dimension.ts";
import { Slug, slugOf } from "./slug.ts";

/**
 * The map document: the whole versioned drawing of DESIGN.md §1 and §7. It names systems and
 * contains no secret and no address, so that one map serves dev, test and prod. Where a box lies
 * on the canvas is stored apart.
 */

export const VALIDATION_KINDS = [
  "required",
  "range",
  "length",
  "pattern",
  "one-of",
  "unique",
] as const;

export const SEVERITIES = ["record", "field", "warn"] as const;
/**
 * What a value that breaks a rule stops. record: nothing that its row tells is taken · field (where
 * nothing is said): its own field is held · warn: nothing; it is taken, and a line says so
 */
export type Severity = (typeof SEVERITIES)[number];
const severity = z.enum(SEVERITIES).optional().describe("What a value that breaks it stops");

/** A rule that a value must meet before the hub accepts it. Bounds are inclusive. */
export const ValidationRule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("required"), severity }),
  z.strictObject({
    kind: z.literal("range"),
    severity,
    min: z.string().optional().describe("Smallest value, written as the field's type writes it"),
    max: z.string().optional().describe("Largest value"),
  }),
  z.strictObject({
    kind: z.literal("length"),
    severity,
    min: z.int().min(0).optional(),
    max: z.int().min(0).optional().describe("Most characters (Unicode code points)"),
  }),
  z.strictObject({
    kind: z.literal("pattern"),
    severity,
    pattern: z.string().min(1).max(500).describe("A regular expression for the whole value"),
  }),
  z.strictObject({
    kind: z.literal("one-of"),
    severity,
    values: z.array(z.string()).min(1).max(2_000),
  }),
  /** No other living record of the entity has the value, as the field compares values. */
  z.strictObject({ kind: z.literal("unique"), severity }),
]);
export type ValidationRule = z.infer<typeof ValidationRule>;

export const POLICY_KINDS = [
  "newest",
  "ranked",
  "review",
  "min",
  "max",
  "longest",
  "first-non-empty",
  "sum-of-deltas",
  "set-union",
  "text-merge",
  "expression",
] as const;

/** What decides between edits that ownership rank cannot tell apart. */
export const Policy = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(POLICY_KINDS).exclude(["expression"]) }),
  z.strictObject({
    kind: z.literal("expression"),
    expression: z.string().trim().min(1).max(LIMITS.expressionCharactersMax),
  }),
]);
export type Policy = z.infer<typeof Policy>;

export const REFUSED_ENDS = ["revert", "keep-apart", "review"] as const;

export const CONDITION_OPERATORS = [
  "is",
  "is-not",
  "below",
  "at-most",
  "above",
  "at-least",
  "starts-with",
  "blank",
  "not-blank",
] as const;
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

/** How many values an operator compares with; "is" and "is not" take a list of them. */
export function valuesOf(operator: ConditionOperator): "none" | "one" | "many" {
  if (operator === "blank" || operator === "not-blank") return "none";
  return operator === "is" || operator === "is-not" ? "many" : "one";
}

/**
 * Something that holds or not: of a record, where it is about a field, or of a row, where it is
 * about a column. Values are written as its type writes them.
 */
export const Condition = z.preprocess(
  conditionNow,
  z.strictObject({
    of: z.string().min(1).describe("The field or column that is looked at"),
    operator: z.enum(CONDITION_OPERATORS),
    values: z.array(z.string().max(500)).max(500).default([]),
  }),
);
export type Condition = z.infer<typeof Condition>;

/**
 * Who may decide a field. `tiers` is the ranked list: systems of one tier have equal rank, an
 * earlier tier outranks a later one, and a system in no tier decides nothing. A tier with
 * `when: "blank"` decides only while the hub's value is blank or its own ("fills when blank").
 */
const Rights = z.strictObject({
  tiers: z
    .array(
      z.strictObject({
        systems: z.array(Slug).min(1),
        when: z.enum(["always", "blank"]).default("always"),
      }),
    )
    .min(1),
  refused: z.enum(REFUSED_ENDS).default("revert"),
  /** Set once: a value that an owner or a person has set is changed by no system any more. */
  once: z.literal(true).optional(),
  /** Which of the deciding systems may clear the field too; missing: all of them. */
  clear: z.array(Slug).optional(),
});
export type Rights = z.infer<typeof Rights>;

/** Rights that hold while all conditions do, instead of the rule's own. */
const OwnershipCase = z.strictObject({
  when: z.array(Condition).min(1).max(10),
  ...Rights.shape,
});
export type OwnershipCase = z.infer<typeof OwnershipCase>;

/**
 * The ownership of a field: the first case that holds, else the rights of the rule itself. A field
 * without a rule: every bound system in one tier.
 */
export const OwnershipRule = z.strictObject({
  cases: z.array(OwnershipCase).min(1).max(20).optional(),
  ...Rights.shape,
});
export type OwnershipRule = z.infer<typeof OwnershipRule>;

export const KEY_PARTS = ["digits", "letters-and-digits"] as const;

/**
 * How a field's values meet as parts of a match key, beside its other options: rows may be the
 * same record although their values differ to the letter.
 */
export const KeyOptions = z.strictObject({
  trim: z.boolean().optional(),
  ignoreCase: z.boolean().optional(),
  ignoreAccents: z.boolean().optional().describe("é meets e"),
  only: z.enum(KEY_PARTS).optional().describe("Everything else is left out of the key"),
});
export type KeyOptions = z.infer<typeof KeyOptions>;

/** What is said of a field, and by a split of all of its fields. */
const said = {
  type: z.enum(FIELD_TYPES),
  options: z
    .strictObject({
      trim: z.boolean().optional(),
      ignoreCase: z.boolean().optional(),
      values: z.array(z.string()).optional(),
      items: z.enum(FIELD_TYPES).optional(),
      entity: Slug.optional().describe("The entity whose records a reference names"),
      key: KeyOptions.optional(),
    })
    .optional(),
  note: z.string().max(2_000).optional(),
  /** Shown together on the canvas. */
  group: z.string().max(60).optional(),
  ownership: OwnershipRule.optional(),
  policy: Policy.default({ kind: "review" }),
  validation: z.array(ValidationRule).default([]),
};

/**
 * A field that has a value of its own for each member of a dimension: a name per language, a price
 * per market. It is none of the record's fields itself: each member has one, with all that a field
 * has, so that each language has an owner, a base and questions of its own. What is said here holds
 * for all of them; an owner, a policy or rules that one of them has instead are its own.
 */
export const Split = z.strictObject({
  name: z.string().min(1).max(72),
  per: Slug.describe("The dimension along which it has a value each"),
  ...said,
});
export type Split = z.infer<typeof Split>;

/** Ids of splits: with that of a member behind a hyphen they are ids of fields. */
export const SplitId = slugOf(39);

export const Field = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(120),
  /** Of which split it is a field, and for which member. */
  split: z.strictObject({ of: SplitId, member: Member.shape.id }).optional(),
  ...said,
});
export type Field = z.infer<typeof Field>;

/**
 * Fields of which no one is decided without the others, as the lines of an address are: they have
 * one owner and one policy, one question is asked about all of them, and they are delivered
 * together. The first one gives a question its place.
 */
export const FieldGroup = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(120),
  fields: z.array(Slug).min(2).max(50).describe("Fields that have no owner or policy of their own"),
  ownership: OwnershipRule.optional(),
  policy: Policy.default({ kind: "review" }),
});
export type FieldGroup = z.infer<typeof FieldGroup>;

export const COMPARISONS = ["is", "is-not", "below", "at-most", "above", "at-least"] as const;

const ruleHead = {
  id: Slug,
  severity,
  /** While these do not all hold, nothing is asked of the record. */
  when: z.array(Condition).min(1).max(10).optional(),
};

/**
 * A rule that a record's values must meet together: two fields are compared, one meets a
 * condition, or an expression holds. What has no value breaks none but "is not empty".
 */
export const EntityRule = z.preprocess(
  entityRuleNow,
  z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("compare"),
      ...ruleHead,
      field: Slug,
      operator: z.enum(COMPARISONS),
      other: Slug.describe("The field that it is compared with"),
    }),
    z.strictObject({ kind: z.literal("condition"), ...ruleHead, condition: Condition }),
    z.strictObject({
      kind: z.literal("expression"),
      ...ruleHead,
      expression: z.string().trim().min(1).max(LIMITS.expressionCharactersMax),
      says: z.string().min(1).max(200).optional().describe("What is said where it does not hold"),
    }),
  ]),
);
export type EntityRule = z.infer<typeof EntityRule>;

/** The fields that a rule names. */
export function fieldsOfRule(rule: EntityRule): string[] {
  return [...new Set([...ownFields(rule), ...(rule.when ?? []).map(({ of }) => of)])];
}

function ownFields(rule: EntityRule): string[] {
  if (rule.kind === "compare") return [rule.field, rule.other];
  return rule.kind === "condition" ? [rule.condition.of] : fieldsNamedIn(rule.expression);
}

export const Entity = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(120),
  /** The field that names a record on the screens. */
  title: Slug,
  /** Exact match keys, tried in order: rows whose fields all agree are the same record. */
  matchKeys: z.array(z.array(Slug).min(1)).default([]),
  /** What the values of a record must meet together. */
  rules: z.array(EntityRule).min(1).max(100).optional(),
  /** Fields that are decided together; a field is in one group at most. */
  groups: z.array(FieldGroup).min(1).max(50).optional(),
  /** Fields with a value per member of a dimension, by id; what each member has is in `fields`. */
  splits: z.record(SplitId, Split).optional(),
  fields: z.array(Field).min(1),
});
export type Entity = z.infer<typeof Entity>;

/** One step of an edge: a transform of the registry with its settings. */
export const Step = z.strictObject({
  transform: z.string().min(1),
  settings: z.record(z.string(), z.json()).default({}),
});
export type Step = z.infer<typeof Step>;

export const DIRECTIONS = ["both", "in", "out"] as const;

/** More rows than this, and more than this share of all of them, wait for a person. */
export const MassLimit = z.union([
  z.literal("off"),
  z.strictObject({
    rows: z.int().min(0).max(1_000_000).describe("More rows than"),
    percent: z.number().min(0).max(100).describe("and more of them, in %, than"),
  }),
]);
export type MassLimit = z.infer<typeof MassLimit>;

/** Of one field: how many rows may lose its value, and change it, in a run or in 10 minutes. */
export const FieldMassLimits = z.strictObject({
  cleared: MassLimit.optional(),
  changed: MassLimit.optional(),
});
export type FieldMassLimits = z.infer<typeof FieldMassLimits>;

/** Of a binding: how many rows may be gone; and for each field where its edge says nothing else. */
export const MassLimits = z.strictObject({
  gone: MassLimit.optional(),
  ...FieldMassLimits.shape,
});
export type MassLimits = z.infer<typeof MassLimits>;

/**
 * Joins columns of an object to fields of the entity. Forward (system → hub) the columns go
 * through the steps in order and become the fields; backward the other way round. `in` reads
 * only, `out` writes only.
 */
export const Edge = z.strictObject({
  id: Slug,
  columns: z.array(z.string().min(1)).min(1),
  fields: z.array(Slug).min(1),
  direction: z.enum(DIRECTIONS).default("both"),
  steps: z.array(Step).default([]),
  /**
   * Of a reference: the columns of the referred object that its values are of. Missing: they are
   * those of its key.
   */
  refersBy: z.array(z.string().min(1)).min(1).max(16).optional(),
  /** Limits of its fields' own. */
  massChange: FieldMassLimits.optional(),
});
export type Edge = z.infer<typeof Edge>;

export const ROW_GONE_ENDS = ["delete", "unlink", "review"] as const;
export const RECORD_DELETED_ENDS = ["delete", "archive", "leave", "review"] as const;

/** How a row is put away instead of being deleted, and brought back. */
export const Archive = z.strictObject({
  column: z.string().min(1),
  value: z.string().max(500).describe("What says that it is put away"),
  /** What the column gets when the record comes back; null: no value. */
  back: z.string().max(500).nullable().default(null),
});
export type Archive = z.infer<typeof Archive>;

export const SCOPE_LEFT_ENDS = ["stop", "gone"] as const;

/** Which rows of its object a binding is about; the others are nobody's business here. */
export const Scope = z.strictObject({
  match: z.enum(["all", "any"]).default("all"),
  conditions: z.array(Condition).min(1).max(20),
  /** A row that leaves: stop syncing and touch nothing, or take it for gone. */
  whenLeft: z.enum(SCOPE_LEFT_ENDS).default("stop"),
});
export type Scope = z.infer<typeof Scope>;

export const Binding = z.strictObject({
  id: Slug,
  system: Slug,
  /** The object's name in its system: "public.products". */
  object: z.string().min(1),
  entity: Slug,
  /** Missing: it is about all rows. */
  scope: Scope.optional(),
  /** A row that matches no record makes one. */
  createsRecords: z.boolean().default(true),
  /** A record that has no row here gets one. */
  createsRows: z.boolean().default(true),
  whenRowGone: z.enum(ROW_GONE_ENDS).default("review"),
  whenRecordDeleted: z.enum(RECORD_DELETED_ENDS).default("review"),
  /** For `archive`, which means nothing without it. */
  archive: Archive.optional(),
  /** How stale a value may be, in seconds. */
  staleSecondsMax: z.int().min(0).default(5),
  /** How many rows may change at once before a person is asked. */
  massChange: MassLimits.optional(),
  edges: z.array(Edge).default([]),
});
export type Binding = z.infer<typeof Binding>;

/** A system as the map names it. How to reach it is stored apart, with its secrets. */
export const MapSystem = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(120),
  /** Two letters for the line bullet. */
  code: z.string().regex(/^[A-Z0-9]{2}$/, "Two capital letters or digits."),
  /** Its line colour, 1 to 12. */
  line: z.int().min(1).max(12),
});
export type MapSystem = z.infer<typeof MapSystem>;

export const MapDocument = z.strictObject({
  format: z.literal(1),
  systems: z.array(MapSystem).default([]),
  /** Languages, channels, markets: along what fields may have a value each. */
  dimensions: z.array(Dimension).min(1).max(20).optional(),
  entities: z.array(Entity).default([]),
  bindings: z.array(Binding).default([]),
});
export type MapDocument = z.infer<typeof MapDocument>;

export const EMPTY_MAP: MapDocument = { format: 1, systems: [], entities: [], bindings: [] };
