import { describe, expect, it } from "vitest";
import golden from "../../../tests/wire/private.json";
import { found, looksPrivate } from "./guard.ts";

const cases = golden.cases as [string, string[]][];

describe("the guard", () => {
  it.each(cases)("finds in %j: %j", (text, codes) => {
    expect(found(text, golden.own, undefined, new Date(golden.today))).toEqual(codes);
  });

  it.each(golden.clinic_cases as [string, string[]][])(
    "finds in %j at a clinic with words of its own: %j",
    (text, codes) => {
      expect(found(text, undefined, golden.clinic)).toEqual(codes);
    },
  );

  it("knows nothing of a patient without data", () => {
    expect(found("Hello M-1001", { date_of_birth: null, mrn: null })).toEqual([]);
    expect(looksPrivate("See you at 12", { date_of_birth: null, mrn: "12" })).toBe(false);
  });

  it("reads a long text in no time", () => {
    expect(found("a-".repeat(500), golden.own)).toEqual([]);
  });
});
