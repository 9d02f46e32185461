import { expect, type Route } from "@playwright/test";
import { AuditPage } from "../pages/audit-page.ts";
import { RecordPage } from "../pages/record-page.ts";
import { test } from "../test.ts";
import { STREAM, Traffic } from "../traffic.ts";

const SKU = "P-00505";

test("open pages follow the database when it speaks, and ask for nothing while it is silent", async ({
  page,
  context,
  systems: { erp },
}) => {
  const second = await context.newPage();
  const pages = [page, second];
  for (const one of pages) await one.clock.install();
  const traffic = pages.map((one) => new Traffic(one));
  const record = new RecordPage(page);
  await record.find(SKU);
  const audit = new AuditPage(second);
  await audit.openRecord(SKU);
  for (const one of pages) await expect(one.getByText("Live", { exact: true })).toBeVisible();

  // The pages' own timers run for ten minutes at once: whatever asks now and then asks in them.
  // The stream seems dead to them meanwhile, so its new beginnings are kept waiting.
  const streams: Route[] = [];
  await context.route(STREAM, (route) => void streams.push(route));
  for (const one of pages) await one.clock.runFor("01:00");
  for (const one of traffic) await one.take();
  for (const one of pages) await one.clock.runFor("10:00");
  for (const one of traffic) expect(await one.take()).toEqual([]);
  await streams.at(-1)?.continue();
  await context.unroute(STREAM);
  for (const one of pages) await expect(one.getByText("Live", { exact: true })).toBeVisible();
  for (const one of traffic) await one.take();

  const [row] = await erp<{ price: string }[]>`
    update products set net_price = net_price + 3.5 where product_no = ${SKU}
    returning net_price::float8::text as price`;
  for (const column of ["The hub has", "ERP", "Shop", "CRM"]) {
    await expect(await record.cell("Price", column)).toContainText(row?.price ?? "");
  }
  await expect(audit.line("ERP", "Price", "this system owns the field").first()).toBeVisible();
  // The news was asked for by calls; neither page was loaded anew.
  for (const one of traffic) {
    const asked = await one.take();
    expect(asked.filter((path) => !path.startsWith("/api/trpc/"))).toEqual([]);
    expect(asked).not.toEqual([]);
  }
});
