import { expect } from "@playwright/test";
import { ConflictsPage } from "../pages/conflicts-page.ts";
import { disagreements, erpName, renameOnBothSides } from "../sandbox-edits.ts";
import { test } from "../test.ts";

/** As many as are asked at least, with those that the first reading found. */
const QUESTIONS_MIN = 20;
const KEYS = ["1", "2", "0"];

test("a queue is decided one key each until it is empty, and then all systems agree", async ({
  page,
  systems,
}) => {
  test.setTimeout(180_000);
  const conflicts = new ConflictsPage(page);
  await page.goto("/conflicts");
  await conflicts.waitUntilLive();
  const before = await conflicts.countOpen();
  for (let n = before; n < QUESTIONS_MIN; n += 1) {
    const sku = `P-0${4_500 + n}`;
    const name = await erpName(systems, sku);
    await renameOnBothSides(systems, sku, { erp: `${name}, ${n} A`, shop: `${name}, ${n} B` });
  }
  const questions = Math.max(before, QUESTIONS_MIN);
  await expect.poll(() => conflicts.countOpen()).toBe(questions);

  // The first answer is taken back: the question is there again, and is answered otherwise.
  const title = await conflicts.title();
  await conflicts.press("1");
  await expect.poll(() => conflicts.countOpen()).toBe(questions - 1);
  await conflicts.press("z");
  await expect.poll(() => conflicts.countOpen()).toBe(questions);
  await expect(conflicts.question(title)).toBeVisible();

  const chosen: string[] = [];
  for (let left = questions; left > 0; left -= 1) {
    const key = KEYS[left % KEYS.length] ?? "1";
    chosen.push(await conflicts.valueOfKey(key));
    await conflicts.press(key);
    await expect.poll(() => conflicts.countOpen()).toBe(left - 1);
  }
  await expect(
    page.getByText("Nothing to decide").or(page.getByText(/^All decided/)),
  ).toBeVisible();

  await expect.poll(() => disagreements(systems), { timeout: 30_000 }).toEqual([]);
  const { erp } = systems;
  const held = await erp<{ name: string }[]>`
    select description as name from products where description = any(${chosen})`;
  expect(new Set(held.map(({ name }) => name))).toEqual(new Set(chosen));
});
