import type { Page } from "@playwright/test";
import { ConflictsPage } from "../../e2e/pages/conflicts-page.ts";
import type { Decided } from "./decide-queue.ts";
import type { Stage } from "./stage.ts";
import { openStudio, until } from "./studio.ts";

/** Each contender in turn, and now and then the hub's own value. */
const KEYS = ["1", "2", "0"];

/** Decides the whole queue as a steward does: in the studio, in Chromium, one key each. */
export async function decideInBrowser(stage: Stage): Promise<Decided> {
  const studio = await openStudio(stage);
  try {
    const decided = await decideAll(studio.page);
    // The screen goes ahead of its answers: they travel one behind the other.
    await until("the answers have arrived", async () => (await openCount(stage)) === 0);
    return decided;
  } finally {
    await studio.stop();
  }
}

async function openCount({ hub }: Stage): Promise<number> {
  const rows = await hub.sql`select 1 from conflicts where state = 'open'`;
  return rows.length;
}

async function decideAll(page: Page): Promise<Decided> {
  const conflicts = new ConflictsPage(page);
  await page.goto("/conflicts");
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  const all = await conflicts.countOpen();
  const done = page.getByText("Nothing to decide").or(page.getByText(/^All decided/));
  for (let left = all; left > 0; left -= 1) {
    await conflicts.press(KEYS[left % KEYS.length] ?? "1");
    await until(`only ${left - 1} of ${all} questions are open`, async () =>
      left === 1 ? await done.isVisible() : (await conflicts.countOpen()) === left - 1,
    );
  }
  return { decided: all, refused: [] };
}
