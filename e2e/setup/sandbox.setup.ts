import { expect } from "@playwright/test";
import { HomePage } from "../pages/home-page.ts";
import { SignInPage } from "../pages/sign-in-page.ts";
import { firstLink } from "../product.ts";
import { PERSON } from "../signed-in.ts";
import { test } from "../test.ts";

/** The first minutes of an installation; every journey goes on from here. */
test.describe.configure({ mode: "serial" });

test("the first admin comes in by the printed link, once", async ({
  page,
  browser,
  dataFolder,
}) => {
  const link = firstLink(dataFolder);
  const home = new HomePage(page);
  await page.goto(link);
  await new SignInPage(page).becomeAdmin(PERSON);
  await expect(home.heading).toBeVisible();
  await page.context().storageState({ path: PERSON.file });

  const stranger = await browser.newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await stranger.close();
});

test.describe("signed in", () => {
  test.use({ storageState: PERSON.file });

  test("the sandbox opens from Home, and its three systems come to agree", async ({ page }) => {
    test.setTimeout(150_000);
    const home = new HomePage(page);
    await page.goto("/");
    await home.openSandbox();
    await home.waitForAgreement(120_000);
  });
});
