import type { LinkId, RecordId } from "../ids.ts";
import { holdProblems } from "./hold-problems.ts";
import { referIn } from "./refer.ts";
import { type FieldProblem, type LinkState, rowOf } from "./state.ts";
import { validated } from "./validate.ts";
import { heldOf, linkOf, linksOf, type Working } from "./world.ts";

/**
 * A record is there again: what its rows have that does not fit waits again. It may have been let
 * go meanwhile, for of a record that is deleted nothing waits.
 */
export function holdAgain(work: Working, record: RecordId): void {
  for (const id of linksOf(work, record)) {
    const link = linkOf(work, id);
    if (link?.state === "live") holdOf(work, id, link);
  }
}

function holdOf(work: Working, id: LinkId, link: LinkState): void {
  const rules = work.world.map.bindings.get(link.binding);
  if (rules === undefined) return;
  const told = rules.mapping.forward(link.columns, null, referIn(work, rules));
  const row = validated(work, id, { ...rowOf(link, {}), ...told }, undefined);
  const held = new Set(
    heldOf(work, link.record).flatMap((one) => (one.link === id ? [one.field] : [])),
  );
  const news = row.problems.filter((one) => !held.has(one.field) && !isAccountedFor(link, one));
  if (news.length > 0) holdProblems(work, id, { ...row, fields: {}, problems: news });
}

function isAccountedFor({ bases }: LinkState, { field, value }: FieldProblem): boolean {
  const base = bases[field];
  return base !== undefined && JSON.stringify(base.s) === JSON.stringify(value);
}
