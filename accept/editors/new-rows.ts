import type { JournalEntry, SystemName } from "../checker/journal.ts";
import type { Systems } from "../stage/sandbox-stage.ts";

/**
 * A new product or customer. Every second one is made in two systems at the same moment, as
 * happens when two people hear of the same customer: it must end as one record.
 */
export async function makeRow(
  systems: Systems,
  system: SystemName,
  number: number,
): Promise<JournalEntry[]> {
  const isTwin = number % 80 === 0;
  if (system === "crm")
    return await newCustomer(systems, ["crm", ...(isTwin ? TWIN.crm : [])], number);
  const isProduct = number % 3 === 0;
  const makers: SystemName[] = [system, ...(isTwin ? TWIN[system] : [])];
  return isProduct
    ? await newProduct(systems, makers, number)
    : await newCustomer(systems, makers, number);
}

const TWIN: Readonly<Record<SystemName, readonly SystemName[]>> = {
  erp: ["shop"],
  shop: ["erp"],
  crm: ["shop"],
};

async function newProduct(
  systems: Systems,
  makers: readonly SystemName[],
  number: number,
): Promise<JournalEntry[]> {
  const [key, name] = [`N-${number}`, `New ${number}`];
  const entries = makers.map(async (system) => {
    const startedAt = Date.now();
    if (system === "erp") {
      await systems.erp`insert into products (product_no, description, net_price, stock_qty)
        values (${key}, ${name}, 12.5, 0)`;
    } else {
      await systems.shop`insert into items (sku, title, price_cents, inventory)
        values (${key}, ${name}, 1250, 0)`;
    }
    return told({ system, entity: "product", key, startedAt }, { name, price: "12.5", stock: "0" });
  });
  return (await Promise.all(entries)).flat();
}

async function newCustomer(
  systems: Systems,
  makers: readonly SystemName[],
  number: number,
): Promise<JournalEntry[]> {
  const key = `new.${number}@example.com`;
  const [given, family] = ["Ada", `New${number}`];
  const entries = makers.map(async (system) => {
    const startedAt = Date.now();
    if (system === "erp") {
      await systems.erp`insert into customers (full_name, email)
        values (${`${given} ${family}`}, ${key})`;
    } else if (system === "shop") {
      await systems.shop`insert into accounts (email, first_name, last_name)
        values (${key}, ${given}, ${family})`;
    } else {
      await systems.crm`insert into contacts (mail, given_name, family_name)
        values (${key}, ${given}, ${family})`;
    }
    return told({ system, entity: "customer", key, startedAt }, { family });
  });
  return (await Promise.all(entries)).flat();
}

function told(
  of: Pick<JournalEntry, "system" | "entity" | "key" | "startedAt">,
  values: Readonly<Record<string, string>>,
): JournalEntry[] {
  const endedAt = Date.now();
  return Object.entries(values).map(([field, value]) => ({
    ...{ ...of, field, value, endedAt, kind: "insert" as const },
  }));
}
