import { expect } from "@playwright/test";
import type { Systems } from "./product.ts";

/** What each system calls a product; undefined where it has none. */
export async function productNames(
  { erp, shop, crm }: Systems,
  sku: string,
): Promise<Record<keyof Systems, string | undefined>> {
  const [[inErp], [inShop], [inCrm]] = await Promise.all([
    erp<{ name: string }[]>`select description as name from products where product_no = ${sku}`,
    shop<{ name: string }[]>`select title as name from items where sku = ${sku}`,
    crm<{ name: string }[]>`select name from catalogue where code = ${sku}`,
  ]);
  return { erp: inErp?.name, shop: inShop?.name, crm: inCrm?.name };
}

/**
 * Two people rename a product at once: the shop's has the row open while the ERP's saves, and
 * saves only after the ERP's name has reached the CRM. So neither can have seen the other's.
 */
export async function renameOnBothSides(
  systems: Systems,
  sku: string,
  names: { readonly erp: string; readonly shop: string },
): Promise<void> {
  const { erp, shop } = systems;
  await shop.begin(async (tx) => {
    await tx`update items set title = ${names.shop} where sku = ${sku}`;
    await erp`update products set description = ${names.erp} where product_no = ${sku}`;
    await expect.poll(async () => (await productNames(systems, sku)).crm).toBe(names.erp);
  });
}
