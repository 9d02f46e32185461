import { expect } from "@playwright/test";
import { QuarantinePage } from "../pages/quarantine-page.ts";
import { test } from "../test.ts";

test("a value that breaks a rule is held alone, with its reason, and passes once it is mended", async ({
  page,
  systems: { shop, crm },
}) => {
  const [person] = await shop<{ id: string; email: string; family: string }[]>`
    select id, email, last_name as family from accounts order by email limit 1`;
  if (person === undefined) throw new Error("The shop has no accounts.");
  const quarantine = new QuarantinePage(page);
  await page.goto("/quarantine");
  await expect(quarantine.nothing).toBeVisible();

  await shop`update accounts set email = 'nobody', phone = '+49 30 5550199'
    where id = ${person.id}`;
  await quarantine.openCause("Email from Shop does not have the right form");
  const item = quarantine.item(person.family);
  await expect(item).toContainText("nobody");
  await expect(item).toContainText("still fails");
  // The rest of the row goes on.
  await expect
    .poll(
      async () =>
        await crm`select mail, phone from contacts where lower(mail) = lower(${person.email})`,
    )
    .toMatchObject([{ phone: "+49 30 5550199" }]);

  await shop`update accounts set email = ${person.email} where id = ${person.id}`;
  await expect(quarantine.nothing).toBeVisible();
});

test("what is let be is listed with its reason, and decided anew when somebody takes it up", async ({
  page,
  systems: { shop },
}) => {
  const [person] = await shop<{ id: string; email: string; family: string }[]>`
    select id, email, last_name as family from accounts order by email limit 1`;
  if (person === undefined) throw new Error("The shop has no accounts.");
  const quarantine = new QuarantinePage(page);
  await shop`update accounts set email = 'nowhere' where id = ${person.id}`;
  await page.goto("/quarantine");
  await quarantine.openCause("Email from Shop does not have the right form");
  const item = quarantine.item(person.family);
  await item.getByRole("button", { expanded: false }).first().click();
  await item.getByRole("button", { name: "Dismiss …" }).click();
  await page.getByRole("textbox", { name: "Why" }).fill("They have none.");
  await page.getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(quarantine.nothing).toBeVisible();

  await page.getByRole("button", { name: "Let be …" }).click();
  const listed = page.getByRole("list", { name: "What is let be" }).getByRole("listitem");
  await expect(listed).toContainText("They have none.");
  await listed.getByRole("button", { name: "Take up again" }).click();
  await expect(page.getByText("Nothing is let be")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(quarantine.item(person.family)).toContainText("nowhere");

  await shop`update accounts set email = ${person.email} where id = ${person.id}`;
  await expect(quarantine.nothing).toBeVisible();
});

test("a replay of many held items is stopped where it runs, and the rest stays held", async ({
  page,
  systems: { shop },
}) => {
  const people = await shop<{ id: string; email: string }[]>`
    select id, email from accounts order by email limit 60`;
  const quarantine = new QuarantinePage(page);
  await shop`update accounts set email = 'nobody ' || id where id = any(${people.map(({ id }) => id)})`;
  await page.goto("/quarantine");
  await quarantine.openCause("Email from Shop does not have the right form");
  await page.getByRole("combobox", { name: "How fast they are tried" }).click();
  await page.getByRole("option", { name: "5 a second" }).click();
  await page.getByRole("button", { name: "Try all 60 again" }).click();
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();

  await page.goto("/runs");
  await page
    .getByRole("grid", { name: "Runs" })
    .getByRole("row", { name: /Replay/ })
    .click();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("The replay is stopped")).toBeVisible();
  await expect(page.getByRole("button", { name: "Stop" })).toHaveCount(0);

  for (const { id, email } of people) {
    await shop`update accounts set email = ${email} where id = ${id}`;
  }
  await page.goto("/quarantine");
  await expect(quarantine.nothing).toBeVisible();
});
