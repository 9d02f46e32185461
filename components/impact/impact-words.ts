import type { Impact, News, RowChange } from "../../server/core/impact/impact.ts";
import { formatCount } from "../ui/count.tsx";
import type { PreviewState } from "./use-preview.ts";

/**
 * Why it cannot be published yet, as far as what it changes is concerned; undefined where it can.
 * @param reason what the person has said in their own words
 */
export function whyNotYet(state: PreviewState, reason: string): string | undefined {
  const isGiven = reason.trim() !== "";
  switch (state.kind) {
    case "idle":
    case "running":
      return "What it changes is still being worked out";
    case "done":
      return state.impact.fuses.length === 0 || isGiven ? undefined : "Say why this is right";
    default:
      return isGiven ? undefined : "Look at what it changes, or say why this is right";
  }
}

/** What is said to the server: what was looked at, and why it is published where that is asked. */
export function seenOf(state: PreviewState, reason: string) {
  return { preview: state.kind === "done" ? state.id : null, reason };
}

/**
 * "2 more questions, 1 fewer"; null where there is no news of them.
 * @param text how a count is said: of a sample as a range
 */
export function newsWords(
  { appear, vanish }: News,
  [one, many]: readonly [string, string],
  text: (count: number) => string = formatCount,
): string | null {
  if (appear === 0 && vanish === 0) return null;
  const noun = (count: number) => (text(count) === "1" ? one : many);
  if (appear === 0) return `${text(vanish)} ${noun(vanish)} fewer`;
  const more = `${text(appear)} more ${noun(appear)}`;
  return vanish === 0 ? more : `${more}, ${text(vanish)} fewer`;
}

type Range = { readonly low: number; readonly high: number };

/** { low: 55, high: 175 } => "55–175" */
export const rangeText = ({ low, high }: Range): string =>
  low === high ? formatCount(low) : `${formatCount(low)}–${formatCount(high)}`;

export const CHANGE_WORDS: Readonly<Record<RowChange, string>> = {
  created: "New",
  changed: "Changed",
  deleted: "Deleted",
  blocked: "Blocked",
};

/** Does it change nothing at all, as far as it was looked at? */
export function isWithoutEffect({ hub, systems, conflicts, quarantine }: Impact): boolean {
  const rows = [hub, ...systems.map((one) => ({ ...one, deleted: one.deleted + one.blocked }))];
  return (
    rows.every(({ created, changed, deleted }) => created + changed + deleted === 0) &&
    [conflicts, quarantine].every(({ appear, vanish }) => appear + vanish === 0)
  );
}
