import { expect, test } from "vitest";
import { Edge, Entity } from "../map/document.ts";
import { traceEdge } from "./explain.ts";

const entity = Entity.parse({
  id: "product",
  name: "Product",
  title: "price",
  fields: [
    { id: "price", name: "Price", type: "decimal", validation: [{ kind: "range", min: "0" }] },
  ],
});

function edgeOf(steps: readonly object[]): Edge {
  return Edge.parse({ id: "price", columns: ["cents"], fields: ["price"], steps });
}

const trim = { transform: "trim" };
const scale = { transform: "scale", settings: { operation: "divide", factor: "100" } };

test("shows the values before and after every step, and what arrives", () => {
  expect(traceEdge(edgeOf([trim, scale]), { cents: " 1999 " }, entity)).toEqual({
    columns: [" 1999 "],
    steps: [
      {
        title: "Trim spaces",
        sentence: "Takes white space off both ends.",
        in: [" 1999 "],
        out: { ok: true, values: ["1999"] },
      },
      {
        title: "Multiply or divide",
        sentence: "Divides by 100; on the way back multiplies by it, exactly.",
        in: ["1999"],
        out: { ok: true, values: ["19.99"] },
      },
    ],
    fields: { price: "19.99" },
    problems: [],
  });
});

test("ends at the first step that fails", () => {
  const trace = traceEdge(edgeOf([scale, trim]), { cents: "12,5" }, entity);
  expect(trace.steps).toHaveLength(1);
  expect(trace.steps[0]?.out).toMatchObject({ ok: false });
  expect(trace.fields).toEqual({});
  expect(trace.problems).toMatchObject([{ field: "price", code: "type" }]);
});

test("tells which rule the value breaks where it arrives", () => {
  const trace = traceEdge(edgeOf([scale]), { cents: "-1" }, entity);
  expect(trace.steps[0]?.out).toEqual({ ok: true, values: ["-0.01"] });
  expect(trace.problems).toMatchObject([{ field: "price", code: "range" }]);
});

test("shows what is wrong with a step that is not finished", () => {
  const draft = { transform: "scale", settings: { operation: "divide" } };
  const trace = traceEdge(edgeOf([draft]), { cents: "1" }, null);
  expect(trace.steps[0]?.out.ok).toBe(false);
});

test("nothing flows where the row does not tell a column", () => {
  expect(traceEdge(edgeOf([trim]), { other: "1" }, entity).columns).toBeNull();
});
