import { readFileSync } from "node:fs";
import path from "node:path";
import { openHub, type Sql } from "../../db/client.ts";
import type { Stage } from "../stage/stage.ts";
import { loadErp, type Table } from "./load-erp.ts";

export const MAP_FILE = path.join(import.meta.dirname, "map.yaml");
const SHOP_SHAPE = path.join(import.meta.dirname, "shop.sql");

/** Northwind as an ERP and an empty shop, each a database of its own. */
export type Pair = {
  readonly erp: Sql;
  readonly shop: Sql;
  readonly urls: { readonly erp: string; readonly shop: string };
  /** What SQLite holds of the script. */
  readonly tables: readonly Table[];
  close(): Promise<void>;
};

export async function openPair({ hub, url: place }: Stage, script: string): Promise<Pair> {
  const open = async (name: string) => {
    await hub.sql.unsafe(`create database ${name}`);
    const url = new URL(place);
    url.pathname = `/${name}`;
    return { url: url.href, client: openHub(url.href, 2) };
  };
  const [erp, shop] = [await open("northwind"), await open("northwind_shop")];
  const close = async () => {
    await Promise.all([erp.client.close(), shop.client.close()]);
  };
  try {
    const tables = await loadErp(script, erp.client.sql);
    await shop.client.sql.unsafe(readFileSync(SHOP_SHAPE, "utf8"));
    const urls = { erp: erp.url, shop: shop.url };
    return { erp: erp.client.sql, shop: shop.client.sql, urls, tables, close };
  } catch (error) {
    await close();
    throw error;
  }
}
