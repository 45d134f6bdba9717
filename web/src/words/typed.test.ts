import { describe, expect, it } from "vitest";
import { anyDoubt, emailDoubt, phoneDoubt } from "./typed.ts";

describe("a phone number", () => {
  it.each(["", "312 555 0142", "(312) 555-0142", "+1 312 555 0142", "1-312-555-0142"])("“%s” is right", (typed) => {
    expect(phoneDoubt(typed)).toBeNull();
  });

  it.each([
    ["555 0142", "it has 7 of ten digits"],
    ["1 312 555", "it has 6 of ten digits"],
    ["312 555 01423", "too long"],
    ["312-CALL-NOW", "no letters"],
    ["312 555 0142 x17", "extension"],
    ["+52 55 1234 5678", "another country"],
    ["+52 55", "too short for another country"],
    ["012 555 0142", "area code"],
  ])("“%s” is explained: %s", (typed, words) => {
    expect(phoneDoubt(typed)?.words).toContain(words);
  });
});

describe("an e-mail address", () => {
  it.each(["", "ana@gmail.com", "ana@mail.com", "ana@ymail.com", "ana@clinic.example", "a.b+c@uic.edu"])(
    "“%s” is right",
    (typed) => {
      expect(emailDoubt(typed)).toBeNull();
    },
  );

  it.each([
    ["ana@gmial.com", "ana@gmail.com"],
    ["ana@gmai.com", "ana@gmail.com"],
    ["ana@gmaill.com", "ana@gmail.com"],
    ["ana@gmail.con", "ana@gmail.com"],
    ["ana@hotmial.com", "ana@hotmail.com"],
    ["ana@yaho.com", "ana@yahoo.com"],
    ["Ana@Outlok.com", "Ana@outlook.com"],
    ["ana@clinic.con", "ana@clinic.com"],
  ])("“%s” is offered as %s", (typed, meant) => {
    expect(emailDoubt(typed)?.instead).toBe(meant);
  });

  it.each([
    ["ana", "one @"],
    ["a@b@c.com", "one @"],
    ["ana maria@gmail.com", "no spaces"],
    ["@gmail.com", "before the @"],
    ["ana@gmail", "not complete"],
    ["ana@", "not complete"],
  ])("“%s” is explained: %s", (typed, words) => {
    expect(emailDoubt(typed)?.words).toContain(words);
  });
});

it("in the one box, names, ends of numbers and birth dates are no phone numbers", () => {
  for (const typed of ["Ana", "0142", "555 0142", "M-1001", "3/14/1985", "1985-03-14", "312 555 0142"]) {
    expect(anyDoubt(typed)).toBeNull();
  }
  expect(anyDoubt("312 555 01423")?.words).toContain("too long");
  expect(anyDoubt("+52 55")?.words).toContain("too short");
  expect(anyDoubt("ana@gmial.com")?.instead).toBe("ana@gmail.com");
});
