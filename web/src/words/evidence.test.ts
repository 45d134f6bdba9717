import { describe, expect, it } from "vitest";
import type { EvidenceEvent, StepName } from "../../../realtime/client/wire.gen.ts";
import { eventWords, stepWords } from "./evidence.ts";

const event = (change: Partial<EvidenceEvent>): EvidenceEvent => ({
  name: "written",
  at: "2026-11-23T15:02:00Z",
  by: null,
  to: null,
  is_reminder: false,
  words: null,
  device: null,
  who: null,
  ...change,
});

describe("what happened", () => {
  it("names the way, the end of the number, the person and the device", () => {
    expect(eventWords(event({ name: "accepted", by: "text", to: "…42" }))).toBe("Notice by text to …42 accepted");
    expect(eventWords(event({ name: "delivered", by: "email", is_reminder: true }))).toBe(
      "Reminder by e-mail delivered",
    );
    expect(eventWords(event({ name: "viewed", who: "Ines", device: "Chrome on Android" }))).toBe(
      "Viewed by Ines with Chrome on Android",
    );
  });

  it("says why it did not arrive", () => {
    const failed = event({ name: "failed", by: "text", to: "…42", words: "the phone is off or out of reach" });
    expect(eventWords(failed)).toBe("Notice by text to …42 undelivered – the phone is off or out of reach");
  });

  it("says viewed of nothing but what was viewed", () => {
    const names: StepName[] = ["accepted", "delivered", "fetched", "pressed", "confirmed", "viewed"];
    const said = names.map((name) => stepWords({ name, at: null }, "secure_sms").name);
    expect(new Set(said).size).toBe(names.length);
    expect(said.filter((words) => /viewed|read\b/i.test(words))).toEqual(["Viewed"]);
  });

  it("says of a normal text that nobody knows whether it was read", () => {
    expect(stepWords({ name: "delivered", at: null }, "sms").means).toContain("Nobody can say");
  });
});
