// @vitest-environment happy-dom

import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as clock from "../clock.ts";
import * as reads from "../reads.ts";
import { settled } from "../stage.ts";
import { row } from "../state/samples.ts";
import { LastAnswered } from "./last-answered.tsx";

const box = document.createElement("div");
const last = (from: string, at: string) => ({ last: { ...row("x").last, from, at } as never });

beforeEach(() => {
  clock.now.value = Date.parse("2026-11-24T20:30:00Z");
});

afterEach(() => {
  render(null, box);
  vi.restoreAllMocks();
});

async function shown(...rows: ReturnType<typeof row>[]): Promise<string> {
  vi.spyOn(reads, "inbox").mockResolvedValue({ rows } as never);
  render(<LastAnswered team="front" />, box);
  await settled();
  return box.textContent ?? "";
}

it("says when the newest of those who wait for nothing was answered", async () => {
  const words = await shown(
    row("a", last("patient", "2026-11-24T20:20:00Z")),
    row("b", last("staff", "2026-11-24T20:05:00Z")),
    row("c", last("staff", "2026-11-24T19:00:00Z")),
  );
  expect(words.replaceAll("\u202f", " ")).toMatch(/^Last one answered today at \d{1,2}:05 [AP]M\.$/);
});

it("says nothing where nobody was answered", async () => {
  expect(await shown(row("a", last("patient", "2026-11-24T20:20:00Z")))).toBe("");
});
