import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    // With cases at hand only they are looked at: see tests/laws/test_histories.py.
    include: process.env.HISTORIES
      ? ["web/src/state/histories.replay.ts"]
      : ["web/src/**/*.test.{ts,tsx}", "portal/src/**/*.test.ts", "realtime/client/**/*.test.ts"],
    passWithNoTests: false,
    restoreMocks: true,
  },
});
