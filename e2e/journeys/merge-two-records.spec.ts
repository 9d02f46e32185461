import { expect } from "@playwright/test";
import { RecordPage } from "../pages/record-page.ts";
import { erpName } from "../sandbox-edits.ts";
import { test } from "../test.ts";

const KEPT = "P-00711";
const OTHER = "P-00712";

test("two records are made one, with a look at what changes first, and parted again", async ({
  page,
  systems,
}) => {
  const { shop } = systems;
  const priceOf = async (sku: string) =>
    (
      await shop<{ price: number }[]>`
      select price_cents::int as price from items where sku = ${sku}`
    )[0]?.price ?? 0;
  const [name, kept, other] = [
    await erpName(systems, OTHER),
    await priceOf(KEPT),
    await priceOf(OTHER),
  ];
  const record = new RecordPage(page);
  await record.find(KEPT);
  await page.getByRole("button", { name: "Merge …" }).click();
  const dialog = page.getByRole("dialog", { name: "Merge with another record" });
  await dialog.getByLabel("The other Product").fill(OTHER);
  await dialog.getByRole("radio", { name }).click();

  // Both have a row in each system: nothing is done before a person said what becomes of them.
  await expect(dialog.getByRole("button", { name: "Merge", exact: true })).toBeDisabled();
  for (const system of ["ERP", "Shop", "CRM"]) {
    await dialog
      .getByRole("radiogroup", { name: `Both have a row in ${system}` })
      .getByRole("radio", { name: "Leave it as it is" })
      .click();
  }
  await expect(dialog.getByText("Nothing is written to any system.")).toBeVisible();
  await dialog
    .getByRole("radiogroup", { name: "Whose Price stands" })
    .getByRole("radio", { name: "The other" })
    .click();
  const writes = dialog.getByRole("table", { name: "What is written then" });
  await expect(writes).toContainText("Price");
  await dialog.getByRole("button", { name: "Merge", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => priceOf(KEPT)).toBe(other);

  await expect(page.getByText("was merged into it")).toBeVisible();
  await page.getByRole("link", { name: "Another record" }).click();
  await expect(
    page.getByText("It was merged into another record, and lives on there"),
  ).toBeVisible();
  await page.getByRole("button", { name: "Part them again …" }).click();
  await page
    .getByRole("dialog", { name: "Part the two records again" })
    .getByRole("button", { name: "Part them" })
    .click();
  await expect.poll(() => priceOf(KEPT)).toBe(kept);
  expect(await priceOf(OTHER)).toBe(other);
});
