import { availableParallelism, loadavg } from "node:os";
import type { Page } from "@playwright/test";
import { openStage } from "../../accept/stage/stage.ts";
import { openStudio, type Studio } from "../../accept/stage/studio.ts";
import { median } from "../measure.ts";
import { drag, type Frames, framesDuring, pan, zoom } from "./frames.ts";
import { measureAnswers } from "./interactions.ts";
import { type LargeMap, largeMap } from "./large-map.ts";
import { naiveDrawing } from "./naive-drawing.ts";
import { serveNaive } from "./naive-server.ts";
import { countEdgesAgain } from "./same-edges.ts";
import { countEdges, showNaive, showOurs, type View, viewAt } from "./shown.ts";
import { publishLargeMap } from "./stage-map.ts";

type Say = (line: string) => void;

const BUSY = { systems: 40, columns: 50, lines: 1_500 };
const HUGE = { systems: 80, columns: 60, lines: 5_000 };

/** Near enough to read, as far away as rows are drawn, and all of it. */
const ZOOMS = [0.8, 0.62, 0.16];
const GESTURES = ["pan", "zoom", "drag"] as const;
type Gesture = (typeof GESTURES)[number];
const WHOSE = ["ours", "naive"] as const;

/** More than a screen shows nobody can be faster than another. */
const SCREEN_FPS = 60;

const BARS = { fps: 57, slowShare: 0.02, timesNaive: 1.6, opensMs: 2_000, answerMs: 200 };

/**
 * `npm run bench -- --canvas`: the canvas of the product, built for production, in Chromium, beside
 * the canvas that one writes first, with the same boxes and lines, by turns.
 */
