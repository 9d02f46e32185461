import { isBlank, isSame, show } from "./audit-replay.ts";
import type { AuditRow, HubView } from "./hub-view.ts";
import { positionOf, type Touch, type Truth } from "./truth.ts";

export type Takings = {
  readonly truth: Truth;
  readonly view: HubView;
  readonly lines: readonly AuditRow[];
  /** Systems that forget what became of a transaction: a write of ours may pass for an edit. */
  readonly forgetful: readonly string[];
};

/** Rules by which the hub takes what nobody has written. */
const MADE_OF_BOTH = new Set(["sum-of-deltas", "set-union", "text-merge"]);

/**
 * What the hub has taken over from a system, somebody there has put in: a person, or the system
 * itself into a row that we made. What it made of a value of ours is nobody's edit.
 * @returns a sentence for each value that nobody put in
 */
export function checkPhantoms({ truth, view, lines, forgetful }: Takings): string[] {
  return lines.flatMap((line) => {
    const { kind, system, field, after, rule } = line;
    if (kind !== "accepted" || system === null || field === null || isBlank(after)) return [];
    if (MADE_OF_BOTH.has(rule) || forgetful.includes(system)) return [];
    const id = view.links.find((link) => link.id === line.link)?.external_id;
    const rows = rowsAt(truth, system, id ?? null);
    const place = line.cause["position"] ?? "";
    // A row that waited as a whole has no place of its own: it is what somebody had left there.
    const isOf = (touch: Touch) =>
      rows.has(touch.row) && (place === "" || positionOf(touch) <= place);
    const isPutIn = truth.touches.some(
      (touch) =>
        isOf(touch) && !(touch.isOurs && touch.before !== null) && puts(truth, touch, line),
    );
    if (isPutIn) return [];
    return [`nobody at ${system} put in ${field} = ${show(after)}, which the hub took (${place})`];
  });
}

/**
 * The rows that had this id, and those that had an id of theirs: where two rows change places
 * between two whole reads, nobody can tell that, and each link goes on with its id.
 */
function rowsAt(truth: Truth, system: string, id: string | null): ReadonlySet<string> {
  const touches = truth.touches.filter((touch) => touch.system === system);
  const having = (ids: ReadonlySet<string | null>) =>
    touches.filter((touch) => ids.has(touch.id) || ids.has(touch.from));
  const rows = new Set(having(new Set([id])).map(({ row }) => row));
  const theirs = touches.filter(({ row }) => rows.has(row));
  const ids = new Set(theirs.flatMap((touch) => [touch.id, touch.from]));
  return new Set(having(ids).map(({ row }) => row));
}

/** Did the row come to have the line's value by this change? */
function puts(truth: Truth, touch: Touch, { field, after }: AuditRow): boolean {
  if (touch.after === null || field === null) return false;
  const shape = truth.shapeOf(touch.system);
  const read = (columns: Touch["after"]) =>
    columns === null
      ? undefined
      : (shape.read(columns) as Readonly<Record<string, unknown>>)[field];
  return isSame(read(touch.after), after) && !isSame(read(touch.before), after);
}
