import { defineConfig } from "vitest/config";

/** What `npm run test:long` runs: whole projects, created from the tarball, installed and put to their own checks. */
export default defineConfig({
  test: {
    name: "long",
    include: ["test/e2e/long/*.test.ts"],
    globalSetup: ["test/e2e/setup.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
