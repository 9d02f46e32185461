import type { RecordId } from "../ids.ts";
import { NOBODY, REFERENCE_MISSING, type Refer } from "../mapping/refer.ts";
import type { BindingRules } from "../plan/compile-map.ts";
import { heirOf } from "./keys.ts";
import type { FieldProblem, LinkState, MappedObservation } from "./state.ts";
import { linkOf, linksOf, liveLink, rowKey, type Working } from "./world.ts";

/** Whom the references of a binding's rows lead to, as the batch has the links by now. */
export function referIn(work: Working, { mapping }: Pick<BindingRules, "mapping">): Refer {
  // By far the most rows refer to nobody.
  return mapping.references.length === 0 ? NOBODY : lookingIn(work);
}

function lookingIn(work: Working): Refer {
  const known = work.world.refer ?? NOBODY;
  return {
    recordOf(binding, externalId) {
      const link = liveLink(work, binding, externalId);
      if (link !== undefined) return heirOf(work, link.record);
      // The batch itself took the row from its record.
      if (work.linkAt.has(rowKey(binding, externalId))) return undefined;
      return known.recordOf(binding, externalId);
    },
    rowOf(binding, record) {
      const place = placeOf(work, binding, record, "live");
      return place?.externalId ?? known.rowOf(binding, record);
    },
    isComing(binding, record) {
      const place = placeOf(work, binding, record, "pending");
      return place !== undefined || known.isComing(binding, record);
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
  if (!observation.problems.some(isMissing)) return observation;
  const keys = work.world.map.bindings.get(binding)?.entity.matchKeys ?? [];
  const isMatched = liveLink(work, binding, externalId) !== undefined;
  const toMatch = new Set(isMatched ? [] : keys.flatMap(({ fields }) => fields));
  const refer = lookingIn(work);
  const fields = { ...observation.fields };
  const problems = observation.problems.filter((problem) => {
    const { awaits } = problem;
    if (awaits?.row === undefined || toMatch.has(problem.field)) return true;
    const record = refer.recordOf(awaits.binding, awaits.row);
    if (record !== undefined) fields[problem.field] = record;
    return record === undefined;
  });
  return { ...observation, fields, problems };
}

const isMissing = ({ code }: FieldProblem): boolean => code === REFERENCE_MISSING;

/** The reference that keeps a row from being matched: part of a key, and leading nowhere yet. */
export function missingInKeys(
  keys: readonly { readonly fields: readonly string[] }[],
  { problems }: MappedObservation,
): FieldProblem | undefined {
  const fields = new Set(keys.flatMap((key) => key.fields));
  return problems.find((problem) => isMissing(problem) && fields.has(problem.field));
}
