import { expect, test } from "vitest";
import { addressMap, agreeOn, edit } from "./testing/address-states.ts";

test("what is asked stays asked when it is told again, also where its system may decide no more", () => {
  const asking = { alone: true, group: { policy: { kind: "review" } } } as const;
  const hub = agreeOn(asking, "s1/c1/z1");
  edit(hub, "a", "s2/c1/z1", 1);
  edit(hub, "b", "s3/c1/z1", 1);
  const before = [...hub.conflicts.values()];
  expect(before.map(({ field, state }) => [field, state])).toEqual([["street", "open"]]);
  const tiers = [{ systems: ["a"], when: "always" as const }];
  const ownership = { tiers, refused: "keep-apart" as const };
  hub.publish(addressMap({ ...asking, group: { ...asking.group, ownership } }));
  const lines = hub.audit.length;
  hub.observe([hub.tell("b", "1", { at: null, transaction: null })]);
  expect([...hub.conflicts.values()]).toEqual(before);
  expect(hub.audit.slice(lines)).toEqual([]);
});
