import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { isDate } from "../values/temporal.ts";
import { eachValue, proving } from "./each-value.ts";
import { ofDate } from "./temporal-values.ts";
import { defineTransform, problem } from "./transform.ts";

const UNITS = ["days", "weeks", "months", "years"] as const;

export const shiftDate = defineTransform({
  id: "shift-date",
  summary: "Moves a date by days, weeks, months or years.",
  help:
    "For systems that mean the day before, or the first day after. Where the month is shorter it " +
    "is its last day: a month after the 31st of January is the 28th or 29th of February. On the " +
    "way back a row keeps its own date as long as it gives the hub's; a date that no date leads " +
    "to (the 31st of March, one month on) waits.",
  accepts: ["date"],
  returns: ["date"],
  settings: z.strictObject({
    amount: z.int().min(-40_000).max(40_000).describe("How many; a minus moves it back"),
    unit: z.enum(UNITS).default("days").describe("Of what"),
  }),
  sentence: ({ amount, unit }) =>
    `Moves dates ${amount < 0 ? "back" : "on"} by ${Math.abs(amount)} ${unit}; on the way back the \
opposite.`,

  compile({ amount, unit }) {
    if (amount === 0) return "Moving a date by nothing does nothing.";
    const move = (by: number) =>
      ofDate((date) => {
        const moved = Temporal.PlainDate.from(date)
          .add({ [unit]: by })
          .toString();
        if (isDate(moved)) return moved;
        return problem("range", `${quoteValue(date)} would leave the years 1 to 9999.`);
      });
    const [read, write] = [move(amount), move(-amount)];
    const isEven = unit === "days" || unit === "weeks";
    return isEven
      ? eachValue({ kind: "lossless", read, write })
      : eachValue({ kind: "lossy", read, write: proving(read, write) });
  },

  examples: [
    { settings: { amount: 1 }, forward: ["2024-02-28", null, ""], gives: ["2024-02-29", null, ""] },
    { settings: { amount: -1 }, forward: ["2026-03-01"], gives: ["2026-02-28"] },
    { settings: { amount: 1, unit: "months" }, forward: ["2026-01-31"], gives: ["2026-02-28"] },
    { settings: { amount: 1, unit: "years" }, forward: ["2024-02-29"], gives: ["2025-02-28"] },
    {
      settings: { amount: 1, unit: "months" },
      backward: ["2026-02-28"],
      previous: ["2026-01-31"],
      gives: ["2026-01-31"],
    },
    { settings: { amount: 1, unit: "months" }, backward: ["2026-02-28"], gives: ["2026-01-28"] },
    {
      settings: { amount: 1, unit: "months" },
      backward: ["2026-03-31"],
      fails: "no-way-back",
    },
    { settings: { amount: 1 }, forward: ["9999-12-31"], fails: "range" },
    { settings: { amount: 1 }, backward: ["0001-01-01"], fails: "range" },
    { settings: { amount: 1 }, forward: ["28.02.2026"], fails: "date" },
    { settings: { amount: 0 }, forward: ["2026-02-28"], fails: "settings" },
  ],
});
