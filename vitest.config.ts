import { defineConfig } from "vitest/config";

/** What `npm test` runs: no network; the end-to-end ring installs the packed tarball once. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 10_000 } },
      { test: { name: "golden", include: ["test/golden/*.test.ts"], testTimeout: 60_000 } },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/*.test.ts"],
          globalSetup: ["test/e2e/setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // The machine's cores are the budget: a generated project's install uses them all.
          maxWorkers: 2,
        },
      },
    ],
  },
});
