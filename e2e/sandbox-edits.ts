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

/**
 * After a version with another edge the ERP is read whole, from a snapshot that waits for every
 * transaction which is open on the server. An edit that is made after the publish and has arrived
 * was read behind it.
 */
export async function readWithTheNewMap(systems: Systems): Promise<void> {
  const sku = "P-00404";
  const name = `${(await productNames(systems, sku)).erp ?? ""}, again`;
  await systems.erp`update products set description = ${name} where product_no = ${sku}`;
  await expect.poll(async () => (await productNames(systems, sku)).crm).toBe(name);
}

/** What the ERP calls a product. */
export async function erpName({ erp }: Systems, sku: string): Promise<string> {
  const [product] = await erp<{ name: string }[]>`
    select description as name from products where product_no = ${sku}`;
  if (product === undefined) throw new Error(`The ERP has no product ${sku}.`);
  return product.name;
}

type Product = { sku: string; name: string; price: number; stock?: number };

/** Products of which two systems say different things, as each system's own tables have them. */
export async function disagreements({ erp, shop, crm }: Systems): Promise<Product[][]> {
  const [inErp, inShop, inCrm] = await Promise.all([
    erp<Product[]>`
      select product_no as sku, description as name, net_price::float8 as price,
        stock_qty as stock from products`,
    shop<Product[]>`
      select sku, title as name, price_cents::float8 / 100 as price, inventory as stock from items`,
    crm<Product[]>`select code as sku, name, list_price::float8 as price from catalogue`,
  ]);
  const others = [inShop, inCrm].map((all) => new Map(all.map((one) => [one.sku, one])));
  return inErp
    .map((one) => [one, ...others.flatMap((all) => all.get(one.sku) ?? [])])
    .filter((all) => all.length < 3 || all.some((one) => !isSame(one, all[0] ?? one)));
}

/** The CRM has no stock. */
function isSame(one: Product, other: Product): boolean {
  const { name, price, stock } = one;
  const isStockSame = stock === undefined || stock === other.stock;
  return name === other.name && price === other.price && isStockSame;
}
