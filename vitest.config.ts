import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // As long as other waits may take: what is polled for comes late where two cores do much else.
    expect: { poll: { timeout: 30_000 } },
    // Each file may start servers of its own; two cores are what CI has.
    maxWorkers: 2,
    reporters: ["default"],
  },
});
