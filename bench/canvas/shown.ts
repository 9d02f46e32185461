import type { Page } from "@playwright/test";
import { ENTITY } from "./large-map.ts";

/** What is seen of a canvas: zoom, and how far its origin is from its corner in px. */
export type View = { readonly x: number; readonly y: number; readonly zoom: number };

/** The view of a zoom in which the entity's upper part stands in the middle. */
export function viewAt(zoom: number, { width }: { width: number }): View {
  const ENTITY_MIDDLE = 168;
  return { zoom, x: width / 2 - ENTITY_MIDDLE * zoom, y: 220 };
}

/** Opens the product's canvas at a view, and waits until its lines are drawn. */
export async function showOurs(page: Page, view: View): Promise<void> {
  await page.goto("/entities");
  await page.evaluate(([key, value]) => localStorage.setItem(key, value), [
    `fieldline:canvas:${ENTITY}`,
    JSON.stringify(view),
  ] as const);
  await page.goto(`/entities/${ENTITY}?view=canvas`);
  await untilDrawn(page);
}

export async function showNaive(page: Page, address: string, view: View): Promise<void> {
  await page.goto(`${address}?x=${view.x}&y=${view.y}&zoom=${view.zoom}`);
  await untilDrawn(page);
}

/** Waits until there are lines and nothing more is drawn. */
async function untilDrawn(page: Page): Promise<void> {
  await page.locator(".react-flow__edge").first().waitFor({ state: "attached", timeout: 60_000 });
  await atRest(page);
}

/** Waits until the page has not been busy for half a second. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const CALM_FRAMES = 30;
        let calm = 0;
        let last = performance.now();
        const tick = (time: number) => {
          calm = time - last < 34 ? calm + 1 : 0;
          last = time;
          if (calm >= CALM_FRAMES) done();
          else requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
  );
}

export async function countEdges(page: Page): Promise<number> {
  return await page.locator(".react-flow__edge").count();
}
