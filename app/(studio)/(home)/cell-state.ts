import { spanWords, systemState } from "../../../components/systems/system-state.ts";
import type { LampState } from "../../../components/ui/lamp.tsx";
import type { Outputs } from "../../../server/api/root.ts";

type Board = NonNullable<Outputs["home"]["board"]>;
export type BoardSystem = Board["systems"][number];
export type BoardEntity = Board["entities"][number];
export type Cell = BoardEntity["cells"][number];

export type CellState = {
  readonly lamp: LampState;
  /** In a word or two. */
  readonly words: string;
  /** Where the lamp's reason can be seen. */
  readonly href: string;
};

/** Writes that wait longer than this are told; shorter ones are the ordinary way of things. */
const WAIT_SECONDS = 30;

/** How one entity does in one system, the worst thing first. */
export function cellState(
  entity: string,
  system: Pick<BoardSystem, "id" | "facts">,
  cell: Cell,
  now: Date,
): CellState {
  const page = `/systems/${system.id}`;
  const whole = systemState(system.facts, cell.staleSecondsMax);
  if (whole.lamp === "failed" || whole.lamp === "paused" || system.facts === null) {
    return { ...whole, href: page };
  }
  if (!cell.isLoaded) {
    return { lamp: "running", words: "First read", href: `/runs?system=${system.id}` };
  }
  if (whole.lamp !== "ok") return { ...whole, href: page };
  if (cell.conflicts > 0) {
    const words = `${cell.conflicts} to decide`;
    return { lamp: "conflict", words, href: `/conflicts?entity=${entity}` };
  }
  if (cell.held > 0) {
    const words = `${cell.held} held`;
    return { lamp: "quarantined", words, href: `/quarantine?entity=${entity}` };
  }
  const waited = cell.oldestDue === null ? 0 : (now.getTime() - Date.parse(cell.oldestDue)) / 1000;
  if (waited > WAIT_SECONDS) {
    const words = `${cell.due} to write, ${spanWords(waited)}`;
    return { lamp: "waiting", words, href: page };
  }
  return { lamp: "ok", words: "Up to date", href: `/runs?system=${system.id}` };
}
