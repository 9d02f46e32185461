import { expect } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { QuarantinePage } from "../pages/quarantine-page.ts";
import { VersionsPage } from "../pages/versions-page.ts";
import { customerEmail } from "../sandbox-customers.ts";
import { readWithTheNewMap } from "../sandbox-edits.ts";
import { test } from "../test.ts";

const RULE = "!record.blocked || has(record.phone)";
const SAYS = "A blocked customer needs a phone.";

test("a rule by an expression is written with its mistakes shown, and holds what breaks it", async ({
  page,
  systems,
}) => {
  test.slow();
  const canvas = new CanvasPage(page);
  const versions = new VersionsPage(page);
  const { inspector } = canvas;
  await page.goto("/entities/customer?tab=mapping");
  const before = await canvas.liveVersion();
  const choose = async (list: string, option: string) => {
    await inspector.getByRole("combobox", { name: list }).click();
    await page.getByRole("option", { name: option, exact: true }).click();
  };
  await choose("Add a rule between fields", "Credit block");
  await choose("What it is compared with", "By an expression");
  const expression = inspector.getByLabel("What must hold");
  await expression.fill("!record.blocked || has(record.telephone)");
  await expect(inspector).toContainText("telephone");
  await expect(inspector.getByText(/^Line 1, column/)).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await expression.fill(RULE);
  await expression.blur();
  await inspector.getByLabel("What is said where it does not hold").fill(SAYS);
  await inspector.getByLabel("What is said where it does not hold").blur();
  await expect(inspector.getByText(/^Line 1, column/)).toHaveCount(0);
  await inspector.getByText("What may stand there").click();
  await expect(inspector.getByText("record.phone", { exact: true })).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await canvas.publish("Who is blocked can be reached");
  await versions.expectCompared(before, before + 1);
  await expect(page.getByText(RULE).first()).toBeVisible();
  await readWithTheNewMap(systems);

  const email = await customerEmail(systems, 11);
  const [customer] = await systems.erp<{ phone: string | null; blocked: boolean }[]>`
    select phone, credit_block as blocked from customers where email = ${email}`;
  await systems.erp`
    update customers set credit_block = true, phone = null where email = ${email}`;
  const quarantine = new QuarantinePage(page);
  await page.goto("/quarantine");
  await quarantine.openCause(/Credit block from ERP/);
  await expect(page.getByText(SAYS).first()).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await systems.erp`
    update customers set credit_block = ${customer?.blocked ?? false}, phone = ${customer?.phone ?? null}
    where email = ${email}`;
  await expect(quarantine.nothing).toBeVisible();
  await versions.rollBack(before, before + 1);
});
