import { setAside } from "./identify.ts";
import { rowLine } from "./lines.ts";
import { unknownOf } from "./own-write.ts";
import { comeBack } from "./scope.ts";
import type { LinkState, MappedObservation } from "./state.ts";
import { leftLink, putLink, recordOf, type Working } from "./world.ts";

/** A row that waits because its id may have been given to it anew. */
export const ID_REUSED = "id-reused";

/**
 * A row that is linked shows itself as another one: its id was given anew after a delete that
 * nobody has told. Nothing of it is taken, and nothing is written there, until a person has said
 * which it is, or it is again what it was. What an event of the row itself tells is no such doubt.
 * @returns whether it waits
 */
export function holdReused(
  work: Working,
  link: LinkState,
  observation: MappedObservation,
): boolean {
  const { position, transaction, at, previousExternalId } = observation;
  if (transaction !== null || previousExternalId !== undefined) return false;
  const why = whyAnother(work, link, observation);
  const record = recordOf(work, link.record);
  if (why === null || record === undefined) return false;
  putLink(work, { ...link, state: "doubted", position });
  const cause = { position, transaction, at, detail: why };
  const actor = `system:${link.system}`;
  work.changes.audit.push(rowLine(record, link, { kind: "held", actor, rule: ID_REUSED, cause }));
  wait(work, link, observation, why);
  return true;
}

/** The link of a row whose id may have been given anew. */
export function doubtedLink(
  work: Working,
  binding: string,
  externalId: string,
): LinkState | undefined {
  const left = leftLink(work, binding, externalId);
  return left?.state === "doubted" ? left : undefined;
}

/** It is told once more. @returns its link, where it is again what it was */
export function stillDoubted(
  work: Working,
  link: LinkState,
  observation: MappedObservation,
): LinkState | undefined {
  const why = whyAnother(work, link, observation);
  if (why === null) return comeBack(work, observation);
  putLink(work, { ...link, position: observation.position });
  wait(work, link, observation, why);
  return undefined;
}

function wait(work: Working, link: LinkState, observation: MappedObservation, why: string): void {
  const columns = { ...link.columns, ...observation.columns };
  const message = `${why} Is it still the same, or another one under its id?`;
  setAside(
    work,
    { ...observation, columns },
    { field: null, code: ID_REUSED, message, value: null },
  );
}

/**
 * What says that the row is another one than was linked, as a sentence: it was made at another
 * time, or, in a system that gives ids anew and does not tell that time, not one of its match keys
 * is left. Null: nothing does.
 */
function whyAnother(work: Working, link: LinkState, observation: MappedObservation): string | null {
  const rules = work.world.map.bindings.get(link.binding);
  const { madeAt, reusesIds, name } = rules?.schema ?? {};
  const row = `The row ${link.externalId} of ${name}`;
  const was = madeAt === undefined ? null : (link.columns[madeAt] ?? null);
  const is = madeAt === undefined ? null : (observation.columns[madeAt] ?? was);
  if (was !== null && is !== null) {
    return was === is ? null : `${row} was made at ${is}; the one that was linked, at ${was}.`;
  }
  if (reusesIds !== true || !isWithoutKeys(work, link, observation)) return null;
  return `${row} has none of the match keys that it was known by.`;
}

/** Has it none of its match keys any more, nor one of its record's, where both sides are known? */
function isWithoutKeys(work: Working, link: LinkState, { fields }: MappedObservation): boolean {
  const keys = work.world.map.bindings.get(link.binding)?.entity.matchKeys ?? [];
  const record = recordOf(work, link.record);
  const ours = unknownOf(work, link.id).flatMap(({ sent }) => Object.keys(sent));
  const found = keys.flatMap((key) => {
    const was = key.valueOf((field) => link.bases[field]?.s);
    const is = key.valueOf((field) => fields[field] ?? link.bases[field]?.s);
    if (was === null || is === null) return [];
    const hub = key.valueOf((field) => record?.values[field]?.v);
    // It may also be what a call of ours, of which nobody knows, has made of it.
    return [was === is || hub === is || key.fields.some((field) => ours.includes(field))];
  });
  return found.length > 0 && !found.includes(true);
}
