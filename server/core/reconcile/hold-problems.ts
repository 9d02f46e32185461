import type { LinkId, QuarantineId } from "../ids.ts";
import { unsaid } from "./let-be.ts";
import { referIn } from "./refer.ts";
import type { FieldProblem, LinkState, MappedObservation, RecordState } from "./state.ts";
import { conflictsOf, heldKey, heldOf, linkOf, recordOf, release, type Working } from "./world.ts";

/** Puts values that do not fit in quarantine; a field whose value fits again is let go. */
export function holdProblems(work: Working, linkId: LinkId, observation: MappedObservation): void {
  const link = linkOf(work, linkId);
  const record = link === undefined ? undefined : recordOf(work, link.record);
  if (link === undefined || record === undefined) return;
  const problems = unsaid(link, observation.problems);
  const open = isOver(work, record) ? problems.filter(isNewTo(work, link)) : problems;
  const bad = new Map(open.map((problem) => [problem.field, problem]));
  release(
    work,
    record.id,
    ({ link: of, field }) => of === linkId && field in observation.fields && !bad.has(field),
  );
  if (bad.size === 0) return;
  const added = [...bad.values()].map((problem) => {
    const id = work.newId() as QuarantineId;
    work.changes.released.delete(heldKey(linkId, problem.field));
    work.changes.quarantined.push({
      id,
      kind: "value",
      entity: record.entity,
      record: record.id,
      link: linkId,
      observation,
      problem,
    });
    return { id, link: linkId, field: problem.field, code: problem.code };
  });
  const others = heldOf(work, record.id).filter(
    (held) => held.link !== linkId || !bad.has(held.field),
  );
  work.held.set(record.id, [...others, ...added]);
  work.touched.add(record.id);
}

/** Deleted, and nobody is asked any more whether it is to be kept. */
function isOver(work: Working, { id, deletedAt }: RecordState): boolean {
  return deletedAt !== null && !conflictsOf(work, id).some(({ kind }) => kind === "delete");
}

/**
 * Of a record that is deleted nothing waits: what its row had before holds nothing, whoever reads
 * it again. What somebody puts there since does.
 */
function isNewTo(work: Working, link: LinkState): (problem: FieldProblem) => boolean {
  const rules = work.world.map.bindings.get(link.binding);
  if (rules === undefined) return () => true;
  const { fields, problems } = rules.mapping.forward(link.columns, null, referIn(work, rules));
  const known = new Map(Object.entries(fields));
  for (const { field, value } of problems) known.set(field, value);
  return ({ field, value }) => JSON.stringify(known.get(field)) !== JSON.stringify(value);
}
