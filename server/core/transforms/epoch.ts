import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { canonicalDecimal } from "../values/decimal.ts";
import { quoteValue } from "../values/format-value.ts";
import { canonicalInstant } from "../values/temporal.ts";
import { eachValue, type One } from "./each-value.ts";
import { Exact, ofNumber } from "./exact.ts";
import { ofInstant } from "./temporal-values.ts";
import { defineTransform, problem } from "./transform.ts";

/** How many microseconds one of them has, as an exponent of ten. */
const UNITS = { seconds: 6, milliseconds: 3, microseconds: 0 } as const;
type Unit = keyof typeof UNITS;

const FIRST = new Exact("-62135596800000000");
const LAST = new Exact("253402300799999999");

export const epoch = defineTransform({
  id: "epoch",
  summary: "Reads Unix time: seconds or milliseconds since 1970.",
  help:
    "Many systems count instants in seconds or milliseconds since the first of January 1970, UTC. " +
    "Say which: the same number means other years in the other unit. Nothing is rounded: what is " +
    "finer than a microsecond, or than a column of whole numbers can hold, waits.",
  accepts: ["integer", "decimal", "text"],
  returns: ["instant"],
  settings: z.strictObject({
    unit: z
      .enum(["seconds", "milliseconds", "microseconds"])
      .describe("What the system counts: 1772287320 are seconds, 1772287320000 milliseconds"),
  }),
  sentence: ({ unit }) => `Reads ${unit} since 1970; on the way back counts them.`,

  compile: ({ unit }) =>
    eachValue({
      kind: "lossless",
      read: ofNumber((number) => toInstant(number, unit)),
      write: ofInstant((instant) => toNumber(instant, unit)),
    }),

  examples: [
    {
      settings: { unit: "seconds" },
      forward: ["1772287320", "0", "-0", "-1", null, ""],
      gives: [
        ...["2026-02-28T14:02:00Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"],
        ...["1969-12-31T23:59:59Z", null, ""],
      ],
    },
    { settings: { unit: "seconds" }, forward: ["0.25"], gives: ["1970-01-01T00:00:00.25Z"] },
    {
      settings: { unit: "milliseconds" },
      forward: ["1772287320250"],
      gives: ["2026-02-28T14:02:00.25Z"],
    },
    {
      settings: { unit: "seconds" },
      backward: ["2026-02-28T14:02:00.5Z"],
      gives: ["1772287320.5"],
    },
    {
      settings: { unit: "microseconds" },
      backward: ["1969-12-31T23:59:59.999999Z"],
      gives: ["-1"],
    },
    { settings: { unit: "milliseconds" }, forward: ["0.0001"], fails: "precision" },
    { settings: { unit: "seconds" }, forward: ["1772287320000"], fails: "range" },
    { settings: { unit: "seconds" }, forward: ["253402300799"], gives: ["9999-12-31T23:59:59Z"] },
    { settings: { unit: "seconds" }, forward: ["253402300800"], fails: "range" },
    { settings: { unit: "seconds" }, forward: ["today"], fails: "type" },
  ],
});

function toInstant(number: string, unit: Unit): One {
  const count = new Exact(number).times(new Exact(10).pow(UNITS[unit]));
  if (count.lt(FIRST) || count.gt(LAST)) {
    return problem("range", `${number} ${unit} lie outside the years 1 to 9999.`);
  }
  if (!count.round(0, Exact.roundDown).eq(count)) {
    return problem("precision", `${quoteValue(number)} is finer than a microsecond.`);
  }
  const nanoseconds = BigInt(count.toFixed(0)) * 1_000n;
  const spelled = canonicalInstant(Temporal.Instant.fromEpochNanoseconds(nanoseconds).toString());
  return "value" in spelled ? spelled.value : number;
}

function toNumber(instant: string, unit: Unit): One {
  const microseconds = Temporal.Instant.from(instant).epochNanoseconds / 1_000n;
  const count = new Exact(microseconds.toString()).div(new Exact(10).pow(UNITS[unit]));
  return canonicalDecimal(count.toFixed()) ?? instant;
}
