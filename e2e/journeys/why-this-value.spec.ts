import { expect } from "@playwright/test";
import { RecordPage } from "../pages/record-page.ts";
import { test } from "../test.ts";

const SKU = "P-00202";

test("a record says what each system holds and why, now and before", async ({ page, systems }) => {
  const { erp, shop } = systems;
  const [row] = await erp<{ before: string; after: string }[]>`
    update products set net_price = net_price + 7.25 where product_no = ${SKU}
    returning (net_price - 7.25)::text as before, net_price::text as after`;
  const { before, after } = { before: Number(row?.before), after: Number(row?.after) };
  await expect
    .poll(async () => await shop`select price_cents from items where sku = ${SKU}`)
    .toEqual([{ price_cents: Math.round(after * 100) }]);

  const record = new RecordPage(page);
  await record.find(SKU);
  for (const column of ["The hub has", "ERP", "Shop", "CRM"]) {
    await expect(await record.cell("Price", column)).toContainText(String(after));
  }

  const answer = await record.why("Price");
  await expect(answer).toContainText("Taken over: this system owns the field");
  await expect(answer).toContainText("Written: brought to the hub's value");
  await expect(answer).toContainText("ERP owns it; Shop fills when blank");

  // Back over what the log told of the two deliveries, to before the ERP's edit.
  const hub = await record.cell("Price", "The hub has");
  for (let steps = 0; steps < 9 && !(await hub.innerText()).includes(String(before)); steps += 1) {
    await record.goBack();
  }
  await expect(hub).toContainText(String(before));
  await expect(record.moment).toBeVisible();
  await expect(await record.cell("Price", "Shop")).toContainText(String(before));
});
