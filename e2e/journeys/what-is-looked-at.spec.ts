import { expect } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { test } from "../test.ts";

test("only what is not mapped is shown, on canvas and grid, and the address keeps it", async ({
  page,
}) => {
  const canvas = new CanvasPage(page);
  await canvas.open("product");
  const show = await canvas.openShow();
  await show.getByRole("checkbox", { name: "Unmapped only" }).click();
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/show=unmapped/);
  await expect(page.getByText("Hidden: 4 fields that every system has")).toBeVisible();
  await expect(canvas.row("Product", "Stock")).toBeVisible();
  await expect(canvas.row("Product", "Price")).toHaveCount(0);
  await expect(canvas.row("ERP", "changed_on")).toBeVisible();
  await expect(canvas.row("ERP", "net_price")).toHaveCount(0);

  await page.keyboard.press("v");
  const grid = page.getByRole("grid", { name: "Map of Product" });
  await expect(grid.locator("[data-field=stock]")).toBeVisible();
  await expect(grid.locator("[data-field=price]")).toHaveCount(0);
  await grid.getByRole("gridcell", { name: "changed_on" }).click();
  await expect(canvas.inspector.getByRole("combobox", { name: "Field" })).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);

  await page.reload();
  await expect(grid.locator("[data-field=stock]")).toBeVisible();
  await expect(grid.locator("[data-field=price]")).toHaveCount(0);
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(grid.locator("[data-field=price]")).toBeVisible();
});

test("fields that are decided together fold to one row, and no line is lost", async ({ page }) => {
  const canvas = new CanvasPage(page);
  await canvas.open("customer");
  await canvas.choose(canvas.row("Customer", "Given name"), canvas.row("Customer", "Family name"));
  await canvas.chosen.getByRole("button", { name: "2 fields" }).click();
  await page.getByRole("menuitem", { name: "Decide together" }).click();
  await canvas.chosen.getByRole("button", { name: "Choose none" }).click();
  const fold = canvas.fields("Customer").getByRole("treeitem", { name: /· 2 fields$/ });
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  const lines = page.locator(".react-flow__edge");
  const before = await lines.count();
  await fold.click();
  await expect(canvas.row("Customer", "Family name")).toHaveCount(0);
  await expect(lines).toHaveCount(before);
  await page.keyboard.press("v");
  const grid = page.getByRole("grid", { name: "Map of Customer" });
  await expect(grid.getByRole("rowheader", { name: /2 fields/ })).toBeVisible();
  await expect(grid.locator("[data-field=family]")).toHaveCount(0);
  await page.keyboard.press("Shift+F");
  await expect(grid.locator("[data-field=family]")).toBeVisible();
  await page.keyboard.press("v");
  await expect(lines).toHaveCount(before);
  await canvas.discard();
});

test("back and forward lead through the places that were visited", async ({ page }) => {
  const canvas = new CanvasPage(page);
  await canvas.open("customer");
  await canvas.row("Customer", "Phone").click();
  await expect(canvas.nameInput).toHaveValue("Phone");
  await canvas.row("Customer", "Country").click();
  await expect(canvas.nameInput).toHaveValue("Country");
  await canvas.row("Customer", "Email").click();
  await expect(canvas.nameInput).toHaveValue("Email");
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(canvas.nameInput).toHaveValue("Country");
  await page.getByRole("button", { name: "Back to the place before" }).click();
  await expect(canvas.nameInput).toHaveValue("Phone");
  await page.getByRole("button", { name: "Forward again" }).click();
  await expect(canvas.nameInput).toHaveValue("Country");
  await page.goBack();
  await expect(canvas.nameInput).toHaveValue("Phone");
});

test("a view is saved under a name, gone to again, and forgotten", async ({ page }) => {
  const canvas = new CanvasPage(page);
  await page.goto("/entities/product?view=grid&show=unmapped");
  const grid = page.getByRole("grid", { name: "Map of Product" });
  await expect(grid.locator("[data-field=stock]")).toBeVisible();
  const show = await canvas.openShow();
  await show.getByLabel("Name of this view").fill("What is left");
  await show.getByRole("button", { name: "Save" }).click();
  await expect(show.getByRole("button", { name: "What is left", exact: true })).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);

  await canvas.open("product");
  await expect(canvas.row("Product", "Price")).toBeVisible();
  await canvas.openShow();
  await show.getByRole("button", { name: "What is left", exact: true }).click();
  await expect(grid.locator("[data-field=stock]")).toBeVisible();
  await expect(grid.locator("[data-field=price]")).toHaveCount(0);
  await canvas.openShow();
  await show.getByRole("button", { name: "Forget What is left" }).click();
  await expect(show.getByRole("button", { name: "What is left", exact: true })).toHaveCount(0);
});
