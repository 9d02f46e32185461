import { setTimeout as pause } from "node:timers/promises";
import type { JournalEntry } from "../checker/journal.ts";
import type { Systems } from "../stage/sandbox-stage.ts";
import { type Commit, makeCommit, ORIGINS } from "./commits.ts";

/** Two edits of one product, made on two sides while nobody carries news between them. */
export type Collision = {
  readonly key: string;
  /** The field that both edit; null when each edits another one. */
  readonly same: string | null;
  readonly commits: readonly [Commit, Commit];
};

/** The fields whose policies differ: asked, newest, owner, both counted, rank. */
const SAME_FIELDS = ["name", "origin", "price", "stock", "status"] as const;

/** @param sames how many collisions are about one and the same field, spread over the policies */
export function planCollisions(skus: readonly string[], sames: number): Collision[] {
  return skus.map((key, index) => {
    const [same, first, second] = index < sames ? sameField(index) : twoFields(index);
    const commit = ([system, field, value]: Side): Commit => ({
      ...{ system, entity: "product", key, field, value },
      kind: field === "stock" ? "delta" : "set",
    });
    return { key, same, commits: [commit(first), commit(second)] };
  });
}

type Side = readonly [Commit["system"], string, string];
type Planned = readonly [same: string | null, first: Side, second: Side];

function sameField(index: number): Planned {
  const field = SAME_FIELDS[index % SAME_FIELDS.length] ?? "name";
  switch (field) {
    case "name": {
      const other = index % 2 === 0 ? "shop" : "crm";
      return [field, ["erp", field, `Here ${index}`], [other, field, `There ${index}`]];
    }
    case "origin":
      return [field, ["erp", field, originOf(index)], ["shop", field, originOf(index + 1)]];
    case "price": {
      const other = index % 2 === 0 ? "shop" : "crm";
      return [field, ["erp", field, `${5_000 + index}.25`], [other, field, `${8_000 + index}.5`]];
    }
    case "stock":
      return [field, ["erp", field, "11"], ["shop", field, "-3"]];
    case "status":
      return [field, ["erp", field, "on-hold"], ["shop", field, "discontinued"]];
  }
}

function twoFields(index: number): Planned {
  const [price, name] = [`${6_000 + index}.75`, `Apart ${index}`];
  const plans: readonly Planned[] = [
    [null, ["erp", "price", price], ["shop", "name", name]],
    [null, ["erp", "name", name], ["shop", "stock", "5"]],
    [null, ["shop", "stock", "-2"], ["crm", "name", name]],
    [null, ["erp", "stock", "8"], ["crm", "name", name]],
    [null, ["erp", "price", price], ["shop", "stock", "4"]],
  ];
  return plans[index % plans.length] ?? sameField(index);
}

const originOf = (index: number) => ORIGINS[index % ORIGINS.length] ?? "DE";

/** So long after the first edit the second one is surely the newer, for half of the collisions. */
const APART_MS = 40;
const CLIENTS = 5;

/** Makes both edits of every collision. @returns what each editor wrote down */
export async function collide(
  systems: Systems,
  collisions: readonly Collision[],
): Promise<JournalEntry[]> {
  const journal: JournalEntry[] = [];
  const queue = [...collisions.entries()];
  const client = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, { commits }] = next;
      const [first, second] = commits;
      const isApart = index % 4 < 2;
      const entries = await Promise.all([
        makeCommit(systems, first),
        pause(isApart ? APART_MS : 0).then(() => makeCommit(systems, second)),
      ]);
      journal.push(...entries.filter((entry) => entry !== null));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return journal;
}
