import { expect, type Locator, type Page } from "@playwright/test";

/** Home: what needs a person, and how everything stands. */
export class HomePage {
  readonly heading: Locator;
  readonly board: Locator;
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
    this.heading = page.getByRole("heading", { name: "Home", level: 1 });
    this.board = page.getByRole("grid", { name: "Entities by systems" });
  }

  async openSandbox(): Promise<void> {
    await this.#page.getByRole("button", { name: "Open the sandbox" }).click();
    await expect(this.board).toBeVisible({ timeout: 60_000 });
  }

  /** How much of an entity agrees, as the board says it: "99.9 % of 5,000". */
  agreementOf(entity: string): Locator {
    const row = this.board.getByRole("row").filter({ hasText: entity });
    return row.getByRole("gridcell").last();
  }

  /** Waits until every system has been read whole and nothing is on its way. */
  async waitForAgreement(timeout: number): Promise<void> {
    const lamps = this.board.getByRole("link", { name: / in \w+: / });
    await expect
      .poll(
        async () => (await lamps.allInnerTexts()).every((text) => /^(Up to|\d+ to d)/.test(text)),
        {
          timeout,
        },
      )
      .toBe(true);
    await expect(this.agreementOf("Customer")).toContainText("100 %", { timeout });
    await expect(this.agreementOf("Product")).toContainText("99.7 %", { timeout });
  }
}
