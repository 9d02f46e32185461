import { expect } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { SignInPage } from "../pages/sign-in-page.ts";
import { PERSON } from "../signed-in.ts";
import { test } from "../test.ts";

test.use({ storageState: { cookies: [], origins: [] } });

test("a stranger is led to sign in, and from there to where they wanted to go", async ({
  page,
}) => {
  const response = await page.goto("/audit?actor=person");
  expect(response?.ok()).toBe(true);
  await expect(page).toHaveTitle(/Fieldline/);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);

  const signIn = new SignInPage(page);
  await signIn.signIn({ ...PERSON, password: "not the password" });
  await expect(page.getByRole("alert").filter({ hasText: /./ })).toBeVisible();
  await signIn.signIn(PERSON);
  await expect(page).toHaveURL(/\/audit\?actor=person$/);
  await expect(page.getByRole("heading", { name: "Audit", level: 1 })).toBeVisible();
});
