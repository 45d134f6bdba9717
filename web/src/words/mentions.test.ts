import { describe, expect, it } from "vitest";
import type { Colleague } from "../../../realtime/client/wire.gen.ts";
import { askingAt, called, cut, matching, put } from "./mentions.ts";

const of = (id: string, name: string): Colleague => ({ id, name, initials: name.slice(0, 1) });
const TEAM = [of("1", "Ana Ruiz"), of("2", "Ana Ruiz-Soto"), of("3", "José Peña"), of("4", "Sam Okafor")];
const names = (found: readonly Colleague[]) => found.map((each) => each.id);

describe("after @", () => {
  it("a name is asked for, with its blank, wherever a word can begin", () => {
    expect(askingAt("@", 1)).toEqual({ at: 0, typed: "" });
    expect(askingAt("ask @Sam Ok", 11)).toEqual({ at: 4, typed: "Sam Ok" });
    expect(askingAt("(@jo", 4)).toEqual({ at: 1, typed: "jo" });
    expect(askingAt("sam@example.org", 11)).toBeNull();
    expect(askingAt("@Sam about this", 15)).toBeNull();
    expect(askingAt("ask @Sam then", 8)).toEqual({ at: 4, typed: "Sam" });
  });

  it("every part of a name counts, with or without its accents", () => {
    expect(names(matching(TEAM, "pen"))).toEqual(["3"]);
    expect(names(matching(TEAM, "ana"))).toEqual(["1", "2"]);
    expect(names(matching(TEAM, "Sam Ok"))).toEqual(["4"]);
    expect(names(matching(TEAM, ""))).toHaveLength(4);
  });

  it("the name takes the place of what was typed", () => {
    expect(put("ask @sa then", { at: 4, typed: "sa" }, of("4", "Sam Okafor"))).toEqual({
      body: "ask @Sam Okafor then",
      caret: 15,
    });
    expect(put("@", { at: 0, typed: "" }, of("4", "Sam Okafor")).body).toBe("@Sam Okafor ");
  });
});

describe("who is called", () => {
  const nobody = new Set<string>();

  it("is whose whole name stands after an @, and nobody whose name only begins so", () => {
    expect(names(called("@Ana Ruiz-Soto and @Sam Okafor.", TEAM, nobody))).toEqual(["2", "4"]);
    expect(names(called("@Sam Okafors, Sam Okafor, x@Sam Okafor", TEAM, nobody))).toEqual([]);
    expect(names(called("@José Peña! @José Peña?", TEAM, nobody))).toEqual(["3"]);
  });

  it("is the one who was chosen, where two have the same name", () => {
    const twins = [of("5", "Kim Lee"), of("6", "Kim Lee")];
    expect(names(called("@Kim Lee", twins, new Set(["6"])))).toEqual(["6"]);
    expect(names(called("@Kim Lee", twins, nobody))).toEqual(["5", "6"]);
  });

  it("is cut out of the words", () => {
    expect(cut("ask @Sam Okafor now", ["Sam Okafor"])).toEqual(["ask ", "@Sam Okafor", " now"]);
    expect(cut("ask (now)", [])).toEqual(["ask (now)"]);
    expect(cut("@A.B (C)", ["A.B (C)"])).toEqual(["", "@A.B (C)", ""]);
  });
});
