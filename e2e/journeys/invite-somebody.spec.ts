import { expect } from "@playwright/test";
import { findBarriers } from "../accessibility.ts";
import { opensReady } from "../ready.ts";
import { PERSON } from "../signed-in.ts";
import { test } from "../test.ts";

const BEN = { name: "Ben Steward", email: "ben@example.com", password: "another horse battery" };

test("an admin invites somebody, changes their role and ends their access", async ({
  page,
  browser,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: new RegExp(`^${PERSON.name}`) }).click();
  await page.getByRole("menuitem", { name: "People" }).click();
  const people = page.getByRole("table", { name: "People" });
  const self = people.getByRole("row", { name: new RegExp(PERSON.email) });
  await expect(self.getByRole("button", { name: "Remove" })).toBeDisabled();

  await page.getByLabel("Name").fill(BEN.name);
  await page.getByLabel("E-mail").fill(BEN.email);
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByRole("figure", { name: "Link" }).locator("pre").innerText();
  await expect(page.getByRole("table", { name: "Invitations" })).toContainText(BEN.email);
  expect(await findBarriers(page)).toEqual([]);

  // Whoever has the link chooses a password, and is there.
  const own = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const other = await own.newPage();
  opensReady(other);
  await other.goto(link);
  await expect(other.getByRole("heading", { name: `Welcome, ${BEN.name}` })).toBeVisible();
  await other.getByLabel("Password").fill(BEN.password);
  await other.getByRole("button", { name: "Come in" }).click();
  await expect(other.getByRole("heading", { name: "Signal board" })).toBeVisible();
  await other.goto("/people");
  await expect(other.getByText(/This needs the role “admin”; yours is “steward”/)).toBeVisible();

  // The link has been used up.
  const late = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const stranger = await late.newPage();
  await stranger.goto(link);
  await expect(stranger.getByText(/This invitation has been used/)).toBeVisible();
  await late.close();

  await page.reload();
  const ben = people.getByRole("row", { name: new RegExp(BEN.email) });
  await ben.getByRole("combobox", { name: `Role of ${BEN.name}` }).click();
  await page.getByRole("option", { name: /^Viewer/ }).click();
  await expect(page.getByText(`The role of ${BEN.name} is changed`)).toBeVisible();
  await other.reload();
  await expect(other.getByText(/yours is “viewer”/)).toBeVisible();

  await ben.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: `Remove ${BEN.name}` }).click();
  await expect(ben).toHaveCount(0);
  await other.goto("/");
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await own.close();
});
