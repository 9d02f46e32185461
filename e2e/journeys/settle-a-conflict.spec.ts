import { expect } from "@playwright/test";
import { AuditPage } from "../pages/audit-page.ts";
import { ConflictsPage } from "../pages/conflicts-page.ts";
import { productNames, renameOnBothSides } from "../sandbox-edits.ts";
import { PERSON } from "../signed-in.ts";
import { test } from "../test.ts";

const SKU = "P-00101";

test("two names of one product are asked live, one key decides, and all systems agree", async ({
  page,
  systems,
}) => {
  const agreed = (await productNames(systems, SKU)).erp ?? "";
  const names = { erp: `${agreed}, red`, shop: `${agreed}, blue` };
  const conflicts = new ConflictsPage(page);
  await page.goto("/");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await conflicts.waitUntilLive();

  await renameOnBothSides(systems, SKU, names);
  await expect(conflicts.question(names.erp)).toBeVisible();

  await conflicts.moveTo(names.erp);
  await expect(conflicts.value("Last agreed")).toContainText(agreed);
  await expect(conflicts.value("ERP")).toContainText(names.erp);
  await expect(conflicts.value("Shop")).toContainText(names.shop);
  await conflicts.press("2");

  await expect(conflicts.question(names.erp)).toHaveCount(0);
  await expect
    .poll(() => productNames(systems, SKU))
    .toEqual({ erp: names.shop, shop: names.shop, crm: names.shop });

  const audit = new AuditPage(page);
  await audit.openActsOfPeople();
  await audit.line(PERSON.email, ", red", ", blue").click();
  await expect(audit.details).toContainText("Decided: a person said so");
  await expect(audit.details).toContainText(names.erp);
  await page.keyboard.press("Escape");
  await expect(await audit.verify()).toBeVisible();
});
