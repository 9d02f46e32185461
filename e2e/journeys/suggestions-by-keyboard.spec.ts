import { expect } from "@playwright/test";
import { test } from "../keyboard-only.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { SuggestionsPage } from "../pages/suggestions-page.ts";

test("on the canvas and in the grid, suggestions are taken and confirmed without a pointer", async ({
  page,
  keyboard,
}) => {
  test.setTimeout(120_000);
  const canvas = new CanvasPage(page);
  const suggestions = new SuggestionsPage(page);
  await page.goto("/entities/product?view=canvas");
  await keyboard.tabTo(canvas.fields("Product"));
  await keyboard.walkTo("PageUp", /^ERP/);
  await keyboard.walkTo("ArrowDown", /^net_price,/);
  await keyboard.press("Delete");
  await expect(canvas.row("ERP", "net_price")).toHaveAccessibleName(/not mapped/);

  // Escape leads back to the row, from which the same key asks again.
  await keyboard.press(".");
  const fields = suggestions.for("net_price");
  await expect(fields.getByRole("button", { name: /^Price, very likely/ })).toBeFocused();
  await keyboard.press("Escape");
  await expect(fields).toBeHidden();
  await keyboard.press(".");
  await expect(fields.getByRole("button", { name: /^Price, very likely/ })).toBeFocused();
  await keyboard.press("Enter");
  await expect(canvas.row("ERP", "net_price")).toHaveAccessibleName(/suggested, not confirmed/);
  await expect.poll(() => suggestions.lines("erp-products")).toContain("net_price – price");

  // The same line in the grid, where the mark stands, too; K confirms what is chosen.
  await keyboard.press("v");
  const cell = page.getByRole("gridcell").filter({ hasText: "net_price" });
  await expect(cell).toContainText("suggested, not confirmed");
  await keyboard.press("k");
  await expect(cell).not.toContainText("suggested");

  // A cell is emptied, and filled by what is suggested for it.
  await keyboard.tabTo(page.getByRole("rowheader", { name: /SKU/ }));
  await keyboard.press("ArrowDown", "ArrowDown", "ArrowRight", "Delete");
  const empty = page.locator('[data-at="3 1"]');
  await expect(empty).toContainText("Join a column");
  await keyboard.press(".");
  const columns = suggestions.for("Price");
  await expect(columns.getByRole("button", { name: /^net_price, ERP/ })).toBeFocused();
  await keyboard.press("Delete");
  await expect(columns).toContainText("1 was dismissed.");
  await keyboard.activate(columns.getByRole("button", { name: "Suggest again" }));
  await keyboard.tabTo(columns.getByRole("button", { name: /^net_price, ERP/ }));
  await keyboard.press("Enter");
  await expect(empty).toContainText("suggested, not confirmed");
  await expect(empty).toBeFocused();
  await expect.poll(() => suggestions.marks()).toEqual(["erp-products/price"]);

  await keyboard.press("Control+z", "Control+z", "Control+z", "Control+z", "Control+z");
  await expect(canvas.status).toContainText("nothing drafted");
});
