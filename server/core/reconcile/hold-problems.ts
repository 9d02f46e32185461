import type { LinkId, QuarantineId } from "../ids.ts";
import { unsaid } from "./let-be.ts";
import type { MappedObservation } from "./state.ts";
import { heldKey, heldOf, linkOf, recordOf, release, type Working } from "./world.ts";

/** Puts values that do not fit in quarantine; a field whose value fits again is let go. */
export function holdProblems(work: Working, linkId: LinkId, observation: MappedObservation): void {
  const link = linkOf(work, linkId);
  const record = link === undefined ? undefined : recordOf(work, link.record);
  if (link === undefined || record === undefined) return;
  const bad = new Map(
    unsaid(link, observation.problems).map((problem) => [problem.field, problem]),
  );
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
