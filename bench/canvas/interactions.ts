import type { Page } from "@playwright/test";
import { quantile } from "../measure.ts";
import { atRest } from "./shown.ts";

/** How long after a key or a press the next frame came, in ms; the longest of each. */
export type Answers = { readonly count: number; readonly p75: number; readonly p98: number };

type Seen = Record<string, number>;

const ROUNDS = 6;

/**
 * Works on a canvas as a steward does, with keys and presses, on a processor a given number of
 * times slower, and measures each answer as browsers do for "interaction to next paint".
 */
export async function measureAnswers(page: Page, slower: number): Promise<Answers> {
  await page.evaluate(() => {
    const seen: Seen = {};
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        const { interactionId = 0, duration } = entry as never;
        if (interactionId === 0) continue;
        seen[interactionId] = Math.max(seen[interactionId] ?? 0, duration);
      }
    }).observe({ type: "event", buffered: false, durationThreshold: 16 } as never);
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  let acts = 0;
  try {
    for (let round = 0; round < ROUNDS; round += 1) acts += await work(page, round);
    await atRest(page);
  } finally {
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await session.detach();
  }
  const durations = await page.evaluate(() =>
    Object.values((globalThis as unknown as { seen: Seen }).seen),
  );
  // What was answered within one frame is not told by the browser, and counts as one.
  const all = [...durations, ...Array(Math.max(0, acts - durations.length)).fill(16)];
  return { count: all.length, p75: quantile(all, 0.75), p98: quantile(all, 0.98) };
}

/** @returns how many keys and presses it took */
async function work(page: Page, round: number): Promise<number> {
  let acts = 0;
  const press = async (key: string) => {
    await page.keyboard.press(key, { delay: 20 });
    acts += 1;
  };
  const tree = page.getByRole("tree").first();
  await tree.focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "PageDown"]) {
    await press(key);
  }
  await press("Enter");
  for (const tab of ["Ownership", "Values", "Mapping"]) {
    await page.getByRole("tab", { name: tab }).click({ delay: 20 });
    acts += 1;
  }
  const rows = page.locator("[data-kind]");
  await rows.nth((round * 7) % (await rows.count())).click({ delay: 20 });
  acts += 1;
  await tree.focus();
  await press("Delete");
  await press("Control+z");
  await press("]");
  await press("i");
  await press("v");
  await page.getByRole("grid").waitFor();
  await press("v");
  await page.locator(".react-flow__edge").first().waitFor({ state: "attached" });
  return acts;
}
