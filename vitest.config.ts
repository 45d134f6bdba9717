import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    include: ["web/src/**/*.test.{ts,tsx}", "portal/src/**/*.test.ts", "realtime/client/**/*.test.ts"],
    passWithNoTests: false,
    restoreMocks: true,
  },
});
