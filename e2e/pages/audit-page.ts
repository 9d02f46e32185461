import { expect, type Locator, type Page } from "@playwright/test";

/** The audit log. */
export class AuditPage {
  readonly log: Locator;
  readonly details: Locator;
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
    this.log = page.getByRole("grid", { name: "Audit log" });
    this.details = page.getByRole("dialog");
  }

  /** What people did, newest first. */
  async openActsOfPeople(): Promise<void> {
    await this.#page.goto("/audit?actor=person");
  }

  /** What happened to one record, found by any of its keys. */
  async openRecord(key: string): Promise<void> {
    await this.#page.goto(`/audit?record=${key}`);
    await expect(this.log).toBeVisible();
  }

  /** Lines that say all of these. */
  line(...words: readonly string[]): Locator {
    return words.reduce((lines, hasText) => lines.filter({ hasText }), this.log.getByRole("row"));
  }

  async verify(): Promise<Locator> {
    await this.#page.getByRole("button", { name: "Verify" }).click();
    return this.#page.getByRole("status").filter({ hasText: /lines whole at/ });
  }
}
