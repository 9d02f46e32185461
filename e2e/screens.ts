import { expect, type Locator, type Page } from "@playwright/test";

/** A place to look at: a screen, or something open on one. */
export type Place = {
  readonly name: string;
  readonly path: string;
  /** What opens it, once the screen is there. */
  readonly open?: (page: Page) => Promise<void>;
  /** What is seen when all of it is there. */
  readonly shows: (page: Page) => Locator;
};

const pressed = (name: string | RegExp) => (page: Page) =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .first()
    .click();
const key = (keys: string) => (page: Page) => page.keyboard.press(keys);
const row = (grid: string) => (page: Page) =>
  page.getByRole("grid", { name: grid }).getByRole("row").nth(1);
const dialog = (name: string | RegExp) => (page: Page) => page.getByRole("dialog", { name });
const heading = (name: string | RegExp) => (page: Page) =>
  page.getByRole("heading", { name, exact: true }).first();
const tab = (name: string) => (page: Page) => page.getByRole("tab", { name, selected: true });

async function one(page: Page, path: string, link: Locator): Promise<void> {
  await link.click();
  await expect(page).toHaveURL(new RegExp(`${path}/[^/?]+`));
}

async function chosenCell(page: Page): Promise<void> {
  const cell = page.getByRole("gridcell").filter({ hasText: "net_price" });
  await cell.click({ modifiers: ["Shift"] });
}

const toSystem = (page: Page) =>
  one(page, "/systems", page.getByRole("link", { name: /ERP/ }).first());
const toRun = (page: Page) => one(page, "/runs", row("Runs")(page));
const toRecord = (page: Page) => one(page, "/records", row("Records")(page));

