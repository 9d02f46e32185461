import type { RecordId } from "../ids.ts";
import { isUnled, type MissingReference, NOBODY, type Refer, SHARED } from "../mapping/refer.ts";
import { isNaming } from "../mapping/row-naming.ts";
import type { BindingRules } from "../plan/compile-map.ts";
import { heirOf } from "./keys.ts";
import { holdersOfName, soleOf } from "./name-holders.ts";
import { withOldNames } from "./old-names.ts";
import type { FieldProblem, LinkState, MappedObservation } from "./state.ts";
import { linkOf, linksOf, liveLink, rowKey, type Working } from "./world.ts";

/** Whom the references of a binding's rows lead to, as the batch has the links by now. */
export function referIn(work: Working, { mapping }: Pick<BindingRules, "mapping">): Refer {
  // By far the most rows refer to nobody.
  return mapping.references.length === 0 ? NOBODY : lookingIn(work);
}

function lookingIn(work: Working): Refer {
  const known = work.world.refer ?? NOBODY;
  const { namings } = work.world.map;
  return {
    recordOf(space, name) {
      if (isNaming(space)) return soleOf(work, holdersOfName(work, space, name));
      const link = liveLink(work, space, name);
      if (link !== undefined) return heirOf(work, link.record);
      // The batch itself took the row from its record.
      if (work.linkAt.has(rowKey(space, name))) return undefined;
      return known.recordOf(space, name);
    },
    rowOf(space, record) {
      const naming = namings.get(space);
      if (naming === undefined) {
        return placeOf(work, space, record, "live")?.externalId ?? known.rowOf(space, record);
      }
      const place = placeOf(work, naming.binding, record, "live");
      if (place === undefined) return known.rowOf(space, record);
      const name = naming.nameOf(place.columns) ?? undefined;
      if (name === undefined) return undefined;
      const holders = holdersOfName(work, space, naming.keyOf(name));
      return soleOf(work, holders) === SHARED ? SHARED : name;
    },
    isComing(space, record) {
      const place = placeOf(work, namings.get(space)?.binding ?? space, record, "pending");
      return place !== undefined || known.isComing(space, record);
    },
  };
}

function placeOf(
  work: Working,
  binding: string,
  record: string,
  state: LinkState["state"],
): LinkState | undefined {
  return linksOf(work, record as RecordId)
    .map((id) => linkOf(work, id))
    .find((link) => link?.binding === binding && link.state === state);
}

/**
 * The observation with those of its references read that lead to rows which the batch itself has
 * given a record since they were mapped. A row that is still to be matched by one of them waits all
 * the same: who has such a key was not loaded.
 */
export function withLateReferences(
  work: Working,
  observation: MappedObservation,
): MappedObservation {
  const { binding, externalId } = observation;
  if (!observation.problems.some(isUnled)) return observation;
  const rules = work.world.map.bindings.get(binding);
  const keys = rules?.entity.matchKeys ?? [];
  const link = liveLink(work, binding, externalId);
  const toMatch = new Set(link !== undefined ? [] : keys.flatMap(({ fields }) => fields));
  const refer = lookingIn(work);
  const fields = { ...observation.fields };
  const problems = observation.problems.flatMap((problem) => {
    const { field, awaits, value } = problem;
    if (awaits?.row === undefined || toMatch.has(field)) return [problem];
    const led = rules?.mapping.follow(field, value, refer) ?? null;
    if (led === null) return [problem];
    if (!led.ok) return [{ ...problem, ...withoutOk(led) }];
    fields[field] = led.value;
    return [];
  });
  const late = { ...observation, fields, problems };
  return link === undefined ? late : withOldNames(work, link, late, refer);
}

const withoutOk = ({ code, message, awaits }: MissingReference) => ({ code, message, awaits });

/** The reference that keeps a row from being matched: part of a key, and leading nowhere yet. */
export function missingInKeys(
  keys: readonly { readonly fields: readonly string[] }[],
  { problems }: MappedObservation,
): FieldProblem | undefined {
  const fields = new Set(keys.flatMap((key) => key.fields));
  return problems.find((problem) => isUnled(problem) && fields.has(problem.field));
}
