import { expect } from "@playwright/test";
import { test } from "../keyboard-only.ts";
import { AuditPage } from "../pages/audit-page.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { ConflictsPage } from "../pages/conflicts-page.ts";
import { HomePage } from "../pages/home-page.ts";
import { lookedAtImpact } from "../pages/impact-part.ts";
import { productNames, readWithTheNewMap, renameOnBothSides } from "../sandbox-edits.ts";
import { PERSON } from "../signed-in.ts";

const SKU = "P-00303";

test("draw, transform, own, publish, decide and look it up, without a pointer", async ({
  page,
  keyboard,
  systems,
}) => {
  test.setTimeout(180_000);
  const canvas = new CanvasPage(page);
  await page.goto("/");
  await expect(new HomePage(page).board).toBeVisible();
  await keyboard.press("g", "e");
  await keyboard.activate(page.getByRole("link", { name: "Product", exact: true }));
  await expect(canvas.fields("Product")).toBeVisible();

  // A field for what only the ERP knows.
  await keyboard.activate(canvas.addFieldButton);
  await keyboard.type("Currency");
  await keyboard.press("Enter");
  await expect(canvas.row("Product", "Currency")).toBeVisible();

  // From the column, C leads to the field that is called alike.
  await keyboard.tabTo(canvas.fields("Product"));
  await keyboard.walkTo("PageUp", /^ERP/);
  await keyboard.walkTo("ArrowDown", /unmapped/);
  await keyboard.press("Enter");
  await keyboard.walkTo("ArrowDown", /^currency,/);
  await keyboard.press("c", "Enter");
  await expect(canvas.row("ERP", "currency")).not.toHaveAccessibleName(/not mapped/);

  await keyboard.activate(canvas.inspector.getByRole("button", { name: "Add a step" }));
  await keyboard.type("case");
  await keyboard.press("Enter");
  const step = canvas.inspector.getByRole("listitem").filter({ hasText: "Upper and lower case" });
  await keyboard.activate(step.getByRole("combobox", { name: "Field" }));
  await keyboard.type("lower");
  await keyboard.press("Enter");
  // The sample goes through the step.
  await expect(step).toContainText(/EUR.*eur/s);

  await keyboard.press("Escape", "o");
  await keyboard.activate(canvas.inspector.getByRole("button", { name: "Make ERP the owner" }));
  await expect(canvas.inspector.getByText("Currency: ERP owns it").first()).toBeVisible();
  await expect(canvas.status).toContainText("Saved to draft, not live");

  await keyboard.press("Shift+P");
  const dialog = canvas.publishing;
  await keyboard.tabTo(dialog.getByLabel(/^Note/));
  await keyboard.type("The currency of the ERP");
  await lookedAtImpact(dialog);
  await keyboard.activate(dialog.getByRole("button", { name: /^Publish version/ }));
  await expect(page).toHaveURL(/\/versions\?from=\d+&to=\d+/);
  await expect(page.getByText("Added: ERP currency and Currency, both ways").first()).toBeVisible();

  await readWithTheNewMap(systems);

  // Two people change one name; the question is answered with one key.
  const conflicts = new ConflictsPage(page);
  await keyboard.press("g", "c");
  await conflicts.waitUntilLive();
  const agreed = (await productNames(systems, SKU)).erp ?? "";
  const names = { erp: `${agreed}, oak`, shop: `${agreed}, ash` };
  await renameOnBothSides(systems, SKU, names);
  await conflicts.moveTo(names.erp);
  await keyboard.press("1");
  await expect
    .poll(() => productNames(systems, SKU))
    .toEqual({ erp: names.erp, shop: names.erp, crm: names.erp });

  const audit = new AuditPage(page);
  await keyboard.press("g", "a");
  await keyboard.tabTo(audit.log);
  await expect(audit.line("Ana", "person said so").first()).toBeVisible();
  await keyboard.walkTo("ArrowDown", new RegExp(`${PERSON.email}.*person said so`));
  await keyboard.press("Enter");
  await expect(audit.details).toContainText(names.shop);
});