/** Every screen, and every dialog and panel that one can open there. */
export const PLACES: readonly Place[] = [
  { name: "Home", path: "/", shows: heading("Signal board") },
  { name: "Find or do", path: "/", open: key("Control+k"), shows: dialog(/./) },
  { name: "Keys", path: "/conflicts", open: key("?"), shows: dialog("Keys") },
  { name: "Notices", path: "/", open: pressed("Notices"), shows: dialog("Notices") },
  {
    name: "Account",
    path: "/",
    open: async (page) => {
      await page.getByRole("button", { name: /^Ana Admin/ }).click();
      await page.getByRole("menuitem", { name: "Account" }).click();
    },
    shows: dialog(/./),
  },
  { name: "People", path: "/people", shows: heading("Who has access") },
  { name: "Systems", path: "/systems", shows: (page) => page.getByRole("link", { name: /CRM/ }) },
  { name: "Connect a system", path: "/systems/connect", shows: heading("PostgreSQL") },
  {
    name: "A system",
    path: "/systems",
    open: toSystem,
    shows: (page) => page.getByText("Right to write"),
  },
  {
    name: "An object",
    path: "/systems",
    open: async (page) => {
      await toSystem(page);
      await page.getByText("public.products").first().click();
    },
    shows: dialog("public.products"),
  },
  {
    name: "A connection",
    path: "/systems",
    open: async (page) => {
      await toSystem(page);
      await pressed("Change connection")(page);
    },
    shows: dialog("Connection to ERP"),
  },
  {
    name: "Removing a system",
    path: "/systems",
    open: async (page) => {
      await toSystem(page);
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("menuitem", { name: /Remove/ }).click();
    },
    shows: dialog(/Remove/),
  },
  {
    name: "Entities",
    path: "/entities",
    shows: (page) => page.getByRole("link", { name: "Customer", exact: true }),
  },
  {
    name: "A new entity",
    path: "/entities",
    open: pressed("New entity"),
    shows: dialog("New entity"),
  },
  {
    name: "The canvas",
    path: "/entities/product?view=canvas",
    shows: (page) => page.getByText("5,000").first(),
  },
  {
    name: "Another canvas",
    path: "/entities/customer?view=canvas",
    shows: (page) => page.getByText("2,000").first(),
  },
  {
    name: "A line",
    path: "/entities/product?view=canvas&at=edge:shop-items/price&tab=mapping",
    shows: (page) => page.getByText("1. Multiply or divide"),
  },
  {
    name: "Ownership",
    path: "/entities/product?view=canvas&at=field:price&tab=ownership",
    shows: tab("Ownership"),
  },
  {
    name: "Values of a field",
    path: "/entities/product?view=canvas&at=field:price&tab=values",
    shows: (page) => page.getByText(/records read/),
  },
  {
    name: "Problems of a map",
    path: "/entities/product?view=canvas&tab=problems",
    shows: tab("Problems"),
  },
  {
    name: "A new field",
    path: "/entities/product?view=canvas",
    open: pressed("Field"),
    shows: dialog("A new field"),
  },
  {
    name: "Connecting an object",
    path: "/entities/product?view=canvas",
    open: pressed("Object"),
    shows: dialog("Connect an object"),
  },
  {
    name: "The legend",
    path: "/entities/product?view=canvas",
    open: pressed("Legend"),
    shows: dialog("What the lines mean"),
  },
  {
    name: "The grid",
    path: "/entities/product?view=grid",
    shows: (page) => page.getByText("net_price").first(),
  },
  {
    name: "What is shown",
    path: "/entities/product?view=canvas",
    open: pressed(/^Show: /),
    shows: dialog("What is shown"),
  },
  {
    name: "Unmapped only",
    path: "/entities/product?view=canvas&show=unmapped",
    shows: (page) => page.getByText(/^Hidden: /),
  },
  {
    name: "Unmapped only, in the grid",
    path: "/entities/product?view=grid&show=unmapped",
    shows: (page) => page.getByText("Columns without a field").first(),
  },
  {
    name: "What is chosen",
    path: "/entities/product?view=grid",
    open: chosenCell,
    shows: (page) => page.getByRole("region", { name: "What is chosen" }),
  },
  { name: "Versions", path: "/versions", shows: (page) => page.getByText(/rules? changed/) },
  { name: "Runs", path: "/runs", shows: row("Runs") },
  { name: "A run", path: "/runs", open: toRun, shows: heading(/./) },
  {
    name: "Conflicts",
    path: "/conflicts?evidence=true",
    shows: (page) => page.getByRole("table", { name: "What each system holds" }),
  },
  {
    name: "Another value",
    path: "/conflicts",
    open: pressed(/^Another value/),
    shows: (page) => page.getByRole("button", { name: /^Take this value/ }),
  },
  {
    name: "Quarantine",
    path: "/quarantine",
    open: (page) =>
      page.getByRole("list", { name: "Held items" }).getByRole("button").first().click(),
    shows: (page) => page.getByRole("button", { name: "Correct it" }),
  },
  { name: "Records", path: "/records", shows: row("Records") },
  {
    name: "A record and why",
    path: "/records",
    open: async (page) => {
      await toRecord(page);
      await page.getByRole("table", { name: "Values" }).getByRole("button").first().click();
      await pressed("Set a value")(page);
    },
    shows: (page) => page.getByRole("list", { name: /^History of/ }),
  },
  { name: "Audit", path: "/audit", shows: row("Audit log") },
  {
    name: "An audit line",
    path: "/audit",
    open: async (page) => {
      await pressed(/^Pause/)(page);
      await row("Audit log")(page).click();
    },
    shows: (page) => page.getByRole("dialog"),
  },
  { name: "A time to look at", path: "/audit", open: pressed("Time"), shows: dialog(/./) },
  { name: "A page that is not there", path: "/nowhere", shows: heading("There is no such page") },
  {
    name: "A record that is not there",
    path: "/records/nobody",
    shows: heading("There is nothing here"),
  },
];

/** Opens a place and waits until all of it is there. */
export async function goTo(page: Page, { path, open, shows }: Place): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 }).or(shows(page)).first()).toBeVisible();
  await open?.(page);
  await expect(shows(page).first()).toBeVisible();
  await expect(page.getByText(/^Loading/)).toHaveCount(0);
}
