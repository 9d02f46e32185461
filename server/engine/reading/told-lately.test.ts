import { expect, test } from "vitest";
import { ToldLately } from "./told-lately.ts";

const ROPE = { name: "Rope", code: "A" };
const CORD = { code: "A", name: "Cord" };

function begin(staleMs: number) {
  let ms = 0;
  const lately = new ToldLately(staleMs, () => ms);
  const isPast = (columns: typeof ROPE | null) =>
    lately.isPast("items", { externalId: "1", columns, begunMs: ms });
  const tell = (columns: typeof ROPE | null) => lately.note("items", "1", columns);
  return { lately, isPast, tell, turn: (by: number) => (ms += by) };
}

test("what differs from what was told within the time may be what was there before", () => {
  const { isPast, tell, turn } = begin(4_000);
  expect(isPast(ROPE)).toBe(false);
  tell(CORD);
  turn(3_999);
  expect([isPast(ROPE), isPast(null)]).toEqual([true, true]);
  // As it was told, in whatever order: no news, and nothing to wait for.
  expect(isPast({ name: "Cord", code: "A" })).toBe(false);
  turn(1);
  expect([isPast(ROPE), isPast(null)]).toEqual([false, false]);
});

test("a row that was told as gone may still be shown", () => {
  const { isPast, tell } = begin(4_000);
  tell(null);
  expect([isPast(ROPE), isPast(null)]).toEqual([true, false]);
});

test("a read that takes its time goes by what had been told when it began", () => {
  const { lately, tell, turn } = begin(4_000);
  tell(CORD);
  const copied = lately.copy();
  turn(60_000);
  lately.note("items", "2", ROPE);
  const shown = { externalId: "1", columns: ROPE, begunMs: 1_000 };
  expect(copied.isPast("items", shown)).toBe(true);
  expect(lately.isPast("items", shown)).toBe(false);
});

test("a system that shows the present is waited for by nobody", () => {
  const { isPast, tell } = begin(0);
  tell(CORD);
  expect(isPast(ROPE)).toBe(false);
});
