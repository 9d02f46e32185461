import { expect, type Page } from "@playwright/test";
import { findBarriers, findColourBarriers } from "../accessibility.ts";
import { erpName, renameOnBothSides } from "../sandbox-edits.ts";
import { goTo, PLACES } from "../screens.ts";
import { test } from "../test.ts";

/** What a program says when it does not know what to say. */
const BROKEN_WORDS = /something went wrong|\bundefined\b|\bNaN\b|\[object /i;
const PHONE = { width: 390, height: 844 };

// Something to decide and something that is held, so that no screen is looked at empty.
const email = { mended: "", broken: "not an address" };
test.beforeAll(async ({ systems }, { workerIndex }) => {
  // After a failure a new worker comes this way again: each has a product of its own.
  const sku = `P-0${4_000 + workerIndex}`;
  const { shop } = systems;
  const name = await erpName(systems, sku);
  await renameOnBothSides(systems, sku, { erp: `${name}, left`, shop: `${name}, right` });
  const [account] = await shop<{ email: string }[]>`
    select email from accounts order by email desc limit 1`;
  email.mended = account?.email ?? "";
  await shop`update accounts set email = ${email.broken} where email = ${email.mended}`;
});
test.afterAll(async ({ systems: { shop } }) => {
  await shop`update accounts set email = ${email.mended} where email = ${email.broken}`;
});

for (const place of PLACES) {
  test(`${place.name}: for everybody, by day and by night, on a phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await goTo(page, place);
    expect(await findBarriers(page), "in light").toEqual([]);
    expect(await page.locator("body").innerText()).not.toMatch(BROKEN_WORDS);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    expect(await findColourBarriers(page), "in dark").toEqual([]);

    await page.setViewportSize(PHONE);
    await expect.poll(() => beyondTheEdge(page)).toBe(0);
    expect(await page.locator("body").innerText()).not.toMatch(BROKEN_WORDS);
  });
}

/** How many pixels the page can be scrolled sideways. */
async function beyondTheEdge(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}
