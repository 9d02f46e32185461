import { expect, type Page } from "@playwright/test";
import { CanvasPage } from "../pages/canvas-page.ts";
import { ConflictsPage } from "../pages/conflicts-page.ts";
import { QuarantinePage } from "../pages/quarantine-page.ts";
import { erpName, renameOnBothSides } from "../sandbox-edits.ts";
import { PERSON } from "../signed-in.ts";
import { test } from "../test.ts";

/** The first product of the sandbox: it is the sample on the canvas, too. */
const SKU = "P-00001";

test.use({ storageState: PERSON.file });

test("the pictures of the README", async ({ page, systems }) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const name = await erpName(systems, SKU);
  await renameOnBothSides(systems, SKU, { erp: `${name}, organic`, shop: `${name}, recycled` });
  await systems.shop`
    update accounts set email = 'nobody'
    where id = (select id from accounts order by email limit 1)`;
  await page.goto("/quarantine");
  await new QuarantinePage(page).openCause("Email from Shop does not have the right form");

  const canvas = new CanvasPage(page);
  await canvas.open("product");
  await expect(canvas.row("Product", "Price")).toHaveAccessibleName(/\d/);
  await canvas.row("Product", "Status").hover();
  await take(page, "fieldline");

  const conflicts = new ConflictsPage(page);
  await page.goto("/conflicts?order=age");
  await conflicts.waitUntilLive();
  await conflicts.moveTo(`${name}, organic`);
  await conflicts.press("Space");
  await expect(page.getByRole("table", { name: "What happened before" })).toBeVisible();
  await take(page, "conflict");
});

async function take(page: Page, picture: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `docs/${picture}.png`, animations: "disabled" });
}
