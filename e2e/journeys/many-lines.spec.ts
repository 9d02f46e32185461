import { expect } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { test } from "../test.ts";

test("lines of one system are pasted onto another with single presses, and undone as one", async ({
  page,
}) => {
  const canvas = new CanvasPage(page);
  const { chosen } = canvas;
  await canvas.open("customer");
  await canvas.choose(canvas.row("Shop", "email"), canvas.row("Shop", "phone"));
  await canvas.expectChosen("4 rows chosen");
  expect(await findBarriers(page)).toEqual([]);
  await chosen.getByRole("button", { name: "Unmap" }).click();
  await expect(canvas.undoOf("Unmap 4 lines")).toBeVisible();
  await chosen.getByRole("button", { name: "Choose none" }).click();
  await expect(chosen).toBeHidden();

  await canvas.choose(canvas.row("ERP", "email"), canvas.row("ERP", "phone"));
  await chosen.getByRole("button", { name: "Copy 3 lines" }).click();
  await chosen.getByRole("button", { name: "Paste onto …" }).click();
  await page.getByRole("menuitem", { name: "Shop public.accounts" }).click();
  await expect(chosen).toContainText("2 mappings are pasted onto");
  await expect(chosen.getByRole("listitem")).toContainText([
    "Shop public.accounts has no column that is called like full_name.",
  ]);
  await canvas.showUnmapped("Shop");
  await expect(canvas.row("Shop", "email")).not.toHaveAccessibleName(/not mapped/);
  await expect(canvas.row("Shop", "first_name")).toHaveAccessibleName(/not mapped/);
  expect(await findBarriers(page)).toEqual([]);

  await canvas.undoOf("Paste 2 mappings").click();
  await expect(canvas.row("Shop", "email")).toHaveAccessibleName(/not mapped/);
  await canvas.undoOf("Unmap 4 lines").click();
  await expect(canvas.status).toContainText("nothing drafted");
});

test("a drag with Shift chooses the rows that it meets, and they get one owner at once", async ({
  page,
}) => {
  const canvas = new CanvasPage(page);
  await canvas.open("customer");
  const first = await canvas.row("Customer", "Given name").boundingBox();
  const last = await canvas.row("Customer", "Family name").boundingBox();
  if (first === null || last === null) throw new Error("The rows are on the page.");
  await page.keyboard.down("Shift");
  await page.mouse.move(first.x - 30, first.y + 4);
  await page.mouse.down();
  await page.mouse.move(last.x + 40, last.y + 4, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await canvas.expectChosen("2 rows chosen");
  await canvas.chosen.getByRole("button", { name: "2 fields" }).click();
  await page.getByRole("menuitem", { name: "Make CRM the owner" }).click();
  await expect(canvas.row("Customer", "Given name")).toHaveAccessibleName(/owned by CRM/);
  await expect(canvas.row("Customer", "Family name")).toHaveAccessibleName(/owned by CRM/);
  await canvas.undoOf("Make CRM the owner of 2 fields").click();
  await expect(canvas.status).toContainText("nothing drafted");
});

test("chosen boxes are put beside each other, and back", async ({ page }) => {
  const canvas = new CanvasPage(page);
  await canvas.open("customer");
  const [erp, crm] = [canvas.head("erp-customers"), canvas.head("crm-contacts")];
  const tops = async () => {
    const boxes = [await erp.boundingBox(), await crm.boundingBox()];
    return boxes.map((box) => Math.round(box?.y ?? 0));
  };
  const before = await tops();
  expect(before[0]).not.toBe(before[1]);
  await canvas.choose(erp, crm);
  await canvas.chosen.getByRole("button", { name: "2 boxes" }).click();
  await page.getByRole("menuitem", { name: "Beside each other" }).click();
  await expect.poll(async () => new Set(await tops()).size).toBe(1);
  await page.getByRole("button", { name: "Put the boxes back" }).click();
  await expect.poll(tops).toEqual(before);
});
