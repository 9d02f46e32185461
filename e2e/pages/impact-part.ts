import { expect, type Locator } from "@playwright/test";

/** Deciding thousands of rows again takes its time. */
const LOOK_MS_MAX = 45_000;

/**
 * Waits in a dialog that publishes until what it does to the records is on the screen, and gives a
 * reason where one is asked for.
 */
export async function lookedAtImpact(dialog: Locator): Promise<void> {
  const part = impactPart(dialog);
  await expect(part.getByText(/^(Exact: every|Every record was looked at|A sample:)/)).toBeVisible({
    timeout: LOOK_MS_MAX,
  });
  const reason = reasonInput(dialog);
  if (await reason.isVisible()) await reason.fill("It is meant so.");
}

/** What a version does to the records. */
export const impactPart = (dialog: Locator): Locator =>
  dialog.getByRole("region", { name: "What it does to the records" });

export const reasonInput = (dialog: Locator): Locator =>
  dialog.getByRole("textbox", { name: "Why this is right" });

/** How many rows of a system become something, as the table says it. */
export async function toldRows(dialog: Locator, what: string): Promise<number> {
  const name = new RegExp(`^[\\d,]+ ${what}: show them$`);
  const text = await impactPart(dialog).getByRole("button", { name }).innerText();
  return Number(text.replaceAll(",", ""));
}
