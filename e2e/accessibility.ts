import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** All that can differ between two colour schemes of one page. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What axe finds serious or critical on the page as it is, one line each; none is the aim. */
export async function findBarriers(page: Page): Promise<string[]> {
  return await analyze(page, new AxeBuilder({ page }).withTags(TAGS));
}

/** The same after the colours have changed on a page that was read before. */
export async function findColourBarriers(page: Page): Promise<string[]> {
  return await analyze(page, new AxeBuilder({ page }).withRules(COLOUR_RULES));
}

async function analyze(page: Page, axe: AxeBuilder): Promise<string[]> {
  await page.evaluate(settled);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target}\n${failureSummary}`),
    );
}

/** Until what fades has faded: half-way between two colours nothing can be read. */
async function settled(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  const ending = document
    .getAnimations()
    .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
  await Promise.allSettled(ending.map(({ finished }) => finished));
}
