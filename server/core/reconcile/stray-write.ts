import type { FieldRules } from "../ownership/field-rules.ts";
import type { BindingRules } from "../plan/compile-map.ts";
import type { FieldValue } from "../values/field-value.ts";
import { openQuestion } from "./candidates.ts";
import { referIn } from "./refer.ts";
import type { Attempt, LinkState, MappedObservation } from "./state.ts";
import { linkOf, putConflict, putLink, recordOf, type Working } from "./world.ts";

/**
 * Our write went into a row that was made again alike under the same id and is another record's by
 * then. It is nobody's edit: what we wrote there is accounted for, and where it is not what the
 * row's own record has, the record's value is due. What stood there is named as having lost.
 */
export function strayWritten(
  work: Working,
  id: LinkState["id"],
  observation: MappedObservation,
  attempt: Attempt,
): void {
  const binding = work.world.map.bindings.get(observation.binding);
  if (binding === undefined) return;
  for (const field of Object.keys(attempt.sent)) {
    const rules = binding.fields.get(field);
    const link = linkOf(work, id);
    const seen =
      link === undefined ? undefined : seenIn(work, binding, link, { observation, field });
    if (rules === undefined || link === undefined || seen === undefined) continue;
    accountFor(work, link, rules, { seen, observation, attempt });
  }
}

/** What the row has of the field, also where the map only writes it. */
function seenIn(
  work: Working,
  binding: BindingRules,
  link: LinkState,
  told: { readonly observation: MappedObservation; readonly field: string },
): FieldValue | undefined {
  const { field } = told;
  const { fields, columns } = told.observation;
  if (field in fields) return fields[field];
  const refer = referIn(work, binding);
  const stored = binding.mapping.readBack({ ...link.columns, ...columns }, field, refer);
  return stored?.kind === "field" ? stored.value : undefined;
}

type Stray = {
  readonly seen: FieldValue;
  readonly observation: MappedObservation;
  readonly attempt: Attempt;
};

function accountFor(work: Working, link: LinkState, rules: FieldRules, stray: Stray): void {
  const { seen } = stray;
  const record = recordOf(work, link.record);
  const hub = record?.values[rules.field];
  const stood = link.bases[rules.field]?.s;
  // Of what the record has no value of its own, the row's is taken as it is.
  if (record === undefined || hub === undefined) return;
  if (stood !== undefined && rules.equals(stood, seen)) return;
  const base = rules.equals(hub.v, seen) ? { s: seen } : { s: seen, void: true as const };
  putLink(work, { ...link, bases: { ...link.bases, [rules.field]: base } });
  tell(work, link, rules.field, { ...stray, stood });
  const decider = work.world.map.bindings.get(link.binding)?.entity.deciders.get(rules.field);
  const question = decider === undefined ? undefined : openQuestion(work, record, decider);
  if (question === undefined) return;
  // It can still be chosen; its system does not hold it any more.
  const candidates = question.candidates.map((one) =>
    one.link === link.id ? { ...one, link: null } : one,
  );
  putConflict(work, { ...question, candidates, revision: question.revision + 1 });
}

function tell(
  work: Working,
  link: LinkState,
  field: string,
  { seen, stood, observation, attempt }: Stray & { readonly stood: FieldValue | undefined },
): void {
  const record = recordOf(work, link.record);
  if (record === undefined) return;
  const { position, transaction, at } = observation;
  work.changes.audit.push({
    kind: "stored",
    actor: "engine",
    entity: record.entity,
    record: record.id,
    link: link.id,
    system: link.system,
    field,
    ...(stood === undefined
      ? {}
      : { before: stood, losers: [{ from: `system:${link.system}`, value: stood }] }),
    after: seen,
    rule: "delivery",
    cause: {
      ...{ position, transaction, at },
      attempt: attempt.id,
      detail: "It was meant for another record's row, which had this id before.",
    },
  });
}
