import type { LampState } from "../../../../components/ui/lamp.tsx";
import type { Cell } from "./record-data.ts";

/**
 * How a system's value stands to the hub's: a lamp and a few words; null where they are the same.
 */
export function cellWords(
  state: Cell["state"],
): { readonly lamp: LampState; readonly words: string } | null {
  return WORDS[state];
}

const WORDS: Readonly<
  Record<Cell["state"], { readonly lamp: LampState; readonly words: string } | null>
> = {
  "in-sync": null,
  due: { lamp: "running", words: "to be written" },
  asked: { lamp: "conflict", words: "to be decided" },
  waits: { lamp: "paused", words: "waits for the decision" },
  held: { lamp: "quarantined", words: "held" },
  refused: { lamp: "failed", words: "not taken" },
  apart: { lamp: "paused", words: "kept apart" },
  adjusted: { lamp: "warning", words: "stored differently" },
  differs: { lamp: "waiting", words: "not sent there" },
  unknown: null,
  making: { lamp: "running", words: "row to be made" },
};
