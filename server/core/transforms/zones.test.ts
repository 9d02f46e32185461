import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { lawRuns } from "../testing/law-runs.ts";
import { canonicalInstant } from "../values/temporal.ts";
import { instantOf, startOfDay, wallTime } from "./zones.ts";

const ZONES = [
  ...["Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu"],
  ...["Africa/Casablanca", "Australia/Lord_Howe", "Europe/Dublin", "America/Toronto", "UTC"],
] as const;

/** Mostly of our time, where clocks change twice a year, and close to where they do. */
const instants = fc
  .tuple(
    fc.constantFrom(...ZONES),
    fc.oneof(
      fc.integer({ min: Date.UTC(1880, 0), max: Date.UTC(2060, 0) }),
      fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2030, 0) }),
    ),
    fc.option(fc.integer({ min: -10_800, max: 10_800 }), { nil: null }),
  )
  .map(([zone, ms, near]) => {
    const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms / 1000) * 1000);
    const change = at.toZonedDateTimeISO(zone).getTimeZoneTransition("next");
    const instant =
      near === null || change === null ? at : change.toInstant().add({ seconds: near });
    return { zone, instant: instant.toString() };
  });

const RUNS = lawRuns(500);

test("clocks show what Temporal says they show", () => {
  fc.assert(
    fc.property(instants, ({ zone, instant }) => {
      const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
      const wall = wallTime(instant, zone);
      expect(wall).toMatchObject({
        date: zoned.toPlainDate().toString(),
        time: zoned.toPlainTime().toString(),
      });
    }),
    RUNS,
  );
});

test("a time on the clocks means the instants that Temporal says", () => {
  fc.assert(
    fc.property(instants, fc.boolean(), ({ zone, instant }, isUtc) => {
      // As UTC spells it, it is often a time that the clocks of the zone skip.
      const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(isUtc ? "UTC" : zone);
      const wall = zoned.toPlainDateTime();
      const shown = { date: wall.toPlainDate().toString(), time: wall.toPlainTime().toString() };
      const meant = (["earlier", "later"] as const).map((disambiguation) =>
        wall.toZonedDateTime(zone, { disambiguation }).toInstant().toString(),
      );
      expect(
        (["earlier", "later"] as const).map((unclear) => instantOf(shown, { zone, unclear })),
      ).toEqual(meant);
      const asked = instantOf(shown, { zone, unclear: "refuse" });
      if (meant[0] === meant[1]) expect(asked).toBe(meant[0]);
      else expect(asked).toMatchObject({ code: "unclear-time" });
    }),
    RUNS,
  );
});

test("a day begins when Temporal says it does", () => {
  fc.assert(
    fc.property(instants, ({ zone, instant }) => {
      const date = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
      const start = date.toZonedDateTime(zone).toInstant().toString();
      expect(startOfDay(date.toString(), zone)).toBe(start);
    }),
    RUNS,
  );
});

test("what is refused says why, and what to do", () => {
  const inBerlin = { zone: "Europe/Berlin", unclear: "refuse" } as const;
  expect(instantOf({ date: "2026-03-29", time: "02:30:00" }, inBerlin)).toMatchObject({
    message:
      '"2026-03-29 02:30:00" is unclear: the clocks of Europe/Berlin skip it there. Say in the ' +
      "step which instant is meant.",
  });
  expect(instantOf({ date: "2026-10-25", time: "02:30:00" }, inBerlin)).toMatchObject({
    message: expect.stringContaining("show it twice"),
  });
});

test("what is given is an instant's one spelling", () => {
  const instant = instantOf(
    { date: "9999-12-31", time: "23:59:59.999999" },
    { zone: "UTC", unclear: "refuse" },
  );
  expect(canonicalInstant(String(instant))).toEqual({ value: "9999-12-31T23:59:59.999999Z" });
});
