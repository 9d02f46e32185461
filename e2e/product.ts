import { readFileSync } from "node:fs";
import path from "node:path";
import { openHub, type Sql } from "../db/client.ts";

/** What the running product says about itself in its data folder. */
type Runtime = { readonly databaseUrl: string; readonly signInLink?: string };

function readRuntime(dataFolder: string): Runtime {
  return JSON.parse(readFileSync(path.join(dataFolder, "runtime.json"), "utf8"));
}

/** The link that the first start prints, for the first admin. */
export function firstLink(dataFolder: string): string {
  const { signInLink } = readRuntime(dataFolder);
  if (signInLink === undefined) throw new Error("This product has an admin already.");
  return signInLink;
}

/** The sandbox's databases, edited as their own users do: by SQL, past Fieldline. */
export type Systems = { readonly erp: Sql; readonly shop: Sql; readonly crm: Sql };

export function openSystems(dataFolder: string): { systems: Systems; close: () => Promise<void> } {
  const hub = readRuntime(dataFolder).databaseUrl;
  const open = (system: keyof Systems) => {
    const url = new URL(hub);
    url.pathname += `_sandbox_${system}`;
    return openHub(url.toString(), 2);
  };
  const [erp, shop, crm] = [open("erp"), open("shop"), open("crm")];
  const close = async () => {
    await Promise.all([erp.close(), shop.close(), crm.close()]);
  };
  return { systems: { erp: erp.sql, shop: shop.sql, crm: crm.sql }, close };
}
