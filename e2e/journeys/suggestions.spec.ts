import { expect } from "@playwright/test";
import { findBarriers, findColourBarriers } from "../accessibility.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { SuggestionsPage } from "../pages/suggestions-page.ts";
import { test } from "../test.ts";

test("a suggestion is read, taken, marked, and confirmed, by single clicks", async ({ page }) => {
  test.setTimeout(120_000);
  const canvas = new CanvasPage(page);
  const suggestions = new SuggestionsPage(page);
  const price = canvas.row("ERP", "net_price");
  await page.goto("/entities/product?view=canvas&at=edge:erp-products/price&tab=mapping");
  await canvas.inspector.getByRole("button", { name: "Take this line away" }).click();
  await expect(price).toHaveAccessibleName(/not mapped/);

  await canvas.inspector.getByRole("button", { name: "Suggestions", exact: true }).click();
  const found = suggestions.for("Price");
  const best = found.getByRole("button", { name: /^net_price, ERP, very likely/ });
  await expect(best).toContainText(/have what their record has/);
  await expect(best).toContainText("meet");
  expect(await findBarriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await findColourBarriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await best.click();
  await expect(found).toBeHidden();

  await expect(price).toHaveAccessibleName(/suggested, not confirmed/);
  await expect.poll(() => suggestions.marks()).toEqual(["erp-products/price"]);
  await page.reload();
  await expect(price).toHaveAccessibleName(/suggested, not confirmed/);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(price).toHaveAccessibleName(/not mapped/);
  await page.getByRole("button", { name: /^Do again/ }).click();
  await expect(price).toHaveAccessibleName(/suggested, not confirmed/);

  await suggestions.toConfirmButton.click();
  expect(await findBarriers(page)).toEqual([]);
  await suggestions.toConfirm.getByRole("button", { name: "Confirm it" }).click();
  await expect(price).not.toHaveAccessibleName(/suggested/);
  await page.getByRole("button", { name: "Undo: Confirm net_price" }).click();
  await expect(price).toHaveAccessibleName(/suggested, not confirmed/);

  // A line that is taken away takes its mark with it.
  await page.getByRole("button", { name: /^Undo: Map/ }).click();
  await expect(price).toHaveAccessibleName(/not mapped/);
  await canvas.discard();
  expect(await suggestions.marks()).toEqual([]);
});

test("all at 0.9 or more are taken from a list, and no line of a person is touched", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const canvas = new CanvasPage(page);
  const suggestions = new SuggestionsPage(page);
  for (const edge of ["price", "stock", "name"]) {
    await page.goto(`/entities/product?view=canvas&at=edge:erp-products/${edge}&tab=mapping`);
    await canvas.inspector.getByRole("button", { name: "Take this line away" }).click();
    await expect(canvas.status).toContainText("Saved to draft, not live");
  }
  // A person joins what nobody would suggest.
  await page.goto("/entities/product?view=canvas&at=column:erp-products/changed_on&tab=mapping");
  await canvas.inspector.getByRole("combobox", { name: "Field" }).click();
  await page.getByRole("option", { name: /^Name/ }).click();
  await expect.poll(() => suggestions.lines("erp-products")).toContain("changed_on – name");

  await suggestions.allButton.click();
  const sure = suggestions.all.getByRole("list", { name: "0.9 or more: very likely" });
  await expect(sure.getByRole("checkbox", { name: /net_price/ })).toBeChecked();
  await expect(suggestions.all.getByRole("checkbox", { name: /Name$/ })).toHaveCount(0);
  expect(await findBarriers(page)).toEqual([]);
  await sure.getByRole("checkbox", { name: /stock_qty/ }).click();
  await suggestions.all.getByRole("button", { name: /^Take \d+ suggestion/ }).click();

  await expect.poll(() => suggestions.lines("erp-products")).toContain("net_price – price");
  const lines = await suggestions.lines("erp-products");
  expect(lines).toContain("changed_on – name");
  expect(lines).not.toContain("stock_qty – stock");
  expect(await suggestions.marks()).toContain("erp-products/price");
  expect(await suggestions.marks()).not.toContain("erp-products/name");

  // The same line is a person's own once a person has drawn it.
  await page.goto("/entities/product?view=canvas&at=edge:erp-products/price&tab=mapping");
  await canvas.inspector.getByRole("button", { name: "Take this line away" }).click();
  await page.goto("/entities/product?view=canvas&at=column:erp-products/net_price&tab=mapping");
  await canvas.inspector.getByRole("combobox", { name: "Field" }).click();
  await page.getByRole("option", { name: /^Price/ }).click();
  await expect.poll(() => suggestions.lines("erp-products")).toContain("net_price – price");
  expect(await suggestions.marks()).not.toContain("erp-products/price");
  await canvas.discard();
});

test("a server that does not answer is said, and asked again", async ({ page }) => {
  const canvas = new CanvasPage(page);
  const suggestions = new SuggestionsPage(page);
  await page.goto("/entities/product?view=canvas&at=edge:erp-products/price&tab=mapping");
  await canvas.inspector.getByRole("button", { name: "Take this line away" }).click();
  await page.route(/maps\.suggestions/, (route) => route.abort());
  await canvas.inspector.getByRole("button", { name: "Suggestions", exact: true }).click();
  const found = suggestions.for("Price");
  await expect(found.getByRole("alert")).toContainText("The suggestions did not load.");
  await page.unroute(/maps\.suggestions/);
  await found.getByRole("button", { name: "Try again" }).click();
  await expect(found.getByRole("button", { name: /^net_price, ERP/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(found).toBeHidden();
  await canvas.discard();
});
