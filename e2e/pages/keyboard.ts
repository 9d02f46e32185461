import { expect, type Locator, type Page } from "@playwright/test";

/** More stops than any screen has on the way to something. */
const STOPS_MAX = 80;

/** A person at the keyboard: only keys, and what they can see. */
export class Keyboard {
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Tabs until something has the focus. */
  async tabTo(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let stops = 0; stops < STOPS_MAX; stops += 1) {
      if (await hasFocus(target)) return;
      await this.press("Tab");
    }
    throw new Error(`Tab does not lead to ${target}.`);
  }

  async activate(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.press("Enter");
  }

  /** Presses a key until the row that the keyboard stands on is called so. */
  async walkTo(key: string, name: RegExp): Promise<void> {
    for (let steps = 0; steps < STOPS_MAX; steps += 1) {
      if (name.test(await this.#activeName())) return;
      await this.press(key);
    }
    throw new Error(`${key} does not lead to ${name}; it ended at ${await this.#activeName()}.`);
  }

  /** What a screen reader says of the row inside the focused list, tree or grid. */
  async #activeName(): Promise<string> {
    return await this.#page.evaluate(() => {
      const id = document.activeElement?.getAttribute("aria-activedescendant") ?? "";
      const row = document.getElementById(id);
      return row?.getAttribute("aria-label") ?? row?.textContent ?? "";
    });
  }
}

async function hasFocus(target: Locator): Promise<boolean> {
  return await target.evaluate((element) => element === document.activeElement);
}
