import { describe, expect, it } from "vitest";
import type { SavedReply } from "../../../realtime/client/wire.gen.ts";
import { askingAt, matching, offer, ofTeam, privateIn, put, type Values } from "./replies.ts";

const values: Values = {
  "patient first name": "Maria",
  "my name": "Nia Brooks",
  "clinic name": "Sunrise",
  "clinic phone": "(312) 555-0134",
};

function reply(shortcut: string, change: Partial<SavedReply> = {}): SavedReply {
  const bodies = { en: `Hello {patient first name}, about ${shortcut}. {my name}` };
  return { id: shortcut, title: "Form is ready", shortcut, bodies, content: "private", team: null, ...change };
}

describe("what is asked for", () => {
  const at = (text: string) => askingAt(text, text.length);

  it("begins with ; at the beginning of a word", () => {
    expect(at(";")).toEqual({ at: 0, typed: "" });
    expect(at("Hello\n;fo")).toEqual({ at: 6, typed: "fo" });
    expect(at("(;fax-n")).toEqual({ at: 1, typed: "fax-n" });
  });

  it("is nothing after a semicolon as people write it", () => {
    for (const text of ["", "first;", "first; then", "; then", ";form "]) expect(at(text)).toBeNull();
    expect(askingAt(";form", 0)).toBeNull();
  });
});

describe("the list", () => {
  const all = [
    reply("parking", { title: "Where to park" }),
    reply("form", { title: "Your résumé" }),
    reply("refill", { title: "Form for a refill", team: "billing" }),
  ];

  it("has what the shortcut begins with first, then words of the title, however they are accented", () => {
    expect(matching(all, "fo").map((each) => each.id)).toEqual(["form", "refill"]);
    expect(matching(all, "RESU").map((each) => each.id)).toEqual(["form"]);
    expect(matching(all, "")).toHaveLength(3);
    expect(matching(all, "x")).toEqual([]);
  });

  it("has those of the clinic and of the team", () => {
    expect(ofTeam(all, "front").map((each) => each.id)).toEqual(["parking", "form"]);
    expect(ofTeam(all, "billing")).toHaveLength(3);
  });
});

describe("a reply for one patient", () => {
  const spanish = reply("form", { bodies: { en: "Hello", es: "Hola {patient first name}" } });

  it("is in their language, or in English with a hint", () => {
    expect(offer(spanish, "es", values)).toMatchObject({ text: "Hola Maria", hint: null, obstacle: null });
    expect(offer(spanish, "ar", values)).toMatchObject({ text: "Hello", hint: "No Arabic text" });
    expect(offer(reply("form"), "es", values)).toMatchObject({ hint: "No Spanish text" });
  });

  it("has everything filled in, once", () => {
    const whole = reply("all", { bodies: { en: "{patient first name} {my name} {clinic name} {clinic phone}" } });
    expect(offer(whole, "en", values).text).toBe("Maria Nia Brooks Sunrise (312) 555-0134");
    const odd = { ...values, "patient first name": "{my name}" };
    expect(offer(reply("form"), "en", odd).text).toBe("Hello {my name}, about form. Nia Brooks");
  });

  it("is not to be had where something is not on file, unless its words need it not", () => {
    const nameless = { ...values, "patient first name": "" };
    expect(offer(spanish, "es", nameless).obstacle).toBe("The patient’s first name is not on file");
    expect(offer(spanish, "en", nameless).obstacle).toBeNull();
  });

  it("leaves a blank where nothing is known of it, and the writer on the first one", () => {
    const visit = reply("visit", { bodies: { en: "See you on {appointment} at [place], {patient first name}" } });
    const { text, obstacle } = offer(visit, "en", values);
    expect(text).toBe("See you on [appointment] at [place], Maria");
    expect(obstacle).toBeNull();
    expect(put("Hi ;vis", { at: 3, typed: "vis" }, text)).toMatchObject({ caret: 14, end: 27 });
  });

  it("stands in place of what was typed", () => {
    expect(put("Dear ;fo, bye", { at: 5, typed: "fo" }, "Hello")).toEqual({ body: "Dear Hello, bye", caret: 10 });
  });
});

describe("a private reply in a plain text", () => {
  const form = reply("form", {
    bodies: { en: "Hello {patient first name}, it is here", es: "Hola {my name}, ya está" },
  });

  it("is found in whatever language and wherever it stands", () => {
    expect(privateIn("PS: Hello Maria, it is here!", [form], values)).toBe(form);
    expect(privateIn("Hola Nia Brooks, ya está", [form], values)).toBe(form);
  });

  it("is found whatever its blanks were filled with", () => {
    const results = reply("results", { bodies: { en: "Your results of [day] are here, please call {clinic phone}" } });
    expect(privateIn("Your results of Monday are here, please call (312) 555-0134", [results], values)).toBe(results);
    expect(privateIn("Your parcels of Monday are here, please call", [results], values)).toBeNull();
  });

  it("is not found in other words, in words that anybody says, or where it may be plain", () => {
    expect(privateIn("Hello Maria", [form], values)).toBeNull();
    expect(privateIn("Thank you", [reply("t", { bodies: { en: "Thank you" } })], values)).toBeNull();
    expect(privateIn("Hello Maria, it is here", [{ ...form, content: "may_be_plain" }], values)).toBeNull();
  });
});
