import { expect } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { ConflictsPage } from "../pages/conflicts-page.ts";
import { RecordPage } from "../pages/record-page.ts";
import { VersionsPage } from "../pages/versions-page.ts";
import { customerEmail, customerNames, moveOnBothSides } from "../sandbox-customers.ts";
import { readWithTheNewMap } from "../sandbox-edits.ts";
import { test } from "../test.ts";

test("two sides change one name at once, one key decides, and all systems have the whole of it", async ({
  page,
  systems,
}) => {
  test.slow();
  const canvas = new CanvasPage(page);
  const versions = new VersionsPage(page);
  await page.goto("/entities/customer?tab=mapping");
  const before = await canvas.liveVersion();
  const { inspector } = canvas;
  await inspector.getByRole("button", { name: "Decide fields together" }).click();
  await inspector.getByRole("button", { name: "Decide together" }).click();
  await expect(inspector.getByText("Choose two fields or more.")).toBeVisible();
  await inspector.getByLabel("Name of the group").fill("Full name");
  const fields = inspector.getByRole("group", { name: "Its fields" });
  await fields.getByRole("checkbox", { name: "Given name" }).click();
  await fields.getByRole("checkbox", { name: "Family name" }).click();
  expect(await findBarriers(page)).toEqual([]);
  await inspector.getByRole("button", { name: "Decide together" }).click();
  await expect(inspector).toContainText("Given name and Family name are decided together");
  await inspector.getByRole("button", { name: "Who decides Full name" }).click();
  await expect(inspector).toContainText("what is said here holds for all of them");
  await expect(canvas.row("Customer", "Family name")).toHaveAccessibleName(
    /decided together as Full name/,
  );
  await canvas.publish("A name is one");
  await versions.expectCompared(before, before + 1);
  await expect(page.getByText("Added: the group Full name").first()).toBeVisible();
  await readWithTheNewMap(systems);

  const email = await customerEmail(systems, 7);
  const agreed = (await customerNames(systems, email)).crm ?? "";
  const [, family = ""] = agreed.split(" ");
  await moveOnBothSides(systems, email, { erp: "Ada Moor", crm: `Eve ${family}` });
  const conflicts = new ConflictsPage(page);
  await page.goto("/conflicts?order=age");
  await conflicts.waitUntilLive();
  await conflicts.moveTo("Moor");
  await expect(conflicts.card).toContainText("changed Full name");
  await expect(conflicts.value("Last agreed")).toContainText(family);
  await expect(conflicts.value("ERP")).toContainText("Moor");
  await expect(conflicts.value("CRM")).toContainText(family);
  expect(await findBarriers(page)).toEqual([]);
  await conflicts.press("2");
  await expect(conflicts.question("Moor")).toHaveCount(0);
  const whole = `Eve ${family}`;
  await expect
    .poll(() => customerNames(systems, email))
    .toEqual({ erp: whole, shop: whole, crm: whole });

  const record = new RecordPage(page);
  await record.find(email);
  await expect(page.getByText("Full name · decided together")).toBeVisible();
  await expect(await record.why("Given name")).toContainText(
    "It is decided as a part of Full name",
  );

  await versions.rollBack(before, before + 1);
});
