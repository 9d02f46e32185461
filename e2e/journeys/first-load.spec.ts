import { gzipSync } from "node:zlib";
import { type APIRequestContext, expect } from "@playwright/test";
import { test } from "../test.ts";

/** Scripts that a screen is sent with, as they travel. What comes later is not among them. */
const KILOBYTES_MAX = 250;
/** The map is drawn by code of its own, up to so much beside that. */
const CANVAS_KILOBYTES_MAX = KILOBYTES_MAX + 180;

const SCREENS = [
  "/",
  "/systems",
  "/systems/connect",
  "/systems/erp",
  "/entities",
  "/versions",
  "/runs",
  "/conflicts",
  "/quarantine",
  "/records",
  "/audit",
  "/people",
];

test("no screen is sent with more code than it needs to be seen", async ({ page }) => {
  const addresses = [...SCREENS, ...(await oneOfEach(page.request))];
  const sizes = new Map<string, number>();
  for (const address of addresses) {
    sizes.set(address, await kilobytes(page.request, address));
  }
  const canvas = await kilobytes(page.request, "/entities/product");
  for (const [address, size] of [...sizes, ["/entities/product", canvas] as const]) {
    process.stdout.write(`${size.toFixed(0).padStart(5)} KB  ${address}\n`);
  }
  const heavy = [...sizes].filter(([, size]) => size > KILOBYTES_MAX);
  expect(heavy).toEqual([]);
  expect(canvas).toBeLessThanOrEqual(CANVAS_KILOBYTES_MAX);
});

/** A run and a record that are there. */
async function oneOfEach(request: APIRequestContext): Promise<string[]> {
  const first = async (path: string, pick: (data: never) => string) => {
    const answer = await request.get(`/api/trpc/${path}?input=${encodeURIComponent("{}")}`);
    const { result } = (await answer.json()) as { result: { data: never } };
    return pick(result.data);
  };
  return [
    await first("runs.list", ({ runs }: { runs: { id: string }[] }) => `/runs/${runs[0]?.id}`),
    await first("records.list", ({ records }: { records: { id: string }[] }) => {
      return `/records/${records[0]?.id}`;
    }),
  ];
}

async function kilobytes(request: APIRequestContext, address: string): Promise<number> {
  const answer = await request.get(address);
  expect(answer.status(), address).toBe(200);
  const html = await answer.text();
  // Old browsers alone load what is marked so.
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)];
  const scripts = tags.filter(([tag]) => !tag.includes("noModule")).map(([, src = ""]) => src);
  expect(scripts.length).toBeGreaterThan(5);
  let bytes = 0;
  for (const script of new Set(scripts)) {
    bytes += gzipSync(await (await request.get(script)).body(), { level: 9 }).length;
  }
  return bytes / 1024;
}
