import { expect, type Locator, type Page } from "@playwright/test";
import { lookedAtImpact } from "./impact-part.ts";

type Box = { readonly x: number; readonly y: number; readonly width: number; height: number };

/** The canvas of one entity. */
export class CanvasPage {
  readonly status: Locator;
  readonly inspector: Locator;
  /** What the chosen field is called, in the inspector. */
  readonly nameInput: Locator;
  readonly addFieldButton: Locator;
  /** Reading what the draft changes before it is published. */
  readonly publishing: Locator;
  /** What can be done with the rows that are chosen, and what became of it. */
  readonly chosen: Locator;
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
    this.status = page.getByRole("status").filter({ hasText: /draft|Offline/ });
    this.inspector = page.getByRole("region", { name: "Inspector" });
    this.nameInput = this.inspector.getByLabel("Name", { exact: true });
    this.addFieldButton = page.getByRole("button", { name: "Field", exact: true });
    this.chosen = page.getByRole("region", { name: "What is chosen" });
    this.publishing = page.getByRole("dialog", { name: /^Publish version/ });
  }

  async open(entity: string): Promise<void> {
    await this.#page.goto(`/entities/${entity}`);
    await expect(this.#page.getByRole("tree").first()).toBeVisible();
  }

  /** Opens the canvas with a field chosen. */
  async openField(entity: string, field: string): Promise<void> {
    await this.#page.goto(`/entities/${entity}?at=field:${field}&tab=mapping`);
    await expect(this.nameInput).toBeVisible();
  }

  /** Renames the chosen field. */
  async rename(name: string): Promise<void> {
    await this.nameInput.fill(name);
    await this.nameInput.blur();
  }

  /** Number of the version that is live, while nothing is drafted. */
  async liveVersion(): Promise<number> {
    await expect(this.status).toContainText("nothing drafted");
    return Number(/\d+/.exec(await this.status.innerText())?.[0]);
  }

  /** Takes back everything that is drafted. */
  async discard(): Promise<void> {
    await this.#page.getByRole("button", { name: "More", exact: true }).click();
    await this.#page.getByRole("menuitem", { name: "Discard the draft" }).click();
    await expect(this.status).toContainText("nothing drafted");
  }

  /** A row of a box: a column of a system, or a field of the entity. */
  row(box: string, name: string): Locator {
    return this.#box(box).getByRole("treeitem", { name: new RegExp(`^${name},`) });
  }

  /** The head of a system's box. */
  head(binding: string): Locator {
    return this.#page.locator(`[data-row="header"][data-node="binding:${binding}"]`);
  }

  /** Chooses rows together, as Shift and a press do. */
  async choose(...rows: readonly Locator[]): Promise<void> {
    for (const row of rows) await row.click({ modifiers: ["Shift"] });
  }

  async expectChosen(words: string): Promise<void> {
    await expect(this.chosen.getByRole("status").last()).toHaveText(words);
  }

  /** The button that takes the last edit back, called by what it was. */
  undoOf(what: string): Locator {
    return this.#page.getByRole("button", { name: `Undo: ${what}` });
  }

  /** Opens what the canvas can show and hide. */
  async openShow(): Promise<Locator> {
    await this.#page.getByRole("button", { name: /^Show: / }).click();
    return this.#page.getByRole("dialog", { name: "What is shown" });
  }

  async showUnmapped(system: string): Promise<void> {
    await this.#box(system)
      .getByRole("treeitem", { name: /unmapped$/ })
      .click();
  }

  /** The rows of the entity in the middle: where Tab enters the canvas. */
  fields(entity: string): Locator {
    return this.#page.getByRole("tree", { name: `Fields of ${entity}` });
  }

  #box(name: string): Locator {
    return this.#page.getByRole("tree", { name: new RegExp(`^(Columns|Fields) of ${name}\\b`) });
  }

  async addField(name: string): Promise<void> {
    await this.addFieldButton.click();
    const form = this.#page.getByRole("dialog", { name: "A new field" });
    await form.getByLabel("Name").fill(name);
    await form.getByRole("button", { name: "Add the field" }).click();
    await expect(form).toBeHidden();
  }

  /** Draws a line from the knob of one row to anywhere on another. */
  async draw(from: Locator, to: Locator): Promise<void> {
    await from.hover();
    const start = middle(await boxOf(from.locator("[data-knob]")));
    const end = middle(await boxOf(to));
    await this.#page.mouse.move(start.x, start.y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(end.x, end.y, { steps: 8 });
    await this.#page.mouse.up();
  }

  /** Reads what the draft changes, says why, and sets it to work. */
  /** Publishes once it is seen what that changes, with a reason where one is asked for. */
  async publish(note: string): Promise<void> {
    await this.#page.getByRole("button", { name: "Publish", exact: true }).click();
    await this.publishing.getByLabel(/^Note/).fill(note);
    await lookedAtImpact(this.publishing);
    await this.publishing.getByRole("button", { name: /^Publish version/ }).click();
  }
}

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("It is not on the page.");
  return box;
}

function middle({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
