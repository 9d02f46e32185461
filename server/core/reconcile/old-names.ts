import type { RecordId } from "../ids.ts";
import { isUnled, REFERENCE_SHARED, type Refer, SHARED } from "../mapping/refer.ts";
import { isNaming } from "../mapping/row-naming.ts";
import { heirOf } from "./keys.ts";
import { holdersOfName } from "./name-holders.ts";
import type { Base, FieldProblem, LinkState, MappedObservation } from "./state.ts";
import { heldOf, linkOf, putLink, type Working } from "./world.ts";

/**
 * A row that refers by a name is told as it is known, and the name leads nowhere by now: the row
 * that it means was given another one, which its system may or may not write into what refers to
 * it. What the reference means has not changed by that. Where the row may be written it is told the
 * present name; where it may not, or there is none, it waits visibly. A name that another row has
 * got beside the one that is meant means that one still.
 */
export function withOldNames(
  work: Working,
  link: LinkState,
  observation: MappedObservation,
  refer: Refer,
): MappedObservation {
  const fields = { ...observation.fields };
  const misnamed: string[] = [];
  const problems = observation.problems.filter((problem) => {
    const meant = meantStill(work, link, observation, problem);
    if (meant === null) return true;
    if (problem.code === REFERENCE_SHARED) {
      if (!isHolder(work, problem, meant)) return true;
    } else {
      misnamed.push(problem.field);
      if (!isToBeTold(work, link, problem, refer, meant)) return true;
    }
    fields[problem.field] = meant;
    return false;
  });
  return { ...observation, fields, problems, ...(misnamed.length > 0 && { misnamed }) };
}

/** The record that the reference was accounted for as, where nobody has changed it since. */
function meantStill(
  work: Working,
  link: LinkState,
  { columns }: MappedObservation,
  problem: FieldProblem,
): RecordId | null {
  const { field, awaits } = problem;
  if (!isUnled(problem) || awaits?.row === undefined || !isNaming(awaits.binding)) return null;
  const { s: meant, misnamed } = link.bases[field] ?? {};
  // What waits for another reason was somebody's edit.
  const waits = heldOf(work, link.record).some(
    (one) => one.link === link.id && one.field === field,
  );
  const rules = work.world.map.bindings.get(link.binding);
  if (rules === undefined || typeof meant !== "string" || meant === "") return null;
  if (waits && misnamed !== true) return null;
  const isAsKnown = rules.mapping
    .columnsReading(field)
    .every((name) => columns[name] === undefined || columns[name] === link.columns[name]);
  return isAsKnown ? heirOf(work, meant as RecordId) : null;
}

function isHolder(work: Working, { awaits }: FieldProblem, meant: RecordId): boolean {
  const holders = holdersOfName(work, awaits?.binding ?? "", awaits?.row ?? "");
  return holders.some(({ record }) => heirOf(work, record) === meant);
}

function isToBeTold(
  work: Working,
  link: LinkState,
  { field, awaits }: FieldProblem,
  refer: Refer,
  meant: RecordId,
): boolean {
  const name = refer.rowOf(awaits?.binding ?? "", meant);
  if (name === undefined || name === SHARED || link.bases[field]?.apart === true) return false;
  return work.world.map.bindings.get(link.binding)?.outFields.includes(field) === true;
}

/** Notes of each reference that was told whether the row has the present name of what it means. */
export function noteMisnamed(work: Working, before: LinkState, told: MappedObservation): void {
  const link = linkOf(work, before.id);
  const rules = work.world.map.bindings.get(told.binding);
  if (link === undefined || rules === undefined || rules.mapping.namings.length === 0) return;
  const bases: Record<string, Base> = {};
  for (const field of rules.mapping.references) {
    const isTold = field in told.fields || told.problems.some((one) => one.field === field);
    const base = link.bases[field];
    const isOld = told.misnamed?.includes(field) === true;
    if (base === undefined || !isTold || isOld === (base.misnamed === true)) continue;
    const { misnamed: _, ...present } = base;
    bases[field] = isOld ? { ...present, misnamed: true } : present;
  }
  if (Object.keys(bases).length > 0) {
    putLink(work, { ...link, bases: { ...link.bases, ...bases } });
  }
}
