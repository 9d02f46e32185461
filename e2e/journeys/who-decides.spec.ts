import { expect } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { test } from "../test.ts";

test("who decides is set for a case, with what they may do, and read in one sentence", async ({
  page,
}) => {
  const canvas = new CanvasPage(page);
  await page.goto("/entities/customer?at=field:phone&tab=ownership");
  const { inspector } = canvas;
  const choose = async (control: string, option: string) => {
    await inspector.getByRole("combobox", { name: control }).click();
    await page.getByRole("option", { name: new RegExp(`^${option}`) }).click();
  };
  await inspector.getByRole("button", { name: "Make CRM the owner" }).click();
  await inspector.getByRole("button", { name: "Add a case" }).click();
  await choose("What the condition looks at", "Country");
  await choose("How Country is compared", "is$");
  await inspector.getByLabel("What Country is compared with").fill("DE\nAT");
  await inspector.getByLabel("What Country is compared with").blur();
  await expect(inspector.getByText("While Country is DE or AT", { exact: true })).toBeVisible();
  await inspector.getByRole("button", { name: "Make ERP the owner" }).click();
  await inspector.getByRole("checkbox", { name: "Set once, then changed by no system" }).click();
  await inspector.getByRole("checkbox", { name: "ERP", exact: true }).click();
  await expect(inspector).toContainText(
    "Phone: while Country is DE or AT: ERP owns it; CRM may change it and yields to ERP; " +
      "set once, then changed by no system; only CRM may clear it; other edits are set back. " +
      "Otherwise: CRM owns it; other edits are set back.",
  );
  expect(await findBarriers(page)).toEqual([]);

  await choose("When two edits of equal rank meet", "Merge both texts");
  await expect(inspector).toContainText("sentences that either side has changed are changed");

  await choose("When two edits of equal rank meet", "By an expression");
  const expression = inspector.getByLabel("The expression");
  await expression.fill("edits[0].valu");
  await expect(inspector).toContainText('Line 1, column 1: An edit has no "valu".');
  await expression.fill('edits.exists(e, e.system == "erp") ? ask() : edits[0]');
  await expression.blur();
  await expect(inspector).toContainText(
    "a person decides where this gives no answer: edits.exists",
  );
  expect(await findBarriers(page)).toEqual([]);
  await canvas.discard();
});
