import { expect, type Page } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { test } from "../test.ts";

/** The line of the ERP's status, which goes through a value table. */
const STATUS = "/entities/product?at=edge:erp-products/status&tab=mapping";

const paletteInput = (page: Page) => page.getByPlaceholder(/^Name, what it does/);

test("a step is found by what it does and by a value, with the keys alone", async ({ page }) => {
  const canvas = new CanvasPage(page);
  const { inspector } = canvas;
  await page.goto(STATUS);
  const add = inspector.getByRole("button", { name: "Add another step" });
  await add.focus();
  await page.keyboard.press("Enter");
  await expect(paletteInput(page)).toBeFocused();
  await expect(page.getByRole("option", { name: /^Trim spaces/ })).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.type("28.02.2026");
  await expect(page.getByRole("option").first()).toContainText("Date format");
  await paletteInput(page).fill("xyzzy");
  await expect(page.getByText("No step is about “xyzzy”.")).toBeVisible();
  await paletteInput(page).fill("words for yes");
  await expect(page.getByRole("option").first()).toContainText("Yes and no");
  await page.keyboard.press("Enter");
  const step = inspector.getByRole("listitem").filter({ hasText: "2. Yes and no" });
  await expect(step).toBeVisible();
  await expect(step).toContainText('Yes and no: "yes" is missing.');
  expect(await findBarriers(page)).toEqual([]);
  await canvas.discard();
});

test("values that rows have and a table lacks are seen, added, and pasted over", async ({
  page,
}) => {
  const canvas = new CanvasPage(page);
  const { inspector } = canvas;
  await page.goto(STATUS);
  const table = inspector.getByRole("table");
  const from = table.getByRole("textbox", { name: /, row 1$/ }).first();
  const code = await from.inputValue();
  await inspector.getByRole("button", { name: "Remove row 1" }).click();
  const seen = inspector.getByRole("region", { name: "Values seen but not mapped" });
  await expect(seen).toContainText(code);
  await expect(seen).toContainText(/\d+ rows?/);
  expect(await findBarriers(page)).toEqual([]);
  await seen.getByRole("button", { name: /^Add it$/ }).click();
  await expect(seen).toBeHidden();
  await expect(inspector).toContainText(/Every value of the [\d\s,.]+ rows looked at/);

  await inspector.getByRole("button", { name: "Paste from a spreadsheet" }).click();
  const paste = inspector.getByRole("region", { name: "Paste from a spreadsheet" });
  await paste
    .getByRole("textbox")
    .fill(`Code\tMeaning\n"Z, 9"\tlast\nZ\tlast\nZ\tother\n${code}\tnew meaning`);
  await expect(paste.getByRole("checkbox", { name: "The first line is a heading" })).toBeChecked();
  const notes = paste.getByRole("list", { name: "Lines that are left out" });
  await expect(notes).toContainText("Line 4: “Z” means “other” here and “last” in line 3.");
  await expect(notes).toContainText(`Line 5: “${code}” means “new meaning” here`);
  expect(await findBarriers(page)).toEqual([]);
  await paste.getByRole("button", { name: "Add 2 rows" }).click();
  await expect(paste).toBeHidden();
  await expect(inspector.getByRole("textbox", { name: /, row \d+$/ }).nth(0)).toBeVisible();
  await canvas.discard();
});

test("undo takes back what was entered just before, not what was done before that", async ({
  page,
}) => {
  const canvas = new CanvasPage(page);
  const { inspector } = canvas;
  await page.clock.install();
  await page.goto(STATUS);
  const from = inspector.getByRole("textbox", { name: /, row 1$/ }).first();
  const code = await from.inputValue();
  await inspector.getByRole("button", { name: "Remove row 1" }).click();
  await expect(canvas.status).toContainText("Saved to draft");
  const seen = inspector.getByRole("region", { name: "Values seen but not mapped" });
  await expect(seen).toContainText(code);
  // The pause after which an entry is saved does not end before the undo.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
  await seen.getByRole("button", { name: /^Add it$/ }).click();
  await page.keyboard.press("Control+z");
  await page.clock.resume();
  await page.clock.fastForward(5_000);
  await expect(seen).toContainText(code);
  await canvas.discard();
  await expect(from).toHaveValue(code);
});

test("a record that breaks a line is found, and flows over the canvas", async ({ page }) => {
  const canvas = new CanvasPage(page);
  const { inspector } = canvas;
  await page.goto(STATUS);
  const find = inspector.getByRole("button", { name: "Find a record that breaks this" });
  await find.click();
  await expect(inspector.getByText(/^None of the [\d,]+ records that the hub has/)).toBeVisible();
  const from = inspector.getByRole("textbox", { name: /, row 2$/ }).first();
  const code = await from.inputValue();
  await inspector.getByRole("button", { name: "Remove row 2" }).click();
  await expect(canvas.status).toContainText("Saved to draft");
  await find.click();
  const found = inspector.getByRole("list", { name: "Records that break it" });
  await expect(found.getByRole("listitem")).toHaveCount(5);
  await expect(found).toContainText(`"${code}"`);
  expect(await findBarriers(page)).toEqual([]);
  const title = await found.getByRole("button").nth(1).innerText();
  await found.getByRole("button").nth(1).click();
  await expect(page.getByRole("group", { name: "Sample record" })).toContainText(title);
  await canvas.discard();
});
