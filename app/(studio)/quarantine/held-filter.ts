import { createLoader, parseAsString } from "nuqs/server";
import type { Inputs, Outputs } from "../../../server/api/root.ts";

/** The quarantine as it stands in the address. */
export const HELD_FILTER = {
  entity: parseAsString,
  system: parseAsString,
  /** The cause that is open: `groupKey`. */
  cause: parseAsString,
  /** The item that is open. */
  item: parseAsString,
};

export const loadHeldFilter = createLoader(HELD_FILTER);

export type HeldFilter = Awaited<ReturnType<typeof loadHeldFilter>>;
export type GroupPage = Outputs["quarantine"]["groups"];
export type HeldGroup = GroupPage["groups"][number];
export type HeldPage = Outputs["quarantine"]["items"];
export type HeldItem = HeldPage["items"][number];
export type HeldDetail = Outputs["quarantine"]["find"];
export type Replay = Outputs["quarantine"]["replays"][number];
type Asked = NonNullable<Inputs["quarantine"]["groups"]>;

/** The question for the server: what is not filtered by is left out. */
export function askedOf({ entity, system }: Pick<HeldFilter, "entity" | "system">): Asked {
  return {
    ...(entity === null ? {} : { entity }),
    ...(system === null ? {} : { system }),
  };
}

type Cause = Pick<HeldGroup, "kind" | "binding" | "field" | "code">;

/** A cause as text for the address: "value.erp-product.price.range". */
export function groupKey({ kind, binding, field, code }: Cause): string {
  return [kind, binding, field ?? "", code].join(".");
}

/** Exactly the items of one cause. */
export function filterOf({ kind, entity, system, binding, field, code }: HeldGroup): Asked {
  return { kind, entity, system, binding, field, code };
}

/** Do both mean the same items? */
export function isSameFilter(a: Asked, b: Asked): boolean {
  const parts = ["kind", "entity", "system", "binding", "field", "code"] as const;
  return parts.every((part) => a[part] === b[part]);
}

/** Pages go on behind the last item of the one before. */
export const HELD_PAGES = { getNextPageParam: (page: HeldPage) => page.nextCursor };
