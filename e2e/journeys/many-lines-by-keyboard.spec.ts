import { expect } from "@playwright/test";
import { test } from "../keyboard-only.ts";
import { CanvasPage } from "../pages/canvas-page.ts";

test("lines are chosen, taken away and pasted on the canvas without a pointer", async ({
  page,
  keyboard,
}) => {
  const canvas = new CanvasPage(page);
  await canvas.open("customer");
  await keyboard.tabTo(canvas.fields("Customer"));
  await keyboard.walkTo("PageDown", /^Shop/);
  await keyboard.walkTo("ArrowDown", /^email,/);
  await keyboard.press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown");
  await canvas.expectChosen("4 rows chosen");
  await keyboard.press("Delete");
  await expect(canvas.undoOf("Unmap 4 lines")).toBeVisible();
  await keyboard.press("Escape");
  await expect(canvas.chosen).toBeHidden();

  await keyboard.walkTo("PageUp", /^ERP/);
  await keyboard.walkTo("ArrowDown", /^email,/);
  await keyboard.press("x");
  await keyboard.walkTo("ArrowDown", /^phone,/);
  await keyboard.press("x");
  await canvas.expectChosen("2 rows chosen");
  await keyboard.press("Control+c");
  await keyboard.walkTo("PageDown", /^Shop/);
  await keyboard.press("Control+v");
  await expect(canvas.chosen).toContainText("2 mappings are pasted onto");
  await keyboard.press("Control+z", "Control+z");
  await expect(canvas.status).toContainText("nothing drafted");
});

test("in the grid a rectangle of cells is chosen, and a line copied and pasted", async ({
  page,
  keyboard,
}) => {
  const canvas = new CanvasPage(page);
  await page.goto("/entities/customer?view=grid");
  const cell = (row: number, column: number) => page.locator(`[data-at="${row} ${column}"]`);
  await keyboard.tabTo(cell(1, 0));
  await keyboard.press("ArrowRight", "ArrowRight", "Shift+ArrowDown");
  await canvas.expectChosen("2 rows chosen");
  await keyboard.press("Delete", "Escape");
  await expect(cell(1, 2)).toContainText("Join a column");
  await keyboard.press("ArrowUp", "ArrowLeft", "x");
  await canvas.expectChosen("1 row chosen");
  await keyboard.press("Control+c", "ArrowRight", "Control+v");
  await expect(canvas.chosen).toContainText("1 mapping is pasted onto");
  await expect(cell(1, 2)).toContainText("email");
  await keyboard.press("Control+z", "Control+z");
  await expect(canvas.status).toContainText("nothing drafted");
});
