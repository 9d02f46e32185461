import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CompiledMap } from "../plan/compile-map.ts";
import { lawRuns } from "../testing/law-runs.ts";
import type { LinkState } from "./state.ts";
import { agreeOn, edit, rowText } from "./testing/address-states.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import {
  agree,
  type Case,
  cases,
  MODEL_FIELDS,
  mapOf,
  perturb,
  settle,
} from "./testing/three-states.ts";

const A_OWNS = {
  ownership: {
    tiers: [{ systems: ["a"], when: "always" as const }],
    refused: "keep-apart" as const,
  },
};

/** Fields of the model in which a link's system keeps a value of its own. */
const keptBy = ({ bases }: LinkState) =>
  MODEL_FIELDS.filter((field) => bases[field]?.apart === true);

describe("a value that a system is allowed to keep", () => {
  test.each([
    ["of one field", true as const],
    ["of fields that are decided together", undefined],
  ])("%s ends where the hub comes to it: what follows is delivered again", (_, alone) => {
    const hub = agreeOn({ group: A_OWNS, ...(alone && { alone }) }, "s1/c1/z1");
    edit(hub, "b", "s1/c1/z2");
    settle(hub);
    expect(rowText(hub, "b")).toBe("s1/c1/z2");
    edit(hub, "a", "s1/c1/z2", 2);
    settle(hub);
    edit(hub, "a", "s1/c1/z3", 3);
    settle(hub);
    expect(["a", "b", "c"].map((system) => rowText(hub, system))).toEqual([
      "s1/c1/z3",
      "s1/c1/z3",
      "s1/c1/z3",
    ]);
  });

  test("differs from the hub's, whoever moved last", () => {
    fc.assert(fc.property(keeping, pauses, expectsApart), lawRuns(600));
  });
});

const keeping = cases.map((one) => ({
  ...one,
  rules: { ...one.rules, refused: "keep-apart" as const },
}));
const pauses = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });

function expectsApart(one: Case, deliverAfter: readonly boolean[]): void {
  const hub = agree(one);
  const map = mapOf(one.rules);
  for (const [index, step] of one.steps.entries()) {
    const told = perturb(hub, step);
    if (told !== null) hub.observe([told]);
    if (deliverAfter[index % deliverAfter.length] === true) hub.deliver();
    for (const link of hub.links.values()) expectApart(hub, link, map);
  }
}

function expectApart(hub: ModelHub, link: LinkState, map: CompiledMap): void {
  const { fields } = map.bindings.get(link.binding) ?? {};
  const values = hub.records.get(link.record)?.values ?? {};
  for (const field of keptBy(link)) {
    const [kept, hubs] = [link.bases[field]?.s ?? null, values[field]?.v];
    const isMet = hubs !== undefined && fields?.get(field)?.equals(kept, hubs);
    expect(isMet, `${field}: ${kept} and ${hubs}`).toBe(false);
  }
}
