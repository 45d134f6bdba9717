import { describe, expect, it } from "vitest";
import { readingHint, spanishSyllables } from "./reading.ts";

const EASY =
  "Your lab test is back. It looks good. Take one pill each day with food. Call us if you feel sick. We will see you next week.";
const HARD =
  "Subsequent to comprehensive laboratory evaluation, we recommend discontinuation of the anticoagulation medication immediately preceding your scheduled interventional procedure, notwithstanding previous instructions.";
const EASY_SPANISH =
  "Su prueba ya está lista. Todo se ve bien. Tome una pastilla al día con la comida. Si se siente mal, llame a la clínica. Nos vemos el lunes.";
const HARD_SPANISH =
  "Posteriormente a la evaluación exhaustiva de los resultados hematológicos, recomendamos la interrupción inmediata del tratamiento anticoagulante administrado con anterioridad a la intervención programada.";

describe("a hint about reading", () => {
  it("is given of what is hard, with its grade", () => {
    expect(readingHint(HARD, "en")).toBe("This reads above grade 12. Shorter words and sentences help.");
    const middle =
      "Please remember to bring every medication bottle that you take at home. Include vitamins and anything you bought without a prescription. We will review them together.";
    expect(readingHint(middle, "en")).toBe("This reads at grade 8. Shorter words and sentences help.");
  });

  it("is not given of what is easy, or too short to say", () => {
    expect(readingHint(EASY, "en")).toBeNull();
    expect(readingHint("Discontinue anticoagulation medication immediately.", "en")).toBeNull();
    expect(readingHint("", "en")).toBeNull();
  });

  it("judges Spanish by Spanish rules, whatever the patient reads", () => {
    expect(readingHint(HARD_SPANISH, "en")).toBe("This is hard to read in Spanish. Shorter words and sentences help.");
    expect(readingHint(EASY_SPANISH, "es")).toBeNull();
    expect(readingHint(HARD, "es")).toContain("grade");
  });

  it("says nothing of a language it does not know", () => {
    expect(readingHint("نتائج ".repeat(40), "ar")).toBeNull();
  });

  it.each([
    ["clínica", 3],
    ["día", 2],
    ["que", 1],
    ["guitarra", 3],
    ["medicina", 4],
    ["ciudad", 2],
    ["muy", 1],
    ["leer", 2],
  ])("counts the syllables of %s", (word, count) => {
    expect(spanishSyllables(word)).toBe(count);
  });
});
