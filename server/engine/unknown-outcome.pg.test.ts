import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hub } from "../../db/client.ts";
import { MapDocument } from "../core/map/document.ts";
import { replay } from "./acts/quarantine.ts";
import { openSmallHub } from "./testing/open-small-hub.ts";
import type { SmallHub } from "./testing/small-hub.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

let hub: Hub;
let small: SmallHub;
let close: () => Promise<void>;
let made = 0;

beforeAll(async () => {
  ({ hub, small, close } = await openSmallHub());
});

afterAll(async () => {
  await close();
});

/** The ERP's new name goes to the shop by a call of which nobody can tell what became. */
async function sentInDoubt(): Promise<{ erp: string; shop: string; record: string }> {
  made += 1;
  const [erp, sku] = [`e${made}`, `S-${made}`];
  await small.edit("erp", erp, { sku, title: "Rope", price: "1", stock: "1" });
  await small.settle();
  const shop = [...small.rows("shop")].find(([, row]) => row["code"] === sku)?.[0] ?? "";
  await small.edit("erp", erp, { title: "Cord" });
  await small.send();
  await hub.sql`update attempts set state = 'unknown'`;
  const [link] = await hub.sql<{ record: string }[]>`
    select record from links where external_id = ${shop} and binding = 'shop-product'`;
  return { erp, shop, record: link?.record ?? "" };
}

const nameOf = async (record: string) =>
  (await hub.sql`select values->'name'->>'v' as name from records where id = ${record}`)[0]?.[
    "name"
  ];

const doubtful = async () =>
  await hub.sql`select 1 from attempts where system = 'shop' and state = 'unknown'`;

describe("an update of which nobody knows the outcome", () => {
  test("makes the next edit of its field concurrent, although the hub is back at the base", async () => {
    const { erp, shop, record } = await sentInDoubt();
    await small.edit("erp", erp, { title: "Rope" });
    await small.edit("shop", shop, { name: "Hawser" });
    const questions = await hub.sql`
      select field, state, candidates from conflicts where record = ${record}`;
    expect(questions).toMatchObject([{ field: "name", state: "open" }]);
    expect(await nameOf(record)).toBe("Rope");
    expect(await doubtful()).toEqual([]);
  });

  test("is seen by its value: that is our own write, and the hub's later value is due", async () => {
    const { erp, shop, record } = await sentInDoubt();
    await small.edit("erp", erp, { title: "Hawser" });
    await small.edit("shop", shop, { name: "Cord" });
    expect(await hub.sql`select 1 from conflicts where record = ${record}`).toEqual([]);
    expect(await nameOf(record)).toBe("Hawser");
    expect(await doubtful()).toEqual([]);
    await small.settle();
    expect(small.rows("shop").get(shop)).toMatchObject({ name: "Hawser" });
  });

  test("is seen by a person's act too: what waited in quarantine is no clean edit then", async () => {
    const { erp, shop, record } = await sentInDoubt();
    await small.edit("erp", erp, { title: "Rope" });
    await small.edit("shop", shop, { name: `Hawser ${"x".repeat(60)}` });
    const [held] = await hub.sql<{ id: string }[]>`
      select id from quarantine where record = ${record} and state = 'held'`;
    expect(await doubtful()).toHaveLength(1);
    await small.publish(longNames());
    expect(await replay(small.acts, { item: held?.id ?? "" })).toEqual({ kind: "released" });
    const questions = await hub.sql`
      select field from conflicts where record = ${record} and state = 'open'`;
    expect(questions).toMatchObject([{ field: "name" }]);
    expect(await nameOf(record)).toBe("Rope");
    expect(await doubtful()).toEqual([]);
    await small.publish(TRIO_MAP);
  });

  test("the very value that was sent is our own write when a person lets it go", async () => {
    const { erp, shop, record } = await sentInDoubt();
    await small.edit("erp", erp, { title: "Hawser" });
    await small.publish(shortNames());
    await small.edit("shop", shop, { name: "Cord" });
    const [held] = await hub.sql<{ id: string }[]>`
      select id from quarantine where record = ${record} and state = 'held' and system = 'shop'`;
    await small.publish(TRIO_MAP);
    expect(await replay(small.acts, { item: held?.id ?? "" })).toEqual({ kind: "released" });
    expect(await hub.sql`select 1 from conflicts where record = ${record}`).toEqual([]);
    expect(await nameOf(record)).toBe("Hawser");
    const [line] = await hub.sql`
      select kind, actor, after from audit_entries
      where record = ${record} and system = 'shop' and field = 'name' and after = '"Cord"'`;
    expect(line).toMatchObject({ kind: "stored", actor: "engine" });
  });
});

/** The trio's map with another limit for names. */
function namesUpTo(max: number): MapDocument {
  const entities = TRIO_MAP.entities.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) =>
      field.id === "name" ? { ...field, validation: [{ kind: "length", max }] } : field,
    ),
  }));
  return MapDocument.parse({ ...TRIO_MAP, entities });
}

const longNames = () => namesUpTo(200);
const shortNames = () => namesUpTo(3);
