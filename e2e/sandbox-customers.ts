import { expect } from "@playwright/test";
import type { Systems } from "./product.ts";

/** What each system calls a customer, in whatever columns it has; undefined where it has none. */
export async function customerNames(
  { erp, shop, crm }: Systems,
  email: string,
): Promise<Record<keyof Systems, string | undefined>> {
  type Named = { name: string };
  const [[inErp], [inShop], [inCrm]] = await Promise.all([
    erp<Named[]>`select full_name as name from customers where email = ${email}`,
    shop<Named[]>`
      select first_name || ' ' || last_name as name from accounts where email = ${email}`,
    crm<Named[]>`
      select given_name || ' ' || family_name as name from contacts where mail = ${email}`,
  ]);
  return { erp: inErp?.name, shop: inShop?.name, crm: inCrm?.name };
}

/** A customer whom all systems know by one name of two words, some way down the list. */
export async function customerEmail(systems: Systems, place: number): Promise<string> {
  const rows = await systems.crm<{ mail: string; name: string }[]>`
    select mail, given_name || ' ' || family_name as name from contacts
    where given_name || family_name ~ '^[A-Za-z]+$' order by mail`;
  for (const { mail, name } of rows.slice(place)) {
    const all = await customerNames(systems, mail);
    if (all.erp === name && all.shop === name) return mail;
  }
  throw new Error("No customer has one name everywhere.");
}

/**
 * Two people rename a customer at once: the CRM's has the row open while the ERP's saves, and
 * saves only after the ERP's name has reached the shop. So neither can have seen the other's.
 */
export async function moveOnBothSides(
  systems: Systems,
  email: string,
  names: { readonly erp: string; readonly crm: string },
): Promise<void> {
  const { erp, crm } = systems;
  const [given = "", family = ""] = names.crm.split(" ");
  await crm.begin(async (tx) => {
    await tx`
      update contacts set given_name = ${given}, family_name = ${family} where mail = ${email}`;
    await erp`update customers set full_name = ${names.erp} where email = ${email}`;
    await expect.poll(async () => (await customerNames(systems, email)).shop).toBe(names.erp);
  });
}
