import type { BulletSystem } from "../../components/values/line-bullet.tsx";

export const ERP: BulletSystem = { name: "ERP", code: "ER", line: 1 };
export const SHOP: BulletSystem = { name: "Shop", code: "SH", line: 2 };
export const CRM: BulletSystem = { name: "CRM", code: "CR", line: 3 };

/** All twelve lines, for the palette story. */
export const LINES: readonly BulletSystem[] = Array.from({ length: 12 }, (_, index) => ({
  name: `Line ${index + 1}`,
  code: `L${(index + 1).toString(36).toUpperCase()}`,
  line: index + 1,
}));

export type SampleRow = {
  id: string;
  sku: string;
  name: string;
  price: string;
  state: "ok" | "conflict" | "quarantined" | "running";
};

const NAMES = ["Desk lamp", "Oak shelf", "Office chair", "Coat rack", "Wall clock", "Side table"];
const STATES = ["ok", "ok", "ok", "conflict", "ok", "quarantined", "running"] as const;

export const ROWS: readonly SampleRow[] = Array.from({ length: 5_000 }, (_, index) => ({
  id: `row-${index}`,
  sku: `P-${String(index + 1).padStart(5, "0")}`,
  name: `${NAMES[index % NAMES.length]} ${100 + (index % 37)}`,
  price: `${((index * 7919) % 90_000) / 100 + 9}`,
  state: STATES[index % STATES.length] ?? "ok",
}));

export const LONG_TEXT =
  "Solid oak, oiled by hand in our workshop near Freiburg. Wipe with a dry cloth only; do not " +
  "use cleaners that contain alcohol. Delivered flat with all screws, assembly takes two people " +
  "about half an hour.";
