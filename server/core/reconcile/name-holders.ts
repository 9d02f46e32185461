import type { RecordId } from "../ids.ts";
import { SHARED } from "../mapping/refer.ts";
import { heirOf } from "./keys.ts";
import type { NameHolder } from "./row-names.ts";
import { linkOf, rowKey, type Working } from "./world.ts";

/** Who has a name by now: as it was loaded, and as the batch has moved it since. */
export function holdersOfName(work: Working, space: string, name: string): NameHolder[] {
  const key = rowKey(space, name);
  const moved = work.named.get(key);
  const loaded = work.world.named?.get(key) ?? [];
  if (moved === undefined) return [...loaded];
  const got = [...moved].flatMap(([id, has]) => {
    const link = has ? linkOf(work, id) : undefined;
    return link === undefined ? [] : [{ link: id, record: link.record }];
  });
  const rest = loaded.filter(({ link }) => link === null || !moved.has(link));
  return [...rest, ...got];
}

/** The one record that has a name; undefined where none has it. */
export function soleOf(
  work: Working,
  holders: readonly NameHolder[],
): RecordId | typeof SHARED | undefined {
  const records = new Set(holders.map(({ record }) => heirOf(work, record)));
  if (records.size > 1) return SHARED;
  const [only] = records;
  return only;
}
