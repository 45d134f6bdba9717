import { describe, expect, it } from "vitest";
import type { WorkEvent } from "../../../realtime/client/wire.gen.ts";
import { colleague, event } from "../state/samples.ts";
import { lineOf } from "./events.ts";

const [sam, nia] = [colleague("sam", "Sam Okafor"), colleague("nia", "Nia Brooks")];

describe("a line of the timeline", () => {
  it("says who gave it to whom, and who that is to the reader", () => {
    expect(lineOf(event(1), "dana")).toBe("Sam Okafor assigned this to Nia Brooks");
    expect(lineOf(event(1), "sam")).toBe("You assigned this to Nia Brooks");
    expect(lineOf(event(1), "nia")).toBe("Sam Okafor assigned this to you");
    expect(lineOf(event(1, { by: nia }), "nia")).toBe("You took this on");
  });

  it("says until when it is snoozed, and why it is back", () => {
    const until = "2026-11-24T14:00:00Z";
    const zone = "America/Chicago";
    expect(lineOf(event(1, { kind: "snoozed", until }), "sam", zone)).toBe(
      "You snoozed this until Tue, Nov 24, 8:00 AM",
    );
    expect(lineOf(event(1, { kind: "snoozed", until, why: "reply" }), "sam", zone)).toBe(
      "You snoozed this until the patient replies, at the latest until Tue, Nov 24, 8:00 AM",
    );
    expect(lineOf(event(1, { kind: "woke" }), "dana")).toBe("Sam Okafor ended the snooze");
    expect(lineOf(event(1, { kind: "woke", by: null, why: "time" }), "dana")).toBe("The snooze is over");
    expect(lineOf(event(1, { kind: "woke", by: null, why: "patient_wrote" }), "dana")).toBe(
      "The snooze ended, as the patient wrote",
    );
  });

  it("says why it was done though the patient waited", () => {
    const done = (why: string | null, words: string | null = null) =>
      lineOf(event(1, { kind: "done", why, words }), "x");
    expect(done(null)).toBe("Sam Okafor marked this done");
    expect(done("by_phone")).toBe("Sam Okafor marked this done: answered by phone");
    expect(done("not_needed", "said thanks")).toBe("Sam Okafor marked this done: no answer needed, “said thanks”");
    expect(done("other", "She came by")).toBe("Sam Okafor marked this done: “She came by”");
  });

  it("says who opened it again, or that a message did not arrive", () => {
    expect(lineOf(event(1, { kind: "reopened" }), "dana")).toBe("Sam Okafor reopened this");
    expect(lineOf(event(1, { kind: "reopened", by: null, why: "undelivered" }), "dana")).toBe(
      "Open again, as a message did not arrive",
    );
  });

  it("says who gave it priority, or that its words did", () => {
    expect(lineOf(event(1, { kind: "marked" }), "dana")).toBe("Sam Okafor marked this as priority");
    expect(lineOf(event(1, { kind: "marked", by: null, why: "urgent_words" }), "dana")).toBe(
      "Words that may be urgent gave this priority",
    );
    const unmarked = event(1, { kind: "unmarked", why: "not_urgent" });
    expect(lineOf(unmarked, "dana")).toBe("Sam Okafor found nothing urgent and took the priority off");
  });

  it("says what the patient wishes and agrees to, and how we know", () => {
    const said = (kind: WorkEvent["kind"], why: string, by: WorkEvent["by"] = null) =>
      lineOf(event(1, { kind, why, by }), "nia");
    expect(said("texts_off", "keyword")).toBe("Texts stopped: asked for by text");
    expect(said("texts_off", "carrier")).toBe("Texts stopped: the carrier was asked");
    expect(said("texts_on", "staff", sam)).toBe("Texts go again, noted by Sam Okafor");
    expect(said("mails_off", "mail")).toBe("Mails stopped: asked for by mail");
    expect(said("mails_on", "portal")).toBe("Mails go again: chosen on the messages page");
    expect(said("agreed", "plain_sms", nia)).toBe("Consent to plain texts given, noted by you");
    expect(said("withdrew", "email")).toBe("Consent to e-mail withdrawn on the messages page");
  });

  it("says whose contact was changed, and who could not prove who they are", () => {
    const said = (kind: WorkEvent["kind"], why: string | null = null) => lineOf(event(1, { kind, why }), "sam");
    expect(said("contact", "phone")).toBe("You changed the phone number on file");
    expect(said("contact", "email")).toBe("You changed the e-mail address on file");
    expect(said("unproven")).toBe("Somebody with the link could not prove to be the patient");
    expect(said("locked")).toBe("Too many wrong tries to prove who reads: a pause began");
    expect(said("unlocked")).toBe("You let the patient try again");
  });

  it("says who let it go, or lost it", () => {
    expect(lineOf(event(1, { kind: "released", to: sam }), "dana")).toBe("Sam Okafor gave this back to the team");
    expect(lineOf(event(1, { kind: "released" }), "nia")).toBe("Sam Okafor took this from you");
    expect(lineOf(event(1, { kind: "released", by: null }), "dana")).toBe(
      "Nia Brooks left the team, so this is nobody’s now",
    );
  });
});
