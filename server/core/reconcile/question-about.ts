import type { EntityRules } from "../plan/compile-map.ts";
import { partsOf } from "../values/field-value.ts";
import type { Conflict } from "./state.ts";

type Asked = Pick<Conflict, "kind" | "field" | "candidates">;

/** The question among these that a field is in: its own, or one about what it is decided with. */
export function questionAbout<Of extends Asked>(
  entity: EntityRules | undefined,
  questions: readonly Of[],
  field: string,
): Of | undefined {
  const decider = entity?.deciders.get(field);
  return questions.find((one) => {
    if (one.kind !== "field" || one.field === null) return false;
    const isSame = decider !== undefined && entity?.deciders.get(one.field) === decider;
    return one.field === field || isSame || asks(one, field);
  });
}

/** Also as a part of a group that the map has parted since. */
const asks = ({ field: lead, candidates }: Asked, field: string): boolean =>
  candidates.some(({ value }) => field in partsOf(value, lead ?? ""));
