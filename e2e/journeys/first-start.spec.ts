import { expect } from "@playwright/test";
import { CanvasPage } from "../pages/canvas-page.ts";
import { RecordPage } from "../pages/record-page.ts";
import { VersionsPage } from "../pages/versions-page.ts";
import { test } from "../test.ts";

test("an edge is drawn on the canvas, published, and stands in the versions in words", async ({
  page,
  systems: { erp },
}) => {
  test.slow();
  const canvas = new CanvasPage(page);
  await canvas.open("product");
  const before = await canvas.liveVersion();
  await canvas.addField("Category");
  await canvas.showUnmapped("ERP");
  await canvas.draw(canvas.row("ERP", "category"), canvas.row("Product", "Category"));
  await expect(canvas.row("ERP", "category")).not.toHaveAccessibleName(/not mapped/);
  await expect(canvas.status).toContainText("Saved to draft, not live");

  await canvas.publish("The category of the ERP");
  await new VersionsPage(page).expectCompared(before, before + 1);
  await expect(page.getByText("Added: ERP category and Category, both ways")).toBeVisible();
  await expect(page.getByText("The category of the ERP").first()).toBeVisible();

  // Set to work: the ERP is read anew, and its categories are in the hub.
  const record = new RecordPage(page);
  await record.find("P-00003");
  const [row] = await erp`select category from products where product_no = 'P-00003'`;
  const hub = await record.cell("Category", "The hub has");
  await expect(hub).toContainText(String(row?.["category"]), { timeout: 30_000 });
});
