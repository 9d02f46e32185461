import type { Page } from "@playwright/test";
import { quantile } from "../measure.ts";

/** What a person saw while something moved. */
export type Frames = {
  readonly perSecond: number;
  /** The time of all but the longest twentieth of the frames, in ms. */
  readonly p95: number;
  /** The share of frames that took longer than two of a screen of 60 per second. */
  readonly slowShare: number;
};

const SLOW_MS = 34;

/** A gesture in which fewer frames differ from the one before was no gesture. */
const MOVES_MIN = 20;

type Probe = { times: number[]; moves: number; isOn: boolean };

/**
 * Counts the frames that a page draws while a gesture goes on.
 * @throws where nothing moved: then nothing was measured
 */
export async function framesDuring(page: Page, gesture: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const probe: Probe = { times: [], moves: 0, isOn: true };
    Object.assign(globalThis, { probe });
    const moved = [".react-flow__viewport", ".react-flow__node.dragging"];
    let before = "";
    const tick = (time: number) => {
      probe.times.push(time);
      const places = moved.map((one) => document.querySelector<HTMLElement>(one)?.style.transform);
      const now = places.join(" ");
      if (now !== before) probe.moves += 1;
      before = now;
      if (probe.isOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await gesture();
  const { times, moves } = await page.evaluate(() => {
    const { probe } = globalThis as unknown as { probe: Probe };
    probe.isOn = false;
    return probe;
  });
  const lengths = times.slice(1).map((time, at) => time - (times[at] ?? time));
  if (moves < MOVES_MIN) throw new Error(`Things moved ${moves} times: nothing was measured.`);
  const sum = lengths.reduce((all, one) => all + one, 0);
  return {
    perSecond: (lengths.length / sum) * 1_000,
    p95: quantile(lengths, 0.95),
    slowShare: lengths.filter((length) => length > SLOW_MS).length / lengths.length,
  };
}

/** How long one gesture lasts: long enough for two hundred frames and more. */
const MOVES = 100;
const AMPLITUDE_PX = 18;

/** Scrolls the canvas sideways and downwards, there and back. */
export async function pan(page: Page): Promise<void> {
  await page.mouse.move(...middleOf(page));
  for (let move = 0; move < MOVES; move += 1) {
    const way = Math.floor(move / 25) % 2 === 0 ? 1 : -1;
    await page.mouse.wheel(way * AMPLITUDE_PX, way * 2 * AMPLITUDE_PX);
  }
}

/** Zooms around a zoom, without leaving its neighbourhood, as a pinch does. */
export async function zoom(page: Page): Promise<void> {
  await page.mouse.move(...middleOf(page));
  await page.keyboard.down("Control");
  for (let move = 0; move < MOVES; move += 1) {
    const way = Math.floor(move / 5) % 2 === 0 ? 1 : -1;
    await page.mouse.wheel(0, way * 3);
  }
  await page.keyboard.up("Control");
}

/** Drags the box in the middle of what is seen of `handle`, in a circle, and back. */
export async function drag(page: Page, handle: string): Promise<void> {
  const start = await grip(page, handle);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  for (let move = 1; move <= MOVES; move += 1) {
    const angle = (move / MOVES) * 4 * Math.PI;
    const [x, y] = [Math.sin(angle) * 60, (1 - Math.cos(angle)) * 30];
    await page.mouse.move(start.x + x, start.y + y);
  }
  await page.mouse.move(start.x + 5, start.y + 5);
  await page.mouse.up();
}

/** A place on which a box can be grasped. */
async function grip(page: Page, handle: string): Promise<{ x: number; y: number }> {
  const place = await page.evaluate((selector) => {
    for (const element of document.querySelectorAll(selector)) {
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 3, top + height / 2];
      const isFree = document.elementFromPoint(x, y)?.closest(selector) === element;
      if (isFree && x > 100 && y > 100 && x < innerWidth - 100 && y < innerHeight - 100) {
        return { x, y };
      }
    }
    return null;
  }, handle);
  if (place === null) throw new Error("No box is in sight that could be dragged.");
  return place;
}

function middleOf(page: Page): [number, number] {
  const size = page.viewportSize();
  if (size === null) throw new Error("The browser has no size.");
  return [size.width / 2, size.height / 2];
}
