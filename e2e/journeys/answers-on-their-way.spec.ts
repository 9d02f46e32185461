import { expect, type Page, type Route } from "@playwright/test";
import { ConflictsPage } from "../pages/conflicts-page.ts";
import { erpName, productNames, renameOnBothSides } from "../sandbox-edits.ts";
import { test } from "../test.ts";

test("while an answer is on its way the page says so, and asks before it is closed", async ({
  page,
  systems,
}, { workerIndex }) => {
  const sku = `P-0${3_100 + workerIndex}`;
  const name = await erpName(systems, sku);
  await renameOnBothSides(systems, sku, { erp: `${name}, sent`, shop: `${name}, lost` });
  const conflicts = new ConflictsPage(page);
  await page.goto("/conflicts");
  await conflicts.waitUntilLive();
  await conflicts.moveTo(`${name}`);
  const answer = await heldBack(page, /conflicts\.resolve/);
  await conflicts.press("1");
  await expect(page.getByText("Sending 1…")).toBeVisible();

  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();

  await answer.release();
  await expect(page.getByText(/^Sending/)).toHaveCount(0);
  await expect.poll(() => productNames(systems, sku)).toMatchObject({ shop: `${name}, sent` });
});

test("a key that is pressed while the answer before is taken back counts", async ({
  page,
  systems,
}, { workerIndex }) => {
  const sku = `P-0${3_200 + workerIndex}`;
  const name = await erpName(systems, sku);
  await renameOnBothSides(systems, sku, { erp: `${name}, first`, shop: `${name}, second` });
  // An answer that has arrived everywhere is agreement: taken back, it would ask nobody again.
  await setWriting(page, "shop", false);
  const conflicts = new ConflictsPage(page);
  await page.goto("/conflicts");
  await conflicts.waitUntilLive();
  await conflicts.moveTo(`${name}`);
  const [first, second] = [await conflicts.valueOfKey("1"), await conflicts.valueOfKey("2")];
  expect(first).not.toBe(second);
  // The answer has not reached the server when it is taken back, nor when it is given anew.
  const answer = await heldBack(page, /conflicts\.resolve/);
  await conflicts.press("1");
  await expect(page.getByText("Sending 1…")).toBeVisible();
  await conflicts.press("z");
  await conflicts.moveTo(`${name}`);
  await conflicts.press("2");
  await expect(page.getByText("Sending 3…")).toBeVisible();
  await answer.release();
  await expect(page.getByText(/^Sending/)).toHaveCount(0);
  await setWriting(page, "shop", true);
  await expect
    .poll(() => productNames(systems, sku), { timeout: 20_000 })
    .toEqual({ erp: second, shop: second, crm: second });
});

test("a key counts as well where the answer has arrived before it is taken back", async ({
  page,
  systems,
}, { workerIndex }) => {
  const sku = `P-0${3_300 + workerIndex}`;
  const name = await erpName(systems, sku);
  await renameOnBothSides(systems, sku, { erp: `${name}, early`, shop: `${name}, late` });
  const conflicts = new ConflictsPage(page);
  await page.goto("/conflicts");
  await conflicts.waitUntilLive();
  await conflicts.moveTo(`${name}`);
  const [first, second] = [await conflicts.valueOfKey("1"), await conflicts.valueOfKey("2")];
  await conflicts.press("1");
  await expect.poll(() => productNames(systems, sku)).toMatchObject({ erp: first, shop: first });
  const back = await heldBack(page, /conflicts\.undo/);
  await conflicts.press("z");
  await conflicts.moveTo(`${name}`);
  await conflicts.press("2");
  await expect(page.getByText("Sending 2…")).toBeVisible();
  await back.release();
  await expect(page.getByText(/^Sending/)).toHaveCount(0);
  await expect
    .poll(() => productNames(systems, sku), { timeout: 20_000 })
    .toEqual({ erp: second, shop: second, crm: second });
});

/** Stops or starts what is written to a system. */
async function setWriting(page: Page, system: string, on: boolean): Promise<void> {
  await page.goto(`/systems/${system}`);
  const writing = page.getByRole("switch", { name: /^Writing/ });
  await writing.click();
  await expect(writing).toBeChecked({ checked: on });
}

/** Holds the first call that matches, until it is released. */
async function heldBack(page: Page, path: RegExp): Promise<{ release(): Promise<void> }> {
  const held = Promise.withResolvers<Route>();
  await page.route(path, (route) => held.resolve(route), { times: 1 });
  return { release: async () => (await held.promise).continue() };
}
