import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { lookedAtImpact } from "../pages/impact-part.ts";
import { VersionsPage } from "../pages/versions-page.ts";
import { test } from "../test.ts";

/** What an edit of a draft is sent to. */
const EDITS = /\/maps\.edit/;

test("what was drawn while the server was away is there after loading again, with its undo", async ({
  page,
}) => {
  const canvas = new CanvasPage(page);
  await canvas.open("customer");
  const field = canvas.row("Customer", "Newsletter");
  await page.route(EDITS, (route) => route.abort());
  await canvas.addField("Newsletter");
  await expect(field).toBeVisible();
  await expect(canvas.status).toContainText("Offline: 1 change waits in this window");
  await page.unroute(EDITS);

  await page.reload();
  await expect(canvas.status).toContainText("Saved to draft, not live");
  await expect(field).toBeVisible();
  await page.reload();
  await expect(field).toBeVisible();

  await page.keyboard.press("Control+z");
  await expect(field).toHaveCount(0);
  await page.keyboard.press("Control+Shift+Z");
  await expect(field).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(field).toHaveCount(0);
  await expect(canvas.status).toContainText("nothing drafted");
});

test("what was typed last is not lost when the page is loaded again at once", async ({ page }) => {
  const canvas = new CanvasPage(page);
  await canvas.openField("customer", "phone");
  await canvas.nameInput.fill("Telephone");
  await page.reload();
  await expect(canvas.row("Customer", "Telephone")).toBeVisible();
  await expect(canvas.status).toContainText("Saved to draft, not live");
  await canvas.discard();
});

test("two windows never write over each other: the later one is told, and shows what stands", async ({
  page,
  context,
}) => {
  const first = new CanvasPage(page);
  await first.openField("customer", "phone");
  const other = await context.newPage();
  const second = new CanvasPage(other);
  await second.openField("customer", "phone");

  // The second window is cut off while it renames; the first renames meanwhile.
  await other.route(EDITS, (route) => route.abort());
  await second.rename("Phone, second");
  await expect(second.status).toContainText("Offline");
  await first.rename("Phone, first");
  await expect(first.status).toContainText("Saved to draft, not live");
  await other.unroute(EDITS);
  await other.evaluate(() => window.dispatchEvent(new Event("online")));

  await expect(other.getByText("Somebody else was here")).toBeVisible();
  await expect(second.row("Customer", "Phone, first")).toBeVisible();
  await expect(first.row("Customer", "Phone, first")).toBeVisible();
  await first.discard();
  await expect(second.row("Customer", "Phone")).toBeVisible();
});

test("a version is published, read in sentences, and rolled back", async ({ page }) => {
  test.slow();
  const canvas = new CanvasPage(page);
  const versions = new VersionsPage(page);
  await canvas.openField("customer", "phone");
  const before = await canvas.liveVersion();
  await canvas.rename("Telephone");
  await expect(canvas.status).toContainText("Saved to draft, not live");
  await canvas.publish("People say telephone");
  await versions.expectCompared(before, before + 1);
  await expect(page.getByText(/Telephone/).first()).toBeVisible();

  await versions.open(before);
  await versions.rollBackButton(before).click();
  const dialog = page.getByRole("dialog", { name: `Roll back to version ${before}` });
  await expect(dialog.getByText(/Telephone/).first()).toBeVisible();
  await lookedAtImpact(dialog);
  await expect(dialog).toContainText("No record changes, in no system.");
  expect(await findBarriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: `Roll back to version ${before}` }).click();
  await versions.expectCompared(before + 1, before + 2);
  await expect(versions.line(before + 2)).toContainText(`Back to ${before}`);
  await expect(versions.line(before + 2)).toContainText("Live");

  await page.goto(`/versions?from=${before}&to=${before + 2}`);
  await expect(page.getByText("The two say the same.")).toBeVisible();
  await canvas.open("customer");
  await expect(canvas.row("Customer", "Phone")).toBeVisible();
  await expect(canvas.status).toContainText("nothing drafted");
});

test("one rule of an earlier version is brought back into the draft, and goes live with it", async ({
  page,
}) => {
  test.slow();
  const canvas = new CanvasPage(page);
  const versions = new VersionsPage(page);
  await canvas.openField("customer", "phone");
  const before = await canvas.liveVersion();
  await canvas.rename("Telephone");
  await expect(canvas.status).toContainText("Saved to draft, not live");
  await canvas.publish("People say telephone");
  await versions.expectCompared(before, before + 1);

  const bringBack = page.getByRole("button", { name: /^Bring back: .*Telephone/ });
  await bringBack.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("It is in the draft, not live").first()).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  // What it says already is not brought back once more.
  await bringBack.click();
  await expect(page.getByText("The draft says so already.").first()).toBeVisible();

  await canvas.openField("customer", "phone");
  await expect(canvas.nameInput).toHaveValue("Phone");
  await canvas.publish("Phone, as it was");
  await versions.expectCompared(before + 1, before + 2);
  await page.goto(`/versions?from=${before}&to=${before + 2}`);
  await expect(page.getByText("The two say the same.")).toBeVisible();
});

test("a map file is brought into the draft; what is wrong with it is told by line", async ({
  page,
}) => {
  const canvas = new CanvasPage(page);
  await page.goto("/versions");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const text = await readFile(await (await saved).path(), "utf8");

  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Bring in a map file" });
  const bringIn = dialog.getByRole("button", { name: "Bring it into the draft" });
  const choose = (content: string) =>
    dialog.getByLabel("The file", { exact: true }).setInputFiles({
      ...{ name: "our-map.yaml", mimeType: "application/yaml" },
      buffer: Buffer.from(content),
    });
  await choose(text.replace("name: Phone", "nam: Phone"));
  await bringIn.click();
  const wrong = dialog.getByRole("list", { name: "What is wrong with the file" });
  await expect(wrong).toContainText(/Line \d+, column \d+/);
  expect(await findBarriers(page)).toEqual([]);

  await choose(text.replace("name: Phone", "name: Telephone"));
  await expect(wrong).toBeHidden();
  await bringIn.click();
  await expect(page).toHaveURL(/from=live&to=draft/);
  await expect(page.getByText(/Phone is now called Telephone/)).toBeVisible();
  await canvas.open("customer");
  await expect(canvas.row("Customer", "Telephone")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(canvas.row("Customer", "Phone")).toBeVisible();
  await expect(canvas.status).toContainText("nothing drafted");
});
