import { defineConfig } from "vitest/config";

const rooms = "{app,components,server,db,bench,accept,launcher}";

/**
 * Tests are told apart by what they need: nothing, PostgreSQL, or the simulator (and PostgreSQL).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [`${rooms}/**/*.test.{ts,tsx,mjs}`],
          exclude: ["**/*.{pg,sim}.test.ts", "**/node_modules/**"],
          provide: { lawCases: Number(process.env["FIELDLINE_LAW_CASES"] ?? 0) },
          // A bound against hanging, wide enough for a busy machine; it is no measure of speed.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "pg",
          globalSetup: "server/testing/postgres.setup.ts",
          include: [`${rooms}/**/*.pg.test.ts`],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "sim",
          globalSetup: "server/testing/postgres.setup.ts",
          include: [`${rooms}/**/*.sim.test.ts`],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
