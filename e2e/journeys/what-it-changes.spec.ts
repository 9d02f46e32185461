import { expect } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { impactPart, lookedAtImpact, reasonInput, toldRows } from "../pages/impact-part.ts";
import { VersionsPage } from "../pages/versions-page.ts";
import type { Systems } from "../product.ts";
import { test } from "../test.ts";

/** Hundreds of rows are written, and written back. */
const WRITTEN_MS_MAX = 120_000;

test("what publishing does to the records is seen before, and comes true", async ({
  page,
  systems,
}) => {
  test.setTimeout(6 * 60_000);
  const canvas = new CanvasPage(page);
  const versions = new VersionsPage(page);
  const { inspector, publishing: dialog } = canvas;
  const before = await statusesOf(systems);
  await page.goto("/entities/product?at=edge:erp-products/status&tab=mapping");
  const live = await canvas.liveVersion();
  // The two codes of the ERP change places.
  const code = (row: number) =>
    inspector.getByRole("textbox", { name: new RegExp(`, row ${row}$`) }).first();
  const [held, ended] = [await code(2).inputValue(), await code(3).inputValue()];
  await code(2).fill(ended);
  await code(3).fill(held);
  await code(3).blur();
  await expect(canvas.status).toContainText("Saved to draft");

  await page.keyboard.press("Shift+P");
  const publish = dialog.getByRole("button", { name: /^Publish version/ });
  const acknowledge = dialog.getByRole("checkbox", { name: "I have seen the warnings" });
  await expect(impactPart(dialog).getByText("Exact: every record was looked at.")).toBeVisible({
    timeout: 45_000,
  });
  if (await acknowledge.isVisible()) await acknowledge.check();
  await expect(reasonInput(dialog)).toBeVisible();
  await expect(publish).toHaveAttribute("aria-disabled", "true");
  const told = {
    shop: await toldRows(dialog, "changed of Shop"),
    crm: await toldRows(dialog, "changed of CRM"),
  };
  await impactPart(dialog)
    .getByRole("button", { name: /changed of CRM: show them$/ })
    .click();
  const rows = impactPart(dialog).getByRole("list", { name: "Rows that change" });
  await expect(rows.getByRole("listitem").first()).toContainText(/Status.*(Retired|discontinued)/);
  expect(await findBarriers(page)).toEqual([]);
  await reasonInput(dialog).fill("The ERP has changed its codes");
  await publish.click();
  await versions.expectCompared(live, live + 1);
  await expect(versions.line(live + 1)).toContainText("The ERP has changed its codes");
  await expect.poll(() => changedSince(systems, before), { timeout: WRITTEN_MS_MAX }).toEqual(told);

  await versions.open(live);
  await versions.rollBackButton(live).click();
  const back = page.getByRole("dialog", { name: `Roll back to version ${live}` });
  await lookedAtImpact(back);
  expect({
    shop: await toldRows(back, "changed of Shop"),
    crm: await toldRows(back, "changed of CRM"),
  }).toEqual(told);
  await back.getByRole("button", { name: `Roll back to version ${live}` }).click();
  await versions.expectCompared(live + 1, live + 2);
  await expect
    .poll(() => changedSince(systems, before), { timeout: WRITTEN_MS_MAX })
    .toEqual({ shop: 0, crm: 0 });
});

test("whoever does not wait for the look says why", async ({ page }) => {
  const canvas = new CanvasPage(page);
  const { publishing: dialog } = canvas;
  await canvas.openField("customer", "phone");
  await canvas.rename("Telephone");
  await expect(canvas.status).toContainText("Saved to draft");
  await page.route("**/api/trpc/maps.preview**", () => undefined);
  await page.keyboard.press("Shift+P");
  const publish = dialog.getByRole("button", { name: /^Publish version/ });
  await expect(publish).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("button", { name: "Stop looking" }).click();
  await expect(reasonInput(dialog)).toBeVisible();
  await expect(publish).toHaveAttribute("aria-disabled", "true");
  await reasonInput(dialog).fill("It is a name only");
  await expect(publish).not.toHaveAttribute("aria-disabled", "true");
  await page.unrouteAll();
  await dialog.getByRole("button", { name: "Look again" }).click();
  await expect(reasonInput(dialog)).toBeHidden();
  await expect(dialog).toContainText("No record changes, in no system.", { timeout: 45_000 });
  await dialog.getByRole("button", { name: "Not yet" }).click();
  await canvas.discard();
});

type Statuses = { readonly [system in "shop" | "crm"]: ReadonlyMap<string, string> };

async function statusesOf({ shop, crm }: Systems): Promise<Statuses> {
  const inShop = await shop<{ key: string; state: string }[]>`
    select sku as key, state from items`;
  const inCrm = await crm<{ key: string; state: string }[]>`
    select code as key, life_cycle as state from catalogue`;
  const statuses = (rows: typeof inShop) => new Map(rows.map(({ key, state }) => [key, state]));
  return { shop: statuses(inShop), crm: statuses(inCrm) };
}

/** In how many rows of each system the status is another one than then. */
async function changedSince(systems: Systems, before: Statuses) {
  const now = await statusesOf(systems);
  const count = (system: "shop" | "crm") =>
    [...now[system]].filter(([key, state]) => before[system].get(key) !== state).length;
  return { shop: count("shop"), crm: count("crm") };
}
