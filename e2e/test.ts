import { test as base } from "@playwright/test";
import { openSystems, type Systems } from "./product.ts";
import { opensReady } from "./ready.ts";

type Shared = {
  /** Where the running product keeps everything; the configuration chose it. */
  readonly dataFolder: string;
  readonly systems: Systems;
};

/** A journey: a browser, and the sandbox's databases beside it. */
export const test = base.extend<object, Shared>({
  context: async ({ context }, use) => {
    context.on("page", opensReady);
    await use(context);
  },
  dataFolder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs.
    async ({}, use, { config }) => use(String(config.metadata["dataFolder"])),
    { scope: "worker" },
  ],
  systems: [
    async ({ dataFolder }, use) => {
      const { systems, close } = openSystems(dataFolder);
      await use(systems);
      await close();
    },
    { scope: "worker" },
  ],
});
