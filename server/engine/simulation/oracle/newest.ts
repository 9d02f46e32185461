import type { MapDocument } from "../../../core/map/document.ts";
import type { Tally } from "../tally.ts";
import { show } from "./audit-replay.ts";
import type { AuditRow } from "./hub-view.ts";
import { positionOf, type Truth } from "./truth.ts";

type Source = { readonly system: string; readonly at: string; readonly place: string };

/**
 * Where the newest edit stands, no edit that was made before the hub's value was goes over it:
 * whoever made it cannot have known that value, for it was put in somewhere else later.
 */
export class Newest {
  readonly #truth: Truth;
  /** By record and field: the edit that the hub's value is of, where one is known. */
  readonly #sources = new Map<string, Source>();

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  check(line: AuditRow, map: MapDocument | undefined, tally: Tally): string[] {
    const { kind, record, field, system } = line;
    if (field === null || KEEPS.has(kind)) return [];
    const of = `${record} ${field}`;
    const before = this.#sources.get(of);
    const edit = kind === "accepted" ? this.#sourceOf(line) : undefined;
    if (edit === undefined) this.#sources.delete(of);
    else this.#sources.set(of, edit);
    if (edit === undefined || before === undefined || !isNewest(map, field)) return [];
    tally.check("newest", 1);
    if (before.system === system || before.at <= edit.at || !goesByTime(line)) return [];
    return [
      `${field} = ${show(line.after)} of ${system} (${edit.place}) went over the newer ` +
        `${show(line.before)} of ${before.system} (${before.place})`,
    ];
  }

  /** The edit that a line is about; of what a whole read told nobody knows when it was made. */
  #sourceOf({ system, cause }: AuditRow): Source | undefined {
    const place = cause["position"] ?? "";
    const touch = this.#truth.touches.find(
      (one) => one.system === system && positionOf(one) === place,
    );
    if (touch === undefined || touch.isOurs) return undefined;
    return { system: touch.system, at: touch.at, place };
  }
}

/** Taken for the only change, or for the newest: a blank yields whenever it was put in. */
export const goesByTime = ({ rule }: AuditRow): boolean =>
  rule === "only-change" || rule === "newest";

/** Lines that leave the hub's value as it is. */
export const KEEPS: ReadonlySet<string> = new Set(["rejected", "held", "stored", "converged"]);

/** Nobody decides it before others, and it is decided alone. */
function isNewest(map: MapDocument | undefined, name: string): boolean {
  const entity = map?.entities[0];
  const field = entity?.fields.find(({ id }) => id === name);
  const isTogether = entity?.groups?.some(({ fields }) => fields.includes(name)) ?? false;
  return field?.policy?.kind === "newest" && field.ownership === undefined && !isTogether;
}
