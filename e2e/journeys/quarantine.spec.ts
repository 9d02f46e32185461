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
