import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds serious or critical on the page as it is, one line each; none is the aim. */
export async function findBarriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target}\n${failureSummary}`),
    );
}

/** What makes the page scroll sideways: its width, and the elements that stick out. */
export async function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isCut = (element: Element): boolean => {
      for (let box = around(element); box !== null && box !== document.body; box = around(box)) {
        if (getComputedStyle(box).overflowX !== "visible") return true;
      }
      return false;
    };
    // What is placed absolutely sticks out of a scrolled place that it is not placed in.
    const around = (element: Element): Element | null =>
      element instanceof HTMLElement && getComputedStyle(element).position === "absolute"
        ? element.offsetParent
        : element.parentElement;
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1 && !isCut(element),
    );
    return [`${scrollWidth} px of ${clientWidth}`, ...wide.slice(0, 5).map((one) => one.outerHTML)];
  });
}
