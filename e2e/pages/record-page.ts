import { expect, type Locator, type Page } from "@playwright/test";

/** Records: finding one, and what each system holds of it and why. */
export class RecordPage {
  /** "As of …", while another moment than now is shown. */
  readonly moment: Locator;
  readonly #page: Page;
  readonly #values: Locator;
  constructor(page: Page) {
    this.#page = page;
    this.#values = page.getByRole("table", { name: "Values" });
    this.moment = page.getByText(/^As of /);
  }

  /** Finds a record by any of its ids or keys, and opens it. */
  async find(key: string): Promise<void> {
    await this.#page.goto("/records");
    await this.#page.getByLabel(/^Find a record/).fill(key);
    const rows = this.#page.getByRole("grid", { name: "Records" }).getByRole("row");
    // The heading, and the one record that is left.
    await expect(rows).toHaveCount(2);
    await rows.last().click();
    await expect(this.#values).toBeVisible();
  }

  /** What "The hub has" or a system holds in a field. */
  async cell(field: string, column: string): Promise<Locator> {
    const headers = await this.#values.getByRole("columnheader").allInnerTexts();
    const place = headers.findIndex((header) => header.split("\n").at(-1)?.trim() === column);
    return this.#values
      .getByRole("row")
      .filter({ has: this.#page.getByRole("button", { name: field, exact: true }) })
      .getByRole("cell")
      .nth(place);
  }

  /** Asks why a field holds what it holds: gives the answer. */
  async why(field: string): Promise<Locator> {
    await this.#values.getByRole("button", { name: field, exact: true }).click();
    const history = this.#page.getByRole("list", { name: `History of ${field}` });
    await expect(history).toBeVisible();
    return this.#values.getByRole("row").filter({ has: history }).getByRole("cell");
  }

  /** One change back in time; the values are those of then. */
  async goBack(): Promise<void> {
    const rail = this.#page.getByRole("slider", { name: "As of which moment" });
    const names = ["aria-valuenow", "aria-valuetext"] as const;
    // Two changes may be of one second; and the last one is counted like "now".
    const place = async () =>
      (await Promise.all(names.map((name) => rail.getAttribute(name)))).join(" ");
    const before = await place();
    await this.#page.keyboard.press("ArrowLeft");
    await expect.poll(place).not.toBe(before);
  }
}
