// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { message } from "../state/samples.ts";
import { caption } from "./bubble.tsx";
import { small } from "./pictures.tsx";

const file = {
  id: "f",
  state: "kept",
  words: null,
  media_type: "image/jpeg",
  size: 9,
  width: 9,
  height: 9,
  name: null,
  kind: "picture",
  pages: null,
  viewed_at: null,
} as const;

describe("a picture", () => {
  it("keeps its place in its own shape, and is never made larger", () => {
    expect(small(3000, 1500)).toEqual({ width: 220, height: 110 });
    expect(small(100, 50)).toEqual({ width: 100, height: 50 });
    expect(small(10_000, 3)).toEqual({ width: 220, height: 1 });
    expect(small(null, null)).toEqual({ width: 220, height: 220 });
  });

  it("takes the place of the words that stood for it", () => {
    expect(caption(message(1, { body: "[picture]\nHere it is", files: [file] }))).toBe("Here it is");
    expect(caption(message(1, { body: "[picture]", files: [file] }))).toBe("");
    expect(caption(message(1, { body: "[picture]" }))).toBe("[picture]");
  });
});
