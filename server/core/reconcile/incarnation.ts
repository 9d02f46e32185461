import { rowKey, type Working } from "./world.ts";

/** The incarnation of a row that gets a link now: a row made again under an id is another one. */
export function nextIncarnation(work: Working, binding: string, externalId: string): number {
  const key = rowKey(binding, externalId);
  return Math.max(work.incarnations.get(key) ?? 0, work.world.incarnations.get(key) ?? 0) + 1;
}
