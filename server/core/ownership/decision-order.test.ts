import { describe, expect, test } from "vitest";
import { Field } from "../map/document.ts";
import { alone } from "../map/groups.ts";
import { decisionOrder, dependingIn, findCycle } from "./decision-order.ts";

const decidedBy = (id: string, ...depends: string[]) => {
  const field = Field.parse({
    ...{ id, name: id, type: "text" },
    ...(depends.length > 0 && {
      ownership: {
        cases: depends.map((field) => ({
          when: [{ of: field, operator: "not-blank", values: [] }],
          tiers: [{ systems: ["erp"] }],
        })),
        tiers: [{ systems: ["shop"] }],
      },
    }),
  });
  return alone(field);
};

const fieldOf = (id: string, ...depends: string[]) => dependingIn([], decidedBy(id, ...depends));

/** Fields that are decided together, by the owner of one of them. */
const groupOf = (fields: string[], ...depends: string[]) =>
  dependingIn([], { ...decidedBy(fields.join("-"), ...depends), fields, group: true });

describe("the order of decisions", () => {
  test("each field comes after those that its owners depend on, the rest as it stands", () => {
    expect(
      decisionOrder([fieldOf("a", "c"), fieldOf("b"), fieldOf("c", "d"), fieldOf("d")]),
    ).toEqual(["d", "c", "a", "b"]);
  });

  test("without conditions any order will do; a field's own value is no condition on another", () => {
    expect(decisionOrder([fieldOf("a"), fieldOf("b")])).toBeNull();
    expect(decisionOrder([fieldOf("a", "a"), fieldOf("b")])).toBeNull();
  });

  test("a group is decided as one: what depends on a part comes after it, and is a circle", () => {
    const after = [fieldOf("c", "b"), groupOf(["a", "b"])];
    expect(decisionOrder(after)).toEqual(["a", "b", "c"]);
    expect(decisionOrder([groupOf(["a", "b"], "a")])).toBeNull();
    const circle = [fieldOf("c", "b"), groupOf(["a", "b"], "c")];
    expect(findCycle(circle)?.map(({ id }) => id)).toEqual(["c", "a-b"]);
  });

  test("a circle is found", () => {
    const fields = [fieldOf("a"), fieldOf("b", "c"), fieldOf("c", "d"), fieldOf("d", "a", "b")];
    expect(findCycle(fields)?.map(({ id }) => id)).toEqual(["b", "c", "d"]);
    expect(findCycle([fieldOf("a", "a"), fieldOf("b", "a")])).toBeNull();
  });
});
