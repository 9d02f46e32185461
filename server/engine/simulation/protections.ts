import type { DrawnKind } from "./drawn/play-drawn.ts";
import { DECIDING } from "./protections/deciding.ts";
import { IDENTIFYING } from "./protections/identifying.ts";
import { READING } from "./protections/reading.ts";
import { REFERRING } from "./protections/referring.ts";
import { WORKING } from "./protections/working.ts";
import type { SceneName } from "./scenes.ts";
import type { ThemeName } from "./themes.ts";

/**
 * One thing that the engine does so that nothing is lost, doubled or overwritten, and the changes
 * of its source that take it away. Whether anything notices is what `npm run simulate --
 * --protections` finds out: a protection whose removal nobody notices is unproven.
 *
 * Locks of the hub's database are not among them: the simulator plays one transaction of the hub
 * after the other.
 */
export type Protection = {
  readonly name: string;
  /** What it keeps from happening. */
  readonly against: string;
  /** Seeds of this theme show it soonest; without one they are drawn as ever. */
  readonly theme?: ThemeName;
  /** Drawn schedules of this kind show it, and no seed of a theme. */
  readonly drawn?: DrawnKind;
  /** A world shows it, and no seed: its name in docs/worlds. */
  readonly world?: string;
  /** This scene shows it; no theme does. */
  readonly scene?: SceneName;
  /** A seed that showed it when somebody looked last: tried before all others. */
  readonly seed?: number;
  /** Why all of its changes are needed, where any one alone would change nothing. */
  readonly together?: string;
  readonly changes: readonly Change[];
};

type Change = {
  /** Below server/. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
};

export const PROTECTIONS: readonly Protection[] = [
  ...DECIDING,
  ...IDENTIFYING,
  ...REFERRING,
  ...WORKING,
  ...READING,
];

/**
 * @param file below server/
 * @throws Error when a change does not fit the source any more
 */
export function take({ name, changes }: Protection, file: string, source: string): string {
  return changes
    .filter((change) => change.file === file)
    .reduce((text, { find, replace }) => {
      const places = text.split(find).length - 1;
      if (places !== 1) throw new Error(`${name}: server/${file} has its place ${places} times.`);
      return text.replace(find, () => replace);
    }, source);
}
