import type { MemoryStep } from "../../connectors/memory/hooks.ts";
import { FailureError } from "../../core/run/failure.ts";
import type { Dice } from "./dice.ts";

/** What the plan does at a place where something could go wrong. */
export type Fate = "go-on" | "stall" | "crash" | "fail";

/** How likely each fate is; all nothing when the faults are over. */
export type Weather = {
  readonly stall: number;
  readonly crash: number;
  readonly fail: number;
  /** Places where it is another: "commit after". */
  readonly places?: Readonly<Record<string, Omit<Weather, "places">>>;
};

export const STORM: Weather = { stall: 0.12, crash: 0.012, fail: 0.03 };
export const CALM: Weather = { stall: 0, crash: 0, fail: 0 };

/**
 * Places inside a transaction of the hub: whoever stops there holds locks that a real death would
 * let go, so that the process can only fail or die at once.
 */
const INSIDE_TRANSACTIONS: ReadonlySet<string> = new Set<MemoryStep>(["beginWrite"]);

/** Draws what happens at a place: "write before", "read". */
export function fateAt(dice: Dice, weather: Weather, place: string, mayFail: boolean): Fate {
  const drawn = dice.random.fraction();
  const { crash, fail, stall } = weather.places?.[place] ?? weather;
  if (drawn < crash) return "crash";
  if (mayFail && drawn < crash + fail) return "fail";
  return !isInsideTransaction(place) && drawn > 1 - stall ? "stall" : "go-on";
}

export function isInsideTransaction(place: string): boolean {
  return INSIDE_TRANSACTIONS.has(place.replace(/ .*/, ""));
}

/** A connection that broke: what a connector says of it. */
export function brokenConnection(): FailureError {
  return new FailureError({ kind: "unreachable", detail: "The connection broke." });
}
