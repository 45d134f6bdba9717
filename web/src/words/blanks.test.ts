import { describe, expect, it } from "vitest";
import { around, blankAfter, blanksIn, sentenceOf } from "./blanks.ts";

const texts = (body: string) => blanksIn(body).map((each) => each.text);

describe("a blank", () => {
  it("is a name in brackets, in any script, or in braces", () => {
    expect(texts("At [time] with [the doctor’s name], {appointment}, [الوقت]")).toEqual([
      "[time]",
      "[the doctor’s name]",
      "{appointment}",
      "[الوقت]",
    ]);
  });

  it("is no number, no link and nothing over two lines", () => {
    expect(texts("See [1], [], [ ], [2026-11-28], {}, [a\nb], [x](https://x.example) is a [x")).toEqual(["[x]"]);
  });

  it("is the next one from where the writer is", () => {
    const body = "[day] at [time]";
    expect(blankAfter(body, 0)).toEqual({ at: 0, end: 5, text: "[day]" });
    expect(blankAfter(body, 5)?.text).toBe("[time]");
    expect(blankAfter(body, 15)).toBeUndefined();
  });

  it("is named, with how many more there are", () => {
    expect(sentenceOf(blanksIn("[day]"))).toBe("Fill in [day] before this goes, or take the brackets away.");
    expect(sentenceOf(blanksIn("[day] [time] [x]"))).toContain("Fill in [day] and 2 more before");
  });

  it("parts what stands around it", () => {
    expect(around("Come on [day], please")).toEqual(["Come on ", ", please"]);
  });
});
