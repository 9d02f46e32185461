import { expect, type Page } from "@playwright/test";

/**
 * From here on the page counts as opened when it hears keys and presses, not when its first drawing
 * arrived: a person is slower than the moment between, a program is not.
 */
export function opensReady(page: Page): void {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  const isReady = () => expect(page.locator("html[data-ready]")).toBeAttached();
  page.goto = async (...place) => {
    const response = await goto(...place);
    await isReady();
    return response;
  };
  page.reload = async (...options) => {
    const response = await reload(...options);
    await isReady();
    return response;
  };
}
