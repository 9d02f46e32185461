import { afterAll, beforeAll, expect, test } from "vitest";
import type { Hub } from "../../../db/client.ts";
import { MapDocument } from "../../core/map/document.ts";
import { openSmallHub } from "../testing/open-small-hub.ts";
import type { SmallHub } from "../testing/small-hub.ts";
import { TRIO_MAP } from "../testing/trio-map.ts";
import { setValue } from "./set-value.ts";

let hub: Hub;
let small: SmallHub;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ hub, small, close } = await openSmallHub());
});

afterAll(() => close());

const crmLinks = () =>
  hub.sql<{ record: string; id: string }[]>`
    select record, external_id as id from links where system = 'crm' and state = 'live'`;

test("a row that matched nobody is the record's that a person gives its key", async () => {
  const waiting = { createsRecords: false, createsRows: false };
  const bindings = TRIO_MAP.bindings.map((binding) =>
    binding.system === "crm" ? { ...binding, ...waiting } : binding,
  );
  await small.publish(MapDocument.parse({ ...TRIO_MAP, bindings }));
  await small.edit("crm", "c9", { sku: "P-9", label: "Rope" });
  await small.edit("erp", "e1", { sku: "S-1", title: "Rope" });
  await small.settle();
  expect(await crmLinks()).toEqual([]);
  const [product] = await hub.sql<{ id: string }[]>`select id from records`;
  const record = product?.id ?? "";
  await setValue(small.acts, { record, field: "sku", value: "P-9" });
  expect(await crmLinks()).toEqual([{ record, id: "c9" }]);
  expect(await hub.sql`select 1 from unmatched_rows`).toHaveLength(0);
  await small.edit("erp", "e1", { title: "Strong rope" });
  await small.settle();
  expect(small.rows("crm").get("c9")).toMatchObject({ label: "Strong rope" });
});
