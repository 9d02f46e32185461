import { expect } from "@playwright/test";
import { Keyboard } from "./pages/keyboard.ts";
import { test as base } from "./test.ts";

/** What a page is told when a pointer of any sort touches it; keys never cause these. */
const POINTER_EVENTS = ["pointerdown", "mousedown", "mousemove", "touchstart", "wheel"];

/** A journey whose page must never see a pointer: with one, the journey fails. */
export const test = base.extend<{ readonly keyboard: Keyboard }>({
  page: async ({ page }, use) => {
    const seen: string[] = [];
    await page.exposeFunction("tellPointer", (words: string) => seen.push(words));
    await page.addInitScript((events) => {
      for (const name of events) {
        const tell = ({ target }: Event) =>
          Reflect.get(window, "tellPointer")(`${name} on ${(target as Element).outerHTML ?? name}`);
        window.addEventListener(name, tell, { capture: true, passive: true });
      }
    }, POINTER_EVENTS);
    await use(page);
    expect(seen, "A pointer was used").toEqual([]);
  },
  keyboard: async ({ page }, use) => use(new Keyboard(page)),
});