export async function benchCanvas(rounds: number, say: Say): Promise<void> {
  await onStudio(largeMap(BUSY), async (studio, map) => {
    say(`${words(BUSY)}; load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
    const naive = await serveNaive(naiveDrawing(map));
    try {
      await benchFrames(studio, naive.address, rounds, say);
    } finally {
      naive.stop();
    }
    await benchEdges(studio.page, say);
    await showOurs(studio.page, viewAt(0.8, frameOf(studio.page)));
    const { count, p75, p98 } = await measureAnswers(studio.page, 4);
    const bar = `bar < ${BARS.answerMs} ms at p98: ${verdict(p98 < BARS.answerMs)}`;
    say(`answers to ${count} keys and presses, 4 x slower: p75 ${p75} ms, p98 ${p98} ms · ${bar}`);
  });
  await onStudio(largeMap(HUGE), async ({ page }) => {
    const times: number[] = [];
    for (let round = 0; round < Math.max(3, rounds); round += 1) times.push(await openTime(page));
    const ms = median(times);
    const bar = `bar ${BARS.opensMs} ms: ${verdict(ms <= BARS.opensMs)}`;
    say(`${words(HUGE)} open in ${ms.toFixed(0)} ms (${await countEdges(page)} lines in sight)`);
    say(`  of ${times.map((one) => one.toFixed(0)).join(", ")} · ${bar}`);
  });
}

async function onStudio(
  map: LargeMap,
  measure: (studio: Studio, map: LargeMap) => Promise<void>,
): Promise<void> {
  const stage = await openStage({ apart: false });
  try {
    await publishLargeMap(stage, map);
    const studio = await openStudio(stage);
    try {
      await measure(studio, map);
    } finally {
      await studio.stop();
    }
  } finally {
    await stage.stop();
  }
}

async function benchFrames(studio: Studio, naive: string, rounds: number, say: Say): Promise<void> {
  const { browser, page } = studio;
  const control = await browser.newPage({ viewport: frameOf(page) });
  const both: Both = { page, control, naive };
  for (const zoom of ZOOMS) {
    const frames = await framesAt(both, zoom, rounds);
    for (const gesture of GESTURES) say(compare(`zoom ${zoom} ${gesture}`, frames, gesture));
  }
  await control.close();
}

/** The two canvases that are compared, and where the naive one is served. */
type Both = { readonly page: Page; readonly control: Page; readonly naive: string };

/** By whose canvas it is, and by gesture: "ours pan". */
type AllFrames = ReadonlyMap<string, readonly Frames[]>;

async function framesAt(both: Both, zoom: number, rounds: number): Promise<AllFrames> {
  const view = viewAt(zoom, frameOf(both.page));
  const frames = new Map<string, Frames[]>();
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes first in one round goes second in the next.
    const order = round % 2 === 0 ? WHOSE : WHOSE.toReversed();
    for (const whose of order) {
      for (const gesture of GESTURES) {
        const key = `${whose} ${gesture}`;
        frames.set(key, [...(frames.get(key) ?? []), await framesOf(both, whose, gesture, view)]);
      }
    }
  }
  return frames;
}

async function framesOf(
  { page, control, naive }: Both,
  whose: (typeof WHOSE)[number],
  gesture: Gesture,
  view: View,
): Promise<Frames> {
  const shown = whose === "ours" ? page : control;
  await shown.bringToFront();
  await (whose === "ours" ? showOurs(page, view) : showNaive(control, naive, view));
  const handle = whose === "ours" ? ".box-header" : ".box-title";
  const acts = { pan: () => pan(shown), zoom: () => zoom(shown), drag: () => drag(shown, handle) };
  return await framesDuring(shown, acts[gesture]);
}

function compare(what: string, frames: AllFrames, gesture: Gesture): string {
  const [ours, naive] = ["ours", "naive"].map((whose) => mid(frames.get(`${whose} ${gesture}`)));
  if (ours === undefined || naive === undefined) throw new Error("Both were measured.");
  const times = ours.perSecond / naive.perSecond;
  const isSmooth = ours.perSecond >= BARS.fps && ours.slowShare <= BARS.slowShare;
  const bars = [
    `>= ${BARS.fps} fps and <= 2 % slow: ${verdict(isSmooth)}`,
    `>= ${BARS.timesNaive} x naive: ${ratioVerdict(times, naive)}`,
  ];
  const figures = `ours ${told(ours)} · naive ${told(naive)} · ${times.toFixed(1)} x naive`;
  return `${what.padEnd(14)} ${figures} · ${bars.join(", ")}`;
}

function ratioVerdict(times: number, naive: Frames): string {
  const isInReach = naive.perSecond * BARS.timesNaive <= SCREEN_FPS;
  return isInReach || times >= BARS.timesNaive ? verdict(times >= BARS.timesNaive) : "out of reach";
}

function mid(all: readonly Frames[] = []): Frames {
  return {
    perSecond: median(all.map(({ perSecond }) => perSecond)),
    p95: median(all.map(({ p95 }) => p95)),
    slowShare: median(all.map(({ slowShare }) => slowShare)),
  };
}

const told = ({ perSecond, p95, slowShare }: Frames) =>
  `${perSecond.toFixed(1)} fps (p95 ${p95.toFixed(1)} ms, ${(slowShare * 100).toFixed(1)} % slow)`;

async function benchEdges(page: Page, say: Say): Promise<void> {
  await showOurs(page, viewAt(0.8, frameOf(page)));
  for (const { after, before, now } of await countEdgesAgain(page)) {
    say(`lines after ${after}: ${before} before, ${now} now: ${verdict(before === now)}`);
  }
}

/** From the address to lines and rows on the screen, in ms. */
async function openTime(page: Page): Promise<number> {
  await page.goto("about:blank");
  const begun = performance.now();
  await page.goto("/entities/article?view=canvas", { waitUntil: "commit" });
  await page.locator(".react-flow__edge").first().waitFor({ state: "attached" });
  await page.locator("[data-kind]").first().waitFor();
  return performance.now() - begun;
}

function frameOf(page: Page): { width: number; height: number } {
  const size = page.viewportSize();
  if (size === null) throw new Error("The browser has no size.");
  return size;
}

function words({ systems, columns, lines }: typeof BUSY): string {
  return `${systems} systems of ${columns} columns with ${lines} lines`;
}

const verdict = (isMet: boolean) => (isMet ? "met" : "MISSED");
