import { expect, type Locator, type Page } from "@playwright/test";

/** The review queue, used by keyboard alone. */
export class ConflictsPage {
  readonly list: Locator;
  readonly card: Locator;
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
    this.list = page.getByRole("grid", { name: "Open questions" });
    this.card = page.getByRole("article");
  }

  /** Waits until what is on screen follows the database. */
  async waitUntilLive(): Promise<void> {
    await expect(this.list).toBeVisible();
    await expect(this.#page.getByRole("status").getByText("Live", { exact: true })).toBeVisible();
  }

  /** How many questions are open, as the screen says it: "21 open", "3 of 21 decided". */
  async countOpen(): Promise<number> {
    const filters = this.#page.getByRole("group", { name: "Filters" });
    const words = filters.getByText(/^[\d,]+ open$|^[\d,]+ of [\d,]+ decided$/);
    const [first = 0, second] = (await words.innerText()).match(/\d+/g)?.map(Number) ?? [];
    return second === undefined ? first : second - first;
  }

  /** What the record on the card is called. */
  async title(): Promise<string> {
    return await this.card.getByRole("heading").first().innerText();
  }

  /** The value that a key takes. */
  async valueOfKey(key: string): Promise<string> {
    const cap = this.#page.locator("kbd", { hasText: new RegExp(`^${key}$`) });
    const choice = this.card.getByRole("listitem").filter({ has: cap });
    return await choice.locator(".type-value").first().innerText();
  }

  /** The open question about a record, by the record's title. */
  question(title: string): Locator {
    return this.list.getByRole("row").filter({ hasText: title });
  }

  /** Moves down the list until the card shows the question about a record. */
  async moveTo(title: string): Promise<void> {
    const heading = this.card.getByRole("heading", { name: title });
    const questions = await this.list.getByRole("row").count();
    for (let moves = 0; moves < questions && !(await heading.isVisible()); moves += 1) {
      const before = await this.card.getByRole("heading").first().innerText();
      await this.#page.keyboard.press("j");
      await expect(this.card.getByRole("heading").first()).not.toHaveText(before);
    }
    await expect(heading).toBeVisible();
  }

  /** One value that the question on the card can be answered with. */
  value(who: string): Locator {
    return this.card.getByRole("list", { name: "Values" }).getByRole("listitem").filter({
      hasText: who,
    });
  }

  /** Answers the question on the card with one key. */
  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }
}
