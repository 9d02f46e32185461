import { expect, type Page, type Request } from "@playwright/test";

/** The stream by which the server tells what changed. */
export const STREAM = /\/live\.changes/;

/** What a page asks its server, but for the stream. */
export class Traffic {
  #asked: string[] = [];
  readonly #open = new Set<Request>();
  constructor(page: Page) {
    page.on("request", (request) => {
      if (STREAM.test(request.url())) return;
      this.#asked.push(new URL(request.url()).pathname);
      this.#open.add(request);
    });
    page.on("requestfinished", (request) => this.#open.delete(request));
    page.on("requestfailed", (request) => this.#open.delete(request));
  }

  /** What was asked since the last time; waits until all of it is answered. */
  async take(): Promise<string[]> {
    await expect.poll(() => this.#open.size).toBe(0);
    const asked = this.#asked;
    this.#asked = [];
    return asked;
  }
}
