import { show } from "../oracle/audit-replay.ts";
import type { AuditRow } from "../oracle/hub-view.ts";
import { goesByTime, KEEPS } from "../oracle/newest.ts";
import type { Case } from "./judge.ts";

/**
 * Edits that went over one that was made later in another system, in fields where the newest
 * stands and nobody decides before others. Only systems that stamp their edits with the true time
 * are looked at.
 */
export function findOlder({ map, world, lines }: Case): string[] {
  const sources = new Map<string, AuditRow>();
  const isExact = (system: string | null) =>
    system !== null && world.systems[system]?.traits?.reads === undefined;
  const isNewest = (field: string) => {
    const [rules] = [...map.bindings.values()].flatMap(({ fields }) => fields.get(field) ?? []);
    return rules?.policy === "newest" && rules.open && rules.group === null;
  };
  return lines.flatMap((line) => {
    const { kind, record, field, system } = line;
    if (field === null || KEEPS.has(kind)) return [];
    const before = sources.get(`${record} ${field}`);
    sources.delete(`${record} ${field}`);
    // Of what a whole read told nobody knows when it was made.
    const isEdit = line.cause["position"]?.endsWith(":0000000000") === false;
    if (kind !== "accepted" || !isEdit || !isExact(system)) return [];
    sources.set(`${record} ${field}`, line);
    if (before === undefined || before.system === system || !isNewest(field)) return [];
    if (!goesByTime(line)) return [];
    if ((line.cause["at"] ?? "") >= (before.cause["at"] ?? "")) return [];
    return [
      `${field} = ${show(line.after)} of ${system} went over the newer ${show(line.before)} of ` +
        `${before.system}`,
    ];
  });
}
