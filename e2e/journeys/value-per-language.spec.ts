import { expect } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { CanvasPage } from "../pages/canvas-page.ts";
import { RecordPage } from "../pages/record-page.ts";
import { VersionsPage } from "../pages/versions-page.ts";
import { test } from "../test.ts";

test("a name becomes one per language, German decides in its own way, and each says why", async ({
  page,
}) => {
  test.slow();
  const canvas = new CanvasPage(page);
  const versions = new VersionsPage(page);
  const { inspector } = canvas;
  await canvas.openField("product", "name");
  const before = await canvas.liveVersion();
  await inspector.getByRole("combobox", { name: "Values" }).click();
  await page.getByRole("option", { name: "One per language, channel or market" }).click();
  const members = inspector.getByLabel(/^Its members/);
  await members.fill("en English\nen German");
  await inspector.getByRole("button", { name: "Add", exact: true }).click();
  await expect(inspector.getByText("“en” is there twice.")).toBeVisible();
  await members.fill("en English\nde German");
  expect(await findBarriers(page)).toEqual([]);
  await inspector.getByRole("button", { name: "Add", exact: true }).click();

  const fold = canvas.fields("Product").getByRole("treeitem", { name: "Name · per Language" });
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await expect(canvas.row("Product", "Name · English")).toContainText("English");
  await fold.click();
  await expect(canvas.row("Product", "Name · German")).toHaveCount(0);
  await fold.click();
  await canvas.row("Product", "Name · German").click();
  await inspector.getByRole("tab", { name: "Ownership" }).click();
  await expect(inspector).toContainText("holds for all that have nothing of their own");
  await inspector.getByRole("radio", { name: "German alone" }).click();
  await inspector.getByRole("combobox", { name: /^When two edits/ }).click();
  await page.getByRole("option", { name: /^Newest/ }).click();
  await expect(inspector).toContainText("German has its own");
  expect(await findBarriers(page)).toEqual([]);
  await canvas.row("Product", "Name · English").click();
  await inspector.getByRole("tab", { name: "Ownership" }).click();
  await expect(inspector).toContainText("a person decides");

  await canvas.publish("Names in two languages");
  await versions.expectCompared(before, before + 1);
  await expect(page.getByText("Added: the dimension Language").first()).toBeVisible();
  await expect(page.getByText("Added: the field Name · German").first()).toBeVisible();

  const record = new RecordPage(page);
  await record.find("P-00001");
  await expect(page.getByText("Name · per Language")).toBeVisible();
  await expect(await record.cell("English", "The hub has")).not.toHaveText("");
  await page.getByRole("button", { name: "German", exact: true }).click();
  await expect(page.getByText("the newest edit wins")).toBeVisible();
  await page.getByRole("button", { name: "Set a value" }).click();
  await page.getByRole("textbox", { name: "New value of Name · German" }).fill("Leuchte");
  await page.getByRole("button", { name: "Set it" }).click();
  await expect(await record.cell("German", "The hub has")).toContainText("Leuchte");
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("link", { name: "All of it in the audit log" }).click();
  await expect(page.getByRole("grid", { name: "Audit log" })).toContainText("Name · German");

  await versions.rollBack(before, before + 1);
});
