import type { LinkId } from "../ids.ts";
import type { FieldRules } from "../ownership/field-rules.ts";
import { groupOfParts } from "../ownership/group-rules.ts";
import type { FieldValue } from "../values/field-value.ts";
import { addCandidate, openQuestion, toldBy, withdrawCandidate } from "./candidates.ts";
import { hubOf, withBase } from "./sides.ts";
import type {
  Attempt,
  Candidate,
  HubValue,
  LinkState,
  MappedObservation,
  RecordState,
} from "./state.ts";
import { conflictsOf, linkOf, putConflict, putLink, recordOf, type Working } from "./world.ts";

/** What was decided: what the row shows of one field, or of the parts that our write carried. */
export type Decided = {
  readonly rules: FieldRules;
  readonly value: FieldValue;
  readonly by: HubValue["by"];
  readonly observation: MappedObservation;
  /** It is our own write's event. */
  readonly isEvent: boolean;
};

/**
 * Whatever was decided about its value, the system's old candidate stands no more: but where our
 * own write went over it. Somebody has edited between our look and our write, at a system that
 * knows no conditions, and its log tells the edit before our own event. What was asked about it
 * stays asked, and what it was allowed to keep is asked about: the system has neither any more.
 * @param before the link before the decision
 */
export function endCandidate(work: Working, before: LinkState, decided: Decided): void {
  const record = recordOf(work, before.record);
  if (record === undefined) return;
  const { rules, by, value, isEvent } = decided;
  const open = openQuestion(work, record, rules);
  const own = open?.candidates.find(({ link, from }) => link === before.id && from === by);
  if (!isEvent || (own !== undefined && rules.equals(toldBy(work, own, rules), value))) {
    withdrawCandidate(work, record, rules, by);
  } else if (open === undefined || own === undefined) {
    askKept(work, record, before, decided);
  } else {
    const candidates = open.candidates.map((one) =>
      one === own ? { ...one, writtenOver: true as const } : one,
    );
    putConflict(work, { ...open, candidates, revision: open.revision + 1 });
  }
}

function askKept(
  work: Working,
  record: RecordState,
  { id, bases }: LinkState,
  { rules, value, by, observation }: Decided,
): void {
  const base = bases[rules.field];
  if (base?.apart !== true || rules.equals(base.s, value)) return;
  // When it was set there nobody knows any more.
  const place = { from: by, link: id, at: null, position: observation.position };
  const kept = { ...place, value: base.s, writtenOver: true } as const;
  const agreed = hubOf(record.values, rules)?.v;
  addCandidate(work, record, rules, kept, { reason: "refused-review", agreed });
}

/**
 * Of fields that are decided together our write carried some, and went over an edit of the whole:
 * what the row has beside it is the rest of that edit, which is asked about, and no edit anew.
 * @returns false where nothing was written over
 */
export function accountRest(
  work: Working,
  id: LinkId,
  group: FieldRules,
  { told, sent }: { readonly told: FieldValue; readonly sent: Attempt["sent"] },
): boolean {
  const link = linkOf(work, id);
  const record = link === undefined ? undefined : recordOf(work, link.record);
  if (link === undefined || record === undefined) return false;
  const isOver = openQuestion(work, record, group)?.candidates.some(
    (one) => one.link === id && one.writtenOver === true,
  );
  if (isOver !== true) return false;
  const rest = (group.parts ?? []).map(({ field }) => field).filter((field) => !(field in sent));
  const bases = withBase(
    link.bases,
    groupOfParts(group, rest),
    { s: told, void: true },
    hubOf(record.values, group),
  );
  putLink(work, { ...link, bases });
  return true;
}

/** We have deleted a row while somebody's edit of it was asked about: kept, it is made again. */
export function noteDeleted(work: Working, link: LinkState, attempt: Attempt | undefined): void {
  if (attempt?.operation !== "delete") return;
  const isAbout = (one: Candidate) => one.link === link.id;
  const asked = conflictsOf(work, link.record).find(
    ({ kind, candidates }) => kind === "delete" && candidates.some(isAbout),
  );
  if (asked === undefined) return;
  const candidates = asked.candidates.map((one) =>
    isAbout(one) ? { ...one, writtenOver: true as const } : one,
  );
  putConflict(work, { ...asked, candidates, revision: asked.revision + 1 });
}
