import type { LinkId } from "../ids.ts";
import type { Working } from "./world.ts";

/** Why what a target did not take waits no more, and who wanted it so. */
export type LetGo = {
  /** A person's name, or "engine". */
  readonly by: string;
  /** A sentence. */
  readonly note: string;
};

/** Nothing will be delivered to this place again: what was refused there waits for nobody. */
export function letDeliveriesGo(
  work: Working,
  link: LinkId,
  { actor, note }: { readonly actor: string; readonly note: string },
): void {
  const by = actor.startsWith("person:") ? actor.slice("person:".length) : "engine";
  work.changes.letGo.set(link, { by, note });
}
