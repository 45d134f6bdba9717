import { expect, it } from "vitest";
import { found } from "./emoji.ts";

const signs = (typed: string) => found(typed).map(({ sign }) => sign);

it("has about sixty, each once, and each with a name of its own", () => {
  const all = found("");
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(new Set(all.map(({ sign }) => sign)).size).toBe(all.length);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { sign, name } of all)
    expect([sign, name]).toEqual([expect.stringMatching(/\p{Emoji}/u), expect.stringMatching(/\w/)]);
});

it("finds by the beginnings of names and of other words for them, in any order", () => {
  expect(signs("thank")).toEqual(["🙏"]);
  expect(signs("up thu")).toEqual(["👍"]);
  expect(signs("PILL")).toEqual(["💊"]);
  expect(signs("heart")).toEqual(["😍", "❤️", "💙", "💚"]);
});

it("finds nothing for what it does not have, and everything for signs that are no letters", () => {
  expect(signs("giraffe")).toEqual([]);
  expect(signs(" - ")).toEqual(signs(""));
});
