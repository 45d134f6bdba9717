// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { beforeEach, expect, it, vi } from "vitest";

const root = document.documentElement;

/** The page as it opens. */
async function opened(): Promise<typeof import("./theme.ts")> {
  vi.resetModules();
  delete root.dataset.density;
  const theme = await import("./theme.ts");
  theme.restoreTheme();
  return theme;
}

beforeEach(() => localStorage.clear());

it("is compact until somebody chooses, and then as they chose, also after a reload", async () => {
  const first = await opened();
  expect([first.density.value, root.dataset.density]).toEqual(["Compact", undefined]);

  first.applyDensity("Comfortable");
  expect(root.dataset.density).toBe("comfortable");
  expect((await opened()).density.value).toBe("Comfortable");
  expect(root.dataset.density).toBe("comfortable");
});

it("takes no other word from the browser's storage", async () => {
  localStorage.setItem("bt-density", "huge");
  expect((await opened()).density.value).toBe("Compact");
});

it("makes rows as high as the style sheet does", async () => {
  const { ROWS } = await opened();
  const heights = [...readFileSync("web/src/styles/tokens.css", "utf8").matchAll(/--row-height: (\d+)px/g)];
  expect(heights.map((each) => Number(each[1]))).toEqual([ROWS.Compact, ROWS.Comfortable]);
});
