import { describe, expect, it } from "vitest";
import { remember, since } from "./recent.ts";
import { posted, row } from "./samples.ts";

describe("recent facts", () => {
  it("bring a snapshot up to now that was read before them", () => {
    const heard = remember([], "front", [posted(9, row("a")), posted(11, row("a"))]);
    expect(since(heard, [{ id: "front", epoch: "e1", at: 10 }]).map((fact) => fact.n)).toEqual([11]);
  });

  it("are bounded", () => {
    const many = Array.from({ length: 700 }, (_, n) => posted(n, row("a")));
    expect(remember([], "front", many)).toHaveLength(500);
  });
});
