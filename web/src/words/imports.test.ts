import { expect, test } from "vitest";
import type { Run } from "../imports.ts";
import { cellsOf, datesSeen, foreseen, isUnclear, sharing, stepOf, sum, timeLeft } from "./imports.ts";

const RUN = { rows: 2418, created: 2203, updated: 168, unchanged: 29, skipped: 18 } as Run;
const SEEN = { month_first: 0, day_first: 0, either: 0, two_digits: 0, day_numbers: 0 };

test("the sum adds up in words", () => {
  expect(sum(RUN)).toBe("2,418 rows = 2,203 created + 168 updated + 29 unchanged + 18 skipped");
  expect(foreseen(RUN)).toBe("2,203 new · 168 updates · 29 unchanged · 18 need you");
});

test("which number is the month is asked only where nothing tells it", () => {
  expect(isUnclear(SEEN)).toBe(false);
  expect(isUnclear({ ...SEEN, month_first: 3, either: 2 })).toBe(false);
  expect(isUnclear({ ...SEEN, either: 2 })).toBe(true);
  expect(isUnclear({ ...SEEN, month_first: 1, day_first: 1 })).toBe(true);
  expect(datesSeen({ ...SEEN, month_first: 2411, either: 7 })).toBe(
    "Dates look like MM/DD/YYYY (2,411 of 2,418 show it).",
  );
});

test("a phone that several have is told, and none where nobody shares", () => {
  expect([0, 1, 12].map((shared) => sharing({ ...RUN, shared }))).toEqual([
    "",
    "1 row has a phone or an e-mail that somebody else has too.",
    "12 rows have a phone or an e-mail that somebody else has too.",
  ]);
});

test("how long it takes is told after five seconds", () => {
  expect(timeLeft(100, 1000, 2)).toBe("");
  expect(timeLeft(600, 1000, 6)).toBe("about 4 s left");
  expect(timeLeft(100, 10_000, 10)).toBe("about 17 min left");
});

test("each state is at one step", () => {
  expect([stepOf("read"), stepOf("checked"), stepOf("paused"), stepOf("undone")]).toEqual([1, 2, 3, 4]);
});

test("what is wrong with a row is looked for in the cells of its field", () => {
  const fields = ["mrn", "last_first", null, "phone"] as const;
  expect(cellsOf("phone", [...fields])).toEqual([3]);
  expect(cellsOf("last_name", [...fields])).toEqual([1]);
  expect(cellsOf(null, [...fields])).toEqual([0, 1, 3]);
});
