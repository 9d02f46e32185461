import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config.ts";

const [firstStart] = journeys.projects ?? [];

/** `npm run screenshots`: the same product as the journeys have, looked at by a camera. */
export default defineConfig({
  ...journeys,
  projects: [
    { ...firstStart, name: "first start" },
    { name: "pictures", testMatch: "pictures/*.picture.ts", dependencies: ["first start"] },
  ],
});
