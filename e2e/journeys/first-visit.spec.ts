import { expect, test } from "@playwright/test";

test("the first page answers, and greets a stranger", async ({ page }) => {
  const response = await page.goto("/");
  expect(response?.ok()).toBe(true);
  await expect(page).toHaveTitle(/Fieldline/);
});
