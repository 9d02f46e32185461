import type { Page } from "@playwright/test";
import { pan } from "./frames.ts";
import { atRest, countEdges } from "./shown.ts";

/** What was done, and how many lines were drawn before and after it, in the same view. */
export type EdgeCount = { readonly after: string; readonly before: number; readonly now: number };

const FAR_PX = 6_000;
const ZOOM_STEPS = 40;

/** Does to a canvas what has been seen to lose lines elsewhere, and counts them. */
export async function countEdgesAgain(page: Page): Promise<EdgeCount[]> {
  const deeds: readonly (readonly [string, () => Promise<void>])[] = [
    ["panning away and back", () => panFar(page)],
    ["a second of panning", () => pan(page)],
    ["all zoom levels and back", () => zoomThrough(page)],
    ["a fold opened and closed", () => fold(page)],
    ["an edge removed, and undo", () => removeAndUndo(page)],
  ];
  const counts: EdgeCount[] = [];
  for (const [after, act] of deeds) {
    const before = await countEdges(page);
    await act();
    await atRest(page);
    counts.push({ after, before, now: await countEdges(page) });
  }
  return counts;
}

async function panFar(page: Page): Promise<void> {
  for (const way of [1, -1]) {
    for (let step = 0; step < 20; step += 1) await page.mouse.wheel(0, (way * FAR_PX) / 20);
    await atRest(page);
  }
}

async function zoomThrough(page: Page): Promise<void> {
  await page.keyboard.down("Control");
  for (const way of [1, -1]) {
    for (let step = 0; step < ZOOM_STEPS; step += 1) await page.mouse.wheel(0, way * 20);
    await atRest(page);
  }
  await page.keyboard.up("Control");
}

async function fold(page: Page): Promise<void> {
  const node = page.locator(".react-flow__node-system").first();
  const row = node.locator("[data-fold]").first();
  await row.click();
  await atRest(page);
  await row.click();
}

async function removeAndUndo(page: Page): Promise<void> {
  const before = await countEdges(page);
  await page.getByRole("tree").first().focus();
  await page.keyboard.press("Delete");
  await page.waitForFunction(
    (count) => document.querySelectorAll(".react-flow__edge[data-id]").length !== count,
    before,
  );
  await page.keyboard.press("Control+z");
}
