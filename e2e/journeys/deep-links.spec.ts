import { type Browser, expect, type Page } from "@playwright/test";
import { ConflictsPage } from "../pages/conflicts-page.ts";
import { QuarantinePage } from "../pages/quarantine-page.ts";
import { RecordPage } from "../pages/record-page.ts";
import { erpName, renameOnBothSides } from "../sandbox-edits.ts";
import { test } from "../test.ts";

/** Times that go on while one looks. */
const MOVING = /\bnow\b|\d+ (s|min|h) ago|\d+ min \d+ s|\d+(\.\d)? (s|ms|min)\b|\d\d:\d\d(:\d\d)?/g;

test("the address of a question leads another window to it, with its evidence", async ({
  page,
  browser,
  systems,
}, { workerIndex }) => {
  const names: string[] = [];
  for (const sku of [`P-0${3_000 + workerIndex}`, `P-0${3_500 + workerIndex}`]) {
    const name = await erpName(systems, sku);
    await renameOnBothSides(systems, sku, { erp: `${name}, here`, shop: `${name}, there` });
    names.push(name);
  }
  const conflicts = new ConflictsPage(page);
  await page.goto("/conflicts");
  await conflicts.waitUntilLive();
  // Both are asked a moment after they were edited; with one alone there is nowhere to move to.
  for (const name of names) await expect(conflicts.question(name)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  await expect(page.getByRole("table", { name: "What happened before" })).toBeVisible();
  await expectSameElsewhere(page, browser, /question=.*evidence=true/);
});

test("the addresses of the first screen and of the entities lead to the same", async ({
  page,
  browser,
}) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Signal board" })).toBeVisible();
  await expectSameElsewhere(page, browser, /\/$/);
  await page.goto("/entities");
  await expect(page.getByRole("link", { name: "Customer", exact: true })).toBeVisible();
  await expectSameElsewhere(page, browser, /\/entities$/);
});

test("the address of what is held leads to the same cause", async ({
  page,
  browser,
  systems: { shop },
}) => {
  const [person] = await shop<{ id: string; email: string; family: string }[]>`
    select id, email, last_name as family from accounts order by email offset 7 limit 1`;
  if (person === undefined) throw new Error("The shop has no accounts.");
  const quarantine = new QuarantinePage(page);
  await shop`update accounts set email = 'nobody here' where id = ${person.id}`;
  await page.goto("/quarantine");
  await quarantine.openCause("Email from Shop does not have the right form");
  await expect(quarantine.item(person.family)).toContainText("nobody here");
  await expectSameElsewhere(page, browser, /quarantine\?.+=/);
  await shop`update accounts set email = ${person.email} where id = ${person.id}`;
  await expect(quarantine.nothing).toBeVisible();
});

test("the address of a record leads to the same field at the same moment", async ({
  page,
  browser,
}) => {
  const record = new RecordPage(page);
  await record.find("P-00606");
  await record.why("Price");
  await record.goBack();
  await expect(record.moment).toBeVisible();
  await expectSameElsewhere(page, browser, /field=price.*at=|at=.*field=price/);
});

test("the address of the audit log keeps its filter and the open line", async ({
  page,
  browser,
}) => {
  await page.goto("/audit?record=P-00606");
  const log = page.getByRole("grid", { name: "Audit log" });
  await log.getByRole("row").nth(1).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectSameElsewhere(page, browser, /record=P-00606.*line=/);
});

test("notices are told beside a dialog that an address opened before they were there", async ({
  page,
  browser,
}) => {
  await page.goto("/audit?record=P-00606");
  await page.getByRole("grid", { name: "Audit log" }).getByRole("row").nth(1).click();
  await expect(page).toHaveURL(/line=/);
  const context = await browser.newContext({ storageState: await page.context().storageState() });
  const other = await context.newPage();
  const isDrawn = await holdNoticesBack(other);
  await other.goto(page.url());
  await expect(other.getByRole("dialog")).toBeVisible();
  isDrawn();
  await expect(other.getByRole("region", { name: /^Notices/ })).toBeAttached();
  await context.close();
});

test("the address of the map keeps what is chosen and which panel is open", async ({
  page,
  browser,
}) => {
  await page.goto("/entities/product");
  await page.getByRole("treeitem", { name: /^Price,/ }).click();
  await page.getByRole("tab", { name: "Ownership" }).click();
  await expect(page.getByRole("heading", { name: "Who decides" })).toBeVisible();
  await expectSameElsewhere(page, browser, /at=field:price.*tab=ownership/);
  await page.getByRole("radio", { name: "Grid" }).click();
  await expect(page.getByRole("grid")).toBeVisible();
  await expectSameElsewhere(page, browser, /view=grid/);
});

test("the addresses of lists, a run, a system and versions lead to the same", async ({
  page,
  browser,
}) => {
  await page.goto("/records");
  await page.getByLabel(/^Find a record/).fill("P-0060");
  await expect(page).toHaveURL(/find=P-0060/);
  await expectSameElsewhere(page, browser, /find=P-0060/);

  await page.goto("/runs?state=succeeded");
  await page.getByRole("grid", { name: "Runs" }).getByRole("row").last().click();
  await expect(page.getByRole("heading", { name: "What happened to records" })).toBeVisible();
  await expectSameElsewhere(page, browser, /runs\/.+/);

  await page.goto("/systems");
  await page.getByRole("link", { name: /Shop/ }).first().click();
  await expect(page.getByText("Right to write")).toBeVisible();
  await expectSameElsewhere(page, browser, /systems\/.+/);

  await page.goto("/versions?from=0&to=1");
  await expect(page.getByText(/rules changed/)).toBeVisible();
  await expectSameElsewhere(page, browser, /from=0&to=1/);
});

/** The code of notices comes once the function that this returns was called. */
async function holdNoticesBack(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(/\.js(\?|$)/, async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes("data-sonner-toaster")) await promise;
    await route.fulfill({ response });
  });
  return resolve;
}

/** Copies the address into a browser that knows nothing but who is signed in. */
async function expectSameElsewhere(page: Page, browser: Browser, address: RegExp): Promise<void> {
  await expect(page).toHaveURL(address);
  const state = await page.context().storageState();
  const context = await browser.newContext({
    storageState: { ...state, origins: [] },
    viewport: page.viewportSize(),
  });
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(async () => {
    expect(await outline(other)).toBe(await outline(page));
  }).toPass({ timeout: 15_000 });
  await context.close();
}

/** Whether there is a way back is of this window: it says where it has been, not where it is. */
const VISITED = /(button "(?:Back to the place before|Forward again)") \[disabled\]/g;

/** All that a screen reader finds on the page, but for the title that was announced on the way. */
async function outline(page: Page): Promise<string> {
  const tree = await page.locator("body").ariaSnapshot();
  return tree
    .replaceAll(MOVING, "…")
    .replaceAll(" [active]", "")
    .replaceAll(VISITED, "$1")
    .replaceAll(/^- alert.*$/gm, "");
}
