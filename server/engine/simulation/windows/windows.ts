import type { World } from "../world-file.ts";
import type { Told } from "./asked-world.ts";
import { BETWEEN_TWO_CALLS } from "./between-two-calls.ts";
import { IN_DOUBT } from "./in-doubt.ts";
import { MASS } from "./mass.ts";
import type { Result } from "./seen.ts";
import { SEEN_LATE } from "./seen-late.ts";

/** Something that is not promised, and how large it is. */
export type Window = {
  readonly name: string;
  /** What it comes to by the settings. */
  readonly size: string;
  /** What it came to in worlds that are played for it, in words. */
  measure(play: PlayTold, base: World): Promise<string>;
};

/** Plays the world of the asked shop with other events and habits. */
export type PlayTold = (told: Told) => Promise<Result>;

export const WINDOWS: readonly Window[] = [
  ...SEEN_LATE,
  ...IN_DOUBT,
  ...BETWEEN_TWO_CALLS,
  ...MASS,
];
