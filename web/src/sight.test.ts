import { beforeEach, expect, it } from "vitest";
import * as sight from "./sight.ts";
import { message, thread as page } from "./state/samples.ts";
import { fromSnapshot } from "./state/thread.ts";

const open = (id: string, count: number, seen = 0) => {
  const messages = Array.from({ length: count }, (_, nth) => message(nth + 1));
  const sample = page(messages);
  return fromSnapshot({ ...sample, seen, row: { ...sample.row, id } }, null);
};

beforeEach(() => sight.note("elsewhere", 0));

it("is nothing before anything was on the screen", () => {
  expect(sight.of(open("a", 3))).toBe(0);
  expect(sight.isAll(open("a", 3))).toBe(false);
  expect(sight.isAll(open("empty", 0))).toBe(true);
});

it("is what was on the screen of this conversation, and never less again", () => {
  sight.note("a", 3);
  expect(sight.isAll(open("a", 3))).toBe(true);
  expect(sight.of(open("a", 5))).toBe(3);
  sight.note("a", 2);
  expect(sight.of(open("a", 5))).toBe(3);
  expect(sight.of(open("b", 5))).toBe(0);
});

it("is also what the same person has read on another screen, as far as it is here", () => {
  sight.note("a", 2);
  expect(sight.of(open("a", 4, 3))).toBe(3);
  expect(sight.of(open("a", 4, 9))).toBe(4);
});
