import { expect, test, vi } from "vitest";
import { createNewsDesk } from "./news-desk.ts";

test("news reaches those whom it concerns, and waits while nobody looks", () => {
  const desk = createNewsDesk();
  const [records, runs] = [vi.fn(), vi.fn()];
  const end = desk.subscribe(["records", "conflicts"], records);
  desk.subscribe(["runs"], runs);

  desk.hear({ kind: "topics", topics: ["conflicts"] });
  expect([records.mock.calls.length, runs.mock.calls.length]).toEqual([1, 0]);
  desk.hear({ kind: "everything" });
  expect([records.mock.calls.length, runs.mock.calls.length]).toEqual([2, 1]);

  desk.setAway(true);
  for (let round = 0; round < 9; round += 1) desk.hear({ kind: "topics", topics: ["runs"] });
  expect(runs).toHaveBeenCalledTimes(1);
  desk.setAway(false);
  expect(runs).toHaveBeenCalledTimes(2);

  end();
  desk.hear({ kind: "everything" });
  expect(records).toHaveBeenCalledTimes(2);
});
