import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LinkId } from "../ids.ts";
import { lawRuns } from "../testing/law-runs.ts";
import { partsOf } from "../values/field-value.ts";
import type { LinkState, MappedObservation } from "./state.ts";
import {
  type AddressCase,
  addressCases,
  agreeOn,
  columnsOf,
  groupRules,
  hubText,
  PARTS,
  playAddresses,
  rowText,
} from "./testing/address-states.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import { atSecond, perturb, ROUNDS_MAX, SYSTEMS, settle } from "./testing/three-states.ts";
import { rowKey } from "./world.ts";

/** The laws of fields that are decided together; SPEC.md has them in words (R26 to R28). */
const RUNS = lawRuns(800);

/** A record is deleted, and asked about; a line that contends is told again with a bad zip. */
const ASKED_WITH_A_ZIP_THAT_FITS_NOT: AddressCase = {
  rules: { group: { policy: { kind: "newest" } } },
  steps: [
    { system: "a", row: "1", columns: null, second: 1 },
    { system: "b", row: "1", columns: { street: "s2" }, second: 1 },
    { system: "c", row: "1", columns: { zip: "z2" }, second: 1 },
    { system: "b", row: "1", columns: { city: null, zip: "z1" }, second: 1 },
    { system: "b", row: "1", columns: { street: "s2", zip: "far too long" }, second: 1 },
  ],
};

const pauses = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });

const liveLinks = (hub: ModelHub): LinkState[] =>
  [...hub.links.values()].filter(({ state }) => state === "live");

/** Listed for the group: asked, with a value in quarantine, or kept apart in one of its parts. */
function isListed(hub: ModelHub, link: LinkState): boolean {
  const isPart = (field: string | null) => field !== null && PARTS.includes(field as never);
  return (
    PARTS.some((part) => link.bases[part]?.apart === true) ||
    [...hub.held.values()].some(({ record, field }) => record === link.record && isPart(field)) ||
    hub.openOf(link.record).some(({ kind, field }) => kind === "delete" || isPart(field))
  );
}

const standing = (hub: ModelHub) => ({
  records: [...hub.records.values()],
  links: [...hub.links.values()],
  conflicts: [...hub.conflicts.values()],
  held: [...hub.held.keys()].sort(),
  due: [...hub.due].sort(),
  audit: hub.audit,
});

