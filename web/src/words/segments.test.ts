import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cost, nameOf, plainer, plainFor } from "./segments.ts";

interface Golden {
  text: string;
  times: number;
  segments: number;
  costly: string | null;
}

const GOLDEN: Golden[] = JSON.parse(
  readFileSync(new URL("../../../tests/wire/segments.json", import.meta.url), "utf8"),
);

describe("the cost of a plain text", () => {
  it.each(GOLDEN)("$text, $times times, as the server counts it", ({ text, times, segments, costly }) => {
    expect(cost(text.repeat(times))).toEqual({ segments, costly });
  });

  it("is nothing for nothing", () => {
    expect(cost("")).toEqual({ segments: 0, costly: null });
  });
});

describe("a costly character", () => {
  it("has a plain one where both mean the same", () => {
    const typed = "It’s “fine” – see you…\u00a0now\u200b";
    expect(plainer(typed)).toBe('It\'s "fine" - see you... now');
    expect(cost(plainer(typed)).costly).toBeNull();
  });

  it("keeps its accent: that is another letter", () => {
    expect(plainFor("á")).toBeNull();
    expect(plainer("Mañana, ¿está bien?")).toBe("Mañana, ¿está bien?");
  });

  it("stays where it holds an emoji together", () => {
    expect(plainer("👩\u200d⚕️ a\u200db")).toBe("👩\u200d⚕️ ab");
  });

  it("is named even if nobody can see it", () => {
    expect(nameOf("’")).toBe("“’”");
    expect(nameOf("\u00a0")).toBe("a no-break space");
    expect(nameOf("\u2003")).toBe("a special space");
  });
});
