import { present, unreachable } from "../assert.ts";
import { conditionsWords, conditionWords, OPERATOR_WORDS } from "../conditions/condition-words.ts";
import { titleOf } from "../transforms/palette.ts";
import { shorten } from "../values/format-value.ts";
import type {
  Binding,
  Edge,
  Entity,
  EntityRule,
  Field,
  MapDocument,
  Severity,
  ValidationRule,
} from "./document.ts";
import { deciderOf, list, ownerSentence, policyWords } from "./field-words.ts";
import { fieldName, systemName } from "./place.ts";

/**
 * The map in the words of the trade, one sentence per rule, without a full stop: the canvas, the
 * difference between versions, the command line and the audit log all say the same.
 */

/** Who decides a field, or the group that it is decided in; `ownerSentence` for a field's id. */
export function ownershipSentence(document: MapDocument, entity: string, field: string): string {
  return ownerSentence(document, entity, findField(document, entity, field));
}

/**
 * What happens when two systems change a field at once.
 *
 * => "Price: when two edits of equal rank meet, the newest edit wins; a tie is asked"
 */
export function policySentence(document: MapDocument, entity: string, field: string): string {
  const found = deciderOf(document, entity, findField(document, entity, field));
  return `${found.name}: ${policyWords(found.policy)}`;
}

/**
 * What a value must meet before it is accepted.
 *
 * => "Price: at least 0"
 */
export function validationSentence(document: MapDocument, entity: string, field: string): string {
  const found = findField(document, entity, field);
  return `${found.name}: ${validationWords(found.validation)}`;
}

/**
 * What an edge joins, and which way.
 *
 * => 'Shop price_cents and Price, both ways, through "Multiply or divide"'
 */
export function edgeSentence(document: MapDocument, binding: string, edge: string): string {
  const owner = document.bindings.find((one) => one.id === binding);
  const found = owner?.edges.find((one) => one.id === edge);
  return edgeWords(
    document,
    present(owner, `The map has no binding ${binding}.`),
    present(found, `The binding ${binding} has no edge ${edge}.`),
  );
}

/** `validationSentence` without the field's name. */
export function validationWords(rules: readonly ValidationRule[]): string {
  return rules.length === 0 ? "any value of its type" : rules.map(ruleWords).join("; ");
}

/** One rule: "at most 40 characters, else the whole record waits". */
export function ruleWords(rule: ValidationRule): string {
  return `${wantedWords(rule)}${severityWords(rule.severity)}`;
}

/** What a breach stops, where it is not the field alone. */
export function severityWords(severity: Severity | undefined): string {
  if (severity === "record") return ", else the whole record waits";
  return severity === "warn" ? ", else it is taken with a warning" : "";
}

/**
 * What the values of a record must meet together.
 *
 * => "Valid to is at least Valid from; Price is above 0, else it is taken with a warning"
 */
export function entityRulesWords({ fields, rules = [] }: Entity): string {
  const name = (id: string) => fields.find((field) => field.id === id)?.name ?? id;
  if (rules.length === 0) return "no rule between fields";
  return rules
    .map((rule) => {
      const words = askedWords(rule, name);
      const during = rule.when === undefined ? "" : ` while ${conditionsWords(fields, rule.when)}`;
      return `${words}${during}${severityWords(rule.severity)}`;
    })
    .join("; ");
}

function askedWords(rule: EntityRule, name: (id: string) => string): string {
  if (rule.kind === "expression") return shorten(rule.expression, 120);
  if (rule.kind === "condition") return conditionWords(rule.condition, name(rule.condition.of));
  return `${name(rule.field)} ${OPERATOR_WORDS[rule.operator]} ${name(rule.other)}`;
}

function wantedWords(rule: ValidationRule): string {
  switch (rule.kind) {
    case "required":
      return "must have a value";
    case "range":
      return boundsWords(rule.min, rule.max, "");
    case "length":
      return boundsWords(rule.min?.toString(), rule.max?.toString(), " characters");
    case "pattern":
      return `must look like ${rule.pattern}`;
    case "one-of":
      return `one of ${rule.values.join(", ")}`;
    case "unique":
      return "no other record may have it";
    default:
      return unreachable(rule);
  }
}

function boundsWords(min: string | undefined, max: string | undefined, unit: string): string {
  if (min !== undefined && max !== undefined) return `${min} to ${max}${unit}`;
  if (min !== undefined) return `at least ${min}${unit}`;
  return max === undefined ? "without bounds" : `at most ${max}${unit}`;
}

/** `edgeSentence` for an edge that need not be part of the binding yet. */
export function edgeWords(document: MapDocument, binding: Binding, edge: Edge): string {
  const columns = `${systemName(document, binding.system)} ${edge.columns.join(", ")}`;
  const fields = list(edge.fields.map((field) => fieldName(document, binding.entity, field)));
  const steps = edge.steps.map((step) => stepName(step.transform));
  const through = steps.length === 0 ? "" : `, through ${steps.join(", then ")}`;
  switch (edge.direction) {
    case "both":
      return `${columns} and ${fields}, both ways${through}`;
    case "in":
      return `${columns} gives ${fields}${through}`;
    case "out":
      return `${fields} goes to ${columns}${through}`;
    default:
      return unreachable(edge.direction);
  }
}

/** "Multiply or divide"; the id where there is no such transform. */
function stepName(id: string): string {
  return `"${titleOf(id)}"`;
}

/** What a binding does beyond its edges: "makes records; makes rows; a row that is gone …". */
export function bindingRulesWords(binding: Binding): string {
  return [
    binding.createsRecords ? "its new rows make records" : "its new rows make no records",
    binding.createsRows ? "new records make rows here" : "new records make no rows here",
    `when a row is gone, ${ROW_GONE_WORDS[binding.whenRowGone]}`,
    `when a record is deleted, ${recordDeletedWords(binding)}`,
    `values are at most ${binding.staleSecondsMax} s old`,
  ].join("; ");
}

function recordDeletedWords({ whenRecordDeleted: end, archive }: Binding): string {
  if (end !== "archive" || archive === undefined) return RECORD_DELETED_WORDS[end];
  const back = archive.back === null ? "no value" : archive.back;
  return `its row is put away: ${archive.column} gets ${archive.value}, and ${back} when it is back`;
}

const ROW_GONE_WORDS: Record<Binding["whenRowGone"], string> = {
  delete: "the record is deleted",
  unlink: "the record stays and is unlinked",
  review: "a person decides",
};

const RECORD_DELETED_WORDS: Record<Binding["whenRecordDeleted"], string> = {
  delete: "its row is deleted",
  archive: "its row is put away",
  leave: "its row stays",
  review: "a person decides",
};

/** "SKU; else Name with City"; how new rows are matched to records. */
export function matchKeysWords(entity: Entity): string {
  if (entity.matchKeys.length === 0) return "rows are never matched";
  const name = (id: string) => entity.fields.find((field) => field.id === id)?.name ?? id;
  return entity.matchKeys.map((key) => key.map(name).join(" with ")).join("; else ");
}

function findField(document: MapDocument, entity: string, field: string): Field {
  const owner = document.entities.find((one) => one.id === entity);
  const found = owner?.fields.find((one) => one.id === field);
  return present(found, `The map has no field ${field} of ${entity}.`);
}