describe("laws of groups", () => {
  test("never a mix: hub and systems have what somebody has made, as a whole", () => {
    fc.assert(
      fc.property(addressCases, pauses, (one, deliverAfter) => {
        const hub = playAddresses(one, deliverAfter, (now, made) => {
          const rows = SYSTEMS.filter((system) => now.system(system).rows.has("1"));
          const records = [...now.records.values()].map(hubText);
          const all = [...records, ...rows.map((system) => rowText(now, system))];
          expect(all.filter((address) => !made.has(address))).toEqual([]);
        });
        settle(hub);
      }),
      RUNS,
    );
  });

  test("convergence and quiescence: every row has the whole address, or it is listed", () => {
    fc.assert(
      fc.property(addressCases, pauses, (one, deliverAfter) => {
        const hub = playAddresses(one, deliverAfter);
        expect(settle(hub)).toBeLessThan(ROUNDS_MAX);
        for (const link of liveLinks(hub)) {
          const record = hub.records.get(link.record);
          if (record?.deletedAt !== null || isListed(hub, link)) continue;
          const row = hub.system(link.system).rows.get(link.externalId ?? "");
          expect(PARTS.map((part) => row?.[part] ?? null)).toEqual(
            PARTS.map((part) => record?.values[part]?.v ?? null),
          );
        }
        const lines = hub.audit.length;
        for (const id of hub.links.keys()) hub.due.add(id as LinkId);
        expect(hub.deliver()).toBe(0);
        expect(hub.audit.length).toBe(lines);
      }),
      RUNS,
    );
  });

  test("determinism, in batches of any size", () => {
    fc.assert(
      fc.property(addressCases, fc.integer({ min: 1, max: 4 }), ({ rules, steps }, size) => {
        const [single, parted] = [1, size + 1].map((countMax) => {
          const hub = agreeOn(rules, "s1/c1/z1");
          const told = steps.flatMap((step) => perturb(hub, step) ?? []);
          while (told.length > 0) hub.observe(told.splice(0, countMax));
          return standing(hub);
        });
        expect(parted).toEqual(single);
      }),
      lawRuns(300),
    );
  });

  test("one source: after an edit is taken the parts are all of one system", () => {
    fc.assert(
      fc.property(addressCases, pauses, (one, deliverAfter) => {
        const hub = playAddresses(one, deliverAfter);
        for (const { values } of hub.records.values()) {
          const sources = PARTS.flatMap((part) => values[part]?.by ?? []);
          expect(new Set(sources).size).toBeLessThanOrEqual(1);
        }
      }),
      lawRuns(300),
    );
  });

  test("ownership: an address of a system that may not decide is never the hub's", () => {
    fc.assert(
      fc.property(addressCases, pauses, (one, deliverAfter) => {
        const owners = one.rules.group?.ownership?.tiers.flatMap(({ systems }) => systems);
        fc.pre(owners !== undefined);
        const hub = playAddresses(one, deliverAfter);
        for (const { values } of hub.records.values()) {
          for (const part of PARTS) {
            const by = values[part]?.by.replace("system:", "");
            if (by !== undefined) expect(owners).toContain(by);
          }
        }
      }),
      lawRuns(300),
    );
  });

  test("nothing lost: each changed line is taken, told among the losers, asked or held", () => {
    fc.assert(
      fc.property(addressCases, pauses, ({ rules, steps }, deliverAfter) => {
        const hub = agreeOn(rules, "s1/c1/z1");
        for (const [at, step] of steps.entries()) {
          const told = perturb(hub, step);
          if (told !== null) expectFound(hub, told);
          if (deliverAfter[at % deliverAfter.length] === true) hub.deliver();
        }
      }),
      { ...RUNS, examples: [[ASKED_WITH_A_ZIP_THAT_FITS_NOT, [false]]] },
    );
  });

  test("order: where no person is asked, three edits end the same in any order", () => {
    const orders = fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 });
    const address = fc.constantFrom("s2/c2/z2", "s3/c1/z3", "s1/c1/z2", "s2/c2/z2", "-/-/-");
    const edits = fc.array(address, { minLength: 3, maxLength: 3 });
    const seconds = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), {
      ...{ minLength: 3, maxLength: 3 },
    });
    const deciding = groupRules.filter(({ group }) => {
      const { policy, ownership } = group ?? {};
      const isRanked = policy?.kind === "ranked" || policy?.kind === "first-non-empty";
      const fills = ownership?.tiers.some(({ when }) => when === "blank") === true;
      if (policy?.kind === "review" || fills || ownership?.refused === "review") return false;
      return !isRanked || ownership !== undefined;
    });
    fc.assert(
      fc.property(deciding, edits, seconds, orders, (rules, to, at, order) => {
        const [first, second] = [[0, 1, 2], order].map((indexes) => {
          const hub = agreeOn(rules, "s1/c1/z1");
          const told = SYSTEMS.map((system, index) =>
            hub.edit(system, "1", columnsOf(to[index] ?? ""), atSecond(at[index] ?? 0)),
          );
          for (const index of indexes) hub.observe(told[index] === undefined ? [] : [told[index]]);
          settle(hub);
          return { asked: hub.conflicts.size, hub: [...hub.records.values()].map(hubText) };
        });
        expect(first?.asked).toBe(0);
        expect(second).toEqual(first);
      }),
      lawRuns(2_000),
    );
  });
});

/** Decides what a row tells, and looks for each part of it that has changed. */
function expectFound(hub: ModelHub, told: MappedObservation): void {
  const key = rowKey(told.binding, told.externalId);
  const before = hub.world();
  const bases = before.links.get(before.linkAt.get(key) as LinkId)?.bases ?? {};
  hub.observe([told]);
  const link = hub.links.get(hub.world().linkAt.get(key) as LinkId);
  if (link === undefined) return;
  const { values } = hub.records.get(link.record) ?? {};
  const open = hub.openOf(link.record).flatMap(({ candidates }) => candidates);
  const asked = open.filter((one) => one.link === link.id).map(({ value }) => partsOf(value, ""));
  const held = [...hub.held.values()].filter((one) => one.link === link.id);
  for (const part of PARTS) {
    const value = told.fields[part];
    if (value === undefined || value === bases[part]?.s) continue;
    const isTold = hub.audit.some(
      ({ field, cause, kind, after, losers }) =>
        field === part &&
        cause.position === told.position &&
        (losers?.some((loser) => loser.value === value) === true ||
          (kind === "converged" && after === value)),
    );
    const found = {
      taken: values?.[part]?.v === value,
      told: isTold,
      asked: asked.some((parts) => parts[part] === value),
      held: held.some(({ field }) => field === part),
      yields: bases[part] === undefined && (value === null || value === ""),
    };
    expect(found, `${part} ${value}`).not.toEqual({
      ...{ taken: false, told: false, asked: false, held: false, yields: false },
    });
  }
}
