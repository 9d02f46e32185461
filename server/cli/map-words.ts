import type { MapProblem } from "../core/map/checks/problem.ts";
import type { MapDiff, RuleChange } from "../core/map/diff.ts";

const SIGNS: Record<RuleChange["kind"], string> = {
  added: "+",
  removed: "-",
  changed: "~",
  same: " ",
};

/** A difference of two maps as lines: entity, field, then each change with before and after. */
export function diffLines(diff: MapDiff): string[] {
  return diff.entities.flatMap((entity) => [
    entity.title,
    ...entity.fields.flatMap((field) => [
      ...(field.field === null ? [] : [`  ${field.title}`]),
      ...field.changes.flatMap((change) => changeLines(change, field.field === null ? 1 : 2)),
    ]),
  ]);
}

function changeLines(change: RuleChange, depth: number): string[] {
  const pad = "  ".repeat(depth);
  const head = `${pad}${SIGNS[change.kind]} ${change.sentence}`;
  if (change.kind === "same") return [head];
  return [
    head,
    ...(change.before === null ? [] : [`${pad}    - ${change.before}`]),
    ...(change.after === null ? [] : [`${pad}    + ${change.after}`]),
  ];
}

export function problemLines(problems: readonly MapProblem[]): string[] {
  return problems.map(({ severity, message }) => `${severity}: ${message}`);
}
