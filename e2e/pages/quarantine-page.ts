import type { Locator, Page } from "@playwright/test";

/** What is held, by cause. */
export class QuarantinePage {
  readonly nothing: Locator;
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
    this.nothing = page.getByText("Nothing is held");
  }

  /** Opens what is held for one cause. */
  async openCause(cause: string | RegExp): Promise<void> {
    await this.cause(cause).getByRole("button").click();
  }

  cause(cause: string | RegExp): Locator {
    return this.#page
      .getByRole("list", { name: "Causes" })
      .getByRole("listitem")
      .filter({ hasText: cause });
  }

  /** One held item of the open cause, by anything that it says. */
  item(text: string): Locator {
    return this.#page
      .getByRole("list", { name: "Held items" })
      .getByRole("listitem")
      .filter({ hasText: text });
  }
}
