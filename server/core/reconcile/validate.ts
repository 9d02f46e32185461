import type { BindingRules } from "../plan/compile-map.ts";
import type { UniqueRule } from "../validation/unique.ts";
import type { FieldValue } from "../values/field-value.ts";
import { unsaid } from "./let-be.ts";
import { isNews, type Told, toldOfLink, withWaiting } from "./news.ts";
import { referIn } from "./refer.ts";
import type { Attempt, FieldProblem, LinkState, MappedObservation, RecordState } from "./state.ts";
import { takenBy } from "./unique.ts";
import { wholeGroups } from "./whole-groups.ts";
import { type QuarantineItem, recordOf, type Working } from "./world.ts";

/**
 * What of an observation may be taken, by the rules that need more than one value: the entity's,
 * and those that stop a whole record. What waited and meets them by now is told with it again.
 */
export function validated(
  work: Working,
  linkId: LinkState["id"],
  observation: MappedObservation,
  attempt: Attempt | undefined,
): MappedObservation {
  const told = toldOfLink(work, linkId, observation, attempt);
  if (told === undefined) return observation;
  const { rules } = told;
  const seen = rules.entity.isValidated ? tellValid(told) : observation;
  return rules.entity.groups.length === 0 ? seen : wholeGroups({ ...told, observation: seen });
}

function tellValid(told: Told): MappedObservation {
  const { work, rules, link, observation } = told;
  const columns = { ...link.columns, ...observation.columns };
  const whole = rules.mapping.forward(columns, null, referIn(work, rules));
  const fields = withWaiting(told, whole.fields);
  const { problems, warnings } = tested(told, fields);
  const all = [...observation.problems, ...problems];
  const blocker = [...all, ...unsaid(link, whole.problems)].find(
    ({ severity }) => severity === "record",
  );
  const bad = new Set(all.map(({ field }) => field));
  const taken = Object.entries(fields).filter(
    ([field]) => !bad.has(field) && (blocker === undefined || !isNews(told, field, fields[field])),
  );
  const waiting = blocker === undefined ? [] : blocked(told, fields, { bad, blocker });
  return {
    ...observation,
    fields: Object.fromEntries(taken),
    problems: [...all, ...waiting],
    warnings: [...(observation.warnings ?? []), ...warnings],
  };
}

type Tested = { readonly problems: FieldProblem[]; readonly warnings: FieldProblem[] };

/** The entity's rules that the news would break, each at every field of it that is news. */
function tested(told: Told, fields: Readonly<Record<string, FieldValue>>): Tested {
  const found: Tested = { problems: [], warnings: [] };
  // What is told as no value is not what the hub has.
  const valueNow = (field: string) =>
    fields[field] === undefined ? told.record.values[field]?.v : fields[field];
  for (const rule of told.rules.entity.rules) {
    const news = rule.fields.filter((field) => isNews(told, field, fields[field]));
    const message = news.length === 0 ? null : rule.breach(valueNow);
    if (message === null) continue;
    const { id: code, severity } = rule;
    const broken = news.map((field) => ({ field, code, message, value: fields[field] ?? null }));
    if (severity === "warn") found.warnings.push(...broken);
    else found.problems.push(...broken.map((one) => graded(one, severity)));
  }
  for (const rule of told.rules.entity.unique) testUnique(told, fields, rule, found);
  return found;
}

function testUnique(
  told: Told,
  fields: Readonly<Record<string, FieldValue>>,
  rule: UniqueRule,
  found: Tested,
): void {
  const { work, record, link } = told;
  const { field, severity } = rule;
  const value = fields[field];
  if (value === undefined || !isNews(told, field, value)) return;
  const claimant = { entity: record.entity, record: record.id, link: link.id };
  const message = takenBy(work, rule, value, claimant);
  if (message === null) return;
  const broken = { field, code: "unique", message, value };
  if (severity === "warn") found.warnings.push(broken);
  else found.problems.push(graded(broken, severity));
}

const graded = (problem: FieldProblem, severity: "record" | "field"): FieldProblem =>
  severity === "record" ? { ...problem, severity } : problem;

/** Everything else that the row tells waits with the value that stops its record. */
function blocked(
  told: Told,
  fields: Readonly<Record<string, FieldValue>>,
  { bad, blocker }: { readonly bad: ReadonlySet<string>; readonly blocker: FieldProblem },
): FieldProblem[] {
  const name = told.rules.entity.entity.fields.find(({ id }) => id === blocker.field)?.name;
  const message = `It waits with ${name ?? blocker.field}: ${blocker.message}`;
  return Object.entries(fields)
    .filter(([field, value]) => !bad.has(field) && isNews(told, field, value))
    .map(([field, value]) => ({ field, code: "blocked", message, value }));
}

/** Why a row that is nobody's yet makes and joins no record; null where nothing stops it. */
export function blockerOf(
  work: Working,
  { binding, problems, fields }: MappedObservation,
): QuarantineItem["problem"] | null {
  const rules = work.world.map.bindings.get(binding);
  if (rules?.entity.isValidated !== true) return null;
  const own = problems.find(({ severity }) => severity === "record");
  if (own !== undefined) return ofRow(rules, own.field, own);
  for (const rule of rules.entity.rules) {
    const message = rule.severity === "record" ? rule.breach((field) => fields[field]) : null;
    if (message !== null) return ofRow(rules, rule.fields[0] ?? "", { code: rule.id, message });
  }
  return uniqueBlocker(work, rules, fields);
}

function uniqueBlocker(
  work: Working,
  rules: BindingRules,
  fields: MappedObservation["fields"],
): QuarantineItem["problem"] | null {
  const claimant = { entity: rules.binding.entity, record: null, link: null };
  for (const rule of rules.entity.unique) {
    const value = rule.severity === "record" ? fields[rule.field] : undefined;
    const message = value === undefined ? null : takenBy(work, rule, value, claimant);
    if (message !== null) return ofRow(rules, rule.field, { code: "unique", message });
  }
  return null;
}

function ofRow(
  { entity }: BindingRules,
  field: string,
  { code, message }: Pick<FieldProblem, "code" | "message">,
): QuarantineItem["problem"] {
  const name = entity.entity.fields.find(({ id }) => id === field)?.name ?? field;
  return { field: null, code, message: `${name}: ${message}`, value: null };
}

/** A value that breaks a rule which only warns was taken: a line says so. */
export function warn(
  work: Working,
  of: {
    readonly before: RecordState;
    readonly link: LinkState;
    readonly observation: MappedObservation;
  },
): void {
  const { before, link, observation } = of;
  const after = recordOf(work, before.id)?.values;
  for (const { field, message } of observation.warnings ?? []) {
    const taken = after?.[field];
    if (taken === undefined || taken === before.values[field]) continue;
    work.changes.audit.push({
      kind: "warned",
      actor: taken.by,
      entity: before.entity,
      record: before.id,
      link: link.id,
      system: link.system,
      field,
      after: taken.v,
      rule: "validation",
      cause: {
        position: observation.position,
        transaction: observation.transaction,
        at: observation.at,
        detail: message,
      },
    });
  }
}
