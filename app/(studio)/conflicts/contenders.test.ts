import { expect, test } from "vitest";
import { asId } from "../../../server/core/ids.ts";
import { changedSince, contendersOf, rivalOf } from "./contenders.ts";

const SYSTEMS = [{ id: "erp" }, { id: "shop" }, { id: "crm" }];
const candidate = (
  from: "system:erp" | "system:shop" | "system:crm" | "person:ana@example.com",
  value: string,
) => ({
  from,
  value,
  at: null,
  link: from === "system:erp" ? null : asId<never>("l"),
});

test("systems stand in the map's order, people behind them", () => {
  const candidates = [
    candidate("person:ana@example.com", "c"),
    candidate("system:crm", "b"),
    candidate("system:erp", "a"),
  ];
  expect(contendersOf({ candidates }, SYSTEMS).map(({ from, isHub }) => [from, isHub])).toEqual([
    ["system:erp", true],
    ["system:crm", false],
    ["person:ana@example.com", false],
  ]);
});

test("tells whose value is another one than before", () => {
  const before = contendersOf({ candidates: [candidate("system:erp", "a")] }, SYSTEMS);
  const now = contendersOf(
    { candidates: [candidate("system:erp", "a"), candidate("system:crm", "b")] },
    SYSTEMS,
  );
  expect([...changedSince(before, now)]).toEqual(["system:crm"]);
  expect([...changedSince(now, now)]).toEqual([]);
});

test("without an agreed value each is compared with the first that reads otherwise", () => {
  const contenders = [{ value: "Gloves" }, { value: "Gloves (new)" }, { value: "Gloves" }];
  expect(rivalOf("Gloves", contenders)).toBe("Gloves (new)");
  expect(rivalOf("Gloves (new)", contenders)).toBe("Gloves");
  expect(rivalOf("Gloves", [{ value: "Gloves" }])).toBeUndefined();
});

test("what our own write went over is past, and can still be chosen", () => {
  const over = { ...candidate("system:shop", "b"), writtenOver: true } as const;
  const [shown] = contendersOf({ candidates: [over] }, SYSTEMS);
  expect(shown).toMatchObject({ value: "b", isHub: false, isPast: true });
});

test("after an answer was taken back, a system that was written to is not the hub", () => {
  const [hub, past] = contendersOf(
    {
      candidates: [
        { ...candidate("system:erp", "a"), link: null },
        { ...candidate("system:shop", "b"), link: null, position: asId<never>("07") },
      ],
    },
    SYSTEMS,
  );
  expect(hub).toMatchObject({ isHub: true, isPast: false });
  expect(past).toMatchObject({ isHub: false, isPast: true });
});
