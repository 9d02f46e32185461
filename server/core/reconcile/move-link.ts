import type { LinkId, RecordId } from "../ids.ts";
import type { FieldRules } from "../ownership/field-rules.ts";
import type { BindingRules } from "../plan/compile-map.ts";
import type { FieldValue } from "../values/field-value.ts";
import { addCandidate, showHub, withdrawCandidates } from "./candidates.ts";
import { standsFor } from "./decide-field.ts";
import { hubOf } from "./sides.ts";
import type { Base, Candidate, LinkState, RecordState } from "./state.ts";
import { conflictsOf, heldOf, linksOf, putLink, recordOf, type Working } from "./world.ts";

/**
 * Gives a link to another record, with the values of it that are held. What was on its way to its
 * row goes on its way: the event is this link's, whosever the link is by then.
 * @param from the record as the link's bases know it
 * @param to the record as they are to know it
 */
export function moveLink(
  work: Working,
  link: LinkState,
  { from, to }: { readonly from: RecordState; readonly to: RecordState },
): void {
  const rules = work.world.map.bindings.get(link.binding);
  const bases = rules === undefined ? link.bases : rebased(rules, link, from, to);
  // What was let be was that record's row; this one's is decided anew.
  give(work, { ...link, record: to.id, bases, letBe: null });
}

/** The link leaves its record's lists for another's. */
function give(work: Working, link: LinkState): void {
  const from = work.changes.links.get(link.id)?.record ?? work.world.links.get(link.id)?.record;
  if (from === undefined || from === link.record) return;
  work.linksOf.set(
    from,
    linksOf(work, from).filter((id) => id !== link.id),
  );
  work.linksOf.set(link.record, [...linksOf(work, link.record), link.id].sort());
  const [along, others] = parted(heldOf(work, from), (held) => held.link === link.id);
  if (along.length > 0) {
    work.held.set(from, others);
    work.held.set(link.record, [...heldOf(work, link.record), ...along]);
  }
  work.touched.add(from);
  putLink(work, link);
}

function parted<T>(list: readonly T[], is: (item: T) => boolean): [T[], T[]] {
  return [list.filter(is), list.filter((item) => !is(item))];
}

/**
 * The bases beside another hub value. What the system holds stays accounted for; where it stands
 * for another value than the hub's, the hub's is due, unless the two were kept apart.
 */
function rebased(
  rules: BindingRules,
  link: LinkState,
  from: RecordState,
  to: RecordState,
): LinkState["bases"] {
  const bases: Record<string, Base> = {};
  for (const [field, base] of Object.entries(link.bases)) {
    const fieldRules = rules.fields.get(field);
    const [old, now] = [from.values[field]?.v, to.values[field]?.v];
    const isSame =
      fieldRules === undefined ||
      now === undefined ||
      (old !== undefined && fieldRules.equals(old, now));
    bases[field] = isSame ? base : beside(fieldRules, base, now);
  }
  return bases;
}

function beside(rules: FieldRules, base: Base, hub: FieldValue): Base {
  if (rules.equals(base.s, hub)) return { s: base.s };
  if (standsFor(rules, base, hub)) return base;
  return { s: base.s, void: true, ...(base.apart === true ? { apart: true } : {}) };
}

/** What these rows contend for, they contend for as the other record's rows from now on. */
export function takeContests(
  work: Working,
  links: ReadonlySet<LinkId>,
  from: RecordId,
  to: RecordId,
): void {
  for (const { question, rules } of fieldQuestions(work, from)) {
    for (const candidate of question.candidates) {
      const heir = recordOf(work, to);
      if (candidate.link === null || !links.has(candidate.link) || heir === undefined) continue;
      const agreed = hubOf(heir.values, rules)?.v;
      addCandidate(work, heir, rules, candidate, { reason: question.reason, agreed });
    }
  }
}

/**
 * These rows contend for nothing of the record any more. They leave all at once, and decide nothing
 * by it: whoever is left alone was asked before they came.
 */
export function endContests(work: Working, links: ReadonlySet<LinkId>, from: RecordId): void {
  for (const { rules } of fieldQuestions(work, from)) {
    const record = recordOf(work, from);
    if (record === undefined) continue;
    const leaves = ({ link }: Candidate) => link !== null && links.has(link);
    withdrawCandidates(work, record, rules, leaves, true);
  }
}

function fieldQuestions(work: Working, id: RecordId) {
  const record = recordOf(work, id);
  const fields = work.world.map.entities.get(record?.entity as never)?.deciders;
  return conflictsOf(work, id).flatMap((question) => {
    const rules = question.field === null ? undefined : fields?.get(question.field);
    return question.kind === "field" && rules !== undefined ? [{ question, rules }] : [];
  });
}

/** Open questions about these fields show the hub's new value, or are over by it. */
export function showHubs(work: Working, id: RecordId, fields: readonly string[]): void {
  const record = recordOf(work, id);
  const known = work.world.map.entities.get(record?.entity as never)?.deciders;
  for (const rules of new Set(fields.map((field) => known?.get(field)))) {
    if (rules !== undefined) showHub(work, id, rules);
  }
}
