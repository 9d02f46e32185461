import { expect, type Locator, type Page } from "@playwright/test";
import { lookedAtImpact } from "./impact-part.ts";

/** Versions: what was published, and what changed between two. */
export class VersionsPage {
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
  }

  /** One version in the list. */
  line(number: number): Locator {
    return this.#page
      .getByRole("navigation", { name: "Versions" })
      .getByRole("button", { name: new RegExp(`^Version ${number}\\b`) });
  }

  async open(number: number): Promise<void> {
    await this.line(number).click();
    await expect(this.line(number)).toHaveAttribute("aria-current", "true");
  }

  rollBackButton(number: number): Locator {
    return this.#page.getByRole("button", { name: `Roll back to ${number}` });
  }

  /** Publishes the map of an older version again; `live` is the one that it takes the place of. */
  async rollBack(number: number, live: number): Promise<void> {
    await this.#page.goto("/versions");
    await this.open(number);
    await this.rollBackButton(number).click();
    const name = `Roll back to version ${number}`;
    const dialog = this.#page.getByRole("dialog", { name });
    await lookedAtImpact(dialog);
    await dialog.getByRole("button", { name }).click();
    await this.expectCompared(live, live + 1);
  }

  /** Two versions stand beside each other, in the address too. */
  async expectCompared(from: number, to: number): Promise<void> {
    await expect(this.#page).toHaveURL(new RegExp(`/versions\\?from=${from}&to=${to}`));
  }
}
