import { beforeEach, describe, expect, it } from "vitest";
import { patient, row } from "../state/samples.ts";
import { rowStanding, standing } from "./delivery.ts";
import { looksPrivate } from "./guard.ts";
import { phone } from "./phone.ts";
import * as time from "./time.ts";
import { contactHint, isChoosable, safeDefault } from "./ways.ts";

const NOW = Date.parse("2026-11-23T18:00:00Z"); // Noon in Chicago.

beforeEach(() => time.useZone("America/Chicago"));

describe("time words", () => {
  it.each([
    ["2026-11-23T17:59:30Z", "now"],
    ["2026-11-23T17:48:00Z", "12 min"],
    ["2026-11-23T15:00:00Z", "3 h"],
    ["2026-11-21T15:00:00Z", "2 d"],
  ])("waiting since %s is %s", (since, words) => {
    expect(time.lasted(since, NOW)).toBe(words);
  });

  it.each([
    ["2026-11-23T15:02:00Z", "9:02 AM"],
    ["2026-11-23T05:30:00Z", "Yesterday"],
    ["2026-11-20T15:00:00Z", "Fri"],
    ["2026-10-03T15:00:00Z", "Oct 3"],
    ["2025-10-03T15:00:00Z", "Oct 3, 2025"],
  ])("%s is %s in the clinic's zone", (at, words) => {
    expect(time.when(at, NOW).replaceAll("\u202f", " ")).toBe(words);
  });

  it("what came late says when it was sent, with the days where they differ", () => {
    const late = (sent: string, came: string) => time.late(sent, came, NOW).replaceAll("\u202f", " ");
    expect(late("2026-11-23T15:02:00Z", "2026-11-23T15:14:00Z")).toBe("Sent 9:02 AM, arrived 9:14 AM");
    expect(late("2026-11-23T05:30:00Z", "2026-11-23T15:14:00Z")).toBe(
      "Sent yesterday at 11:30 PM, arrived today at 9:14 AM",
    );
  });

  it("an hour before midnight in the clinic is still its day", () => {
    expect(time.day("2026-11-23T05:30:00Z", NOW)).toBe("Yesterday");
    expect(time.isSameDay("2026-11-23T05:30:00Z", "2026-11-23T06:30:00Z")).toBe(false);
  });

  it("an age counts from the birthday", () => {
    expect(time.age("1985-11-23", NOW)).toBe(41);
    expect(time.age("1985-11-24", NOW)).toBe(40);
    expect(time.birthday("1985-03-14")).toBe("03/14/1985");
  });
});

describe("delivery words", () => {
  const said = { reason: null, words: null, next: null, due_at: null } as const;
  const sent = { id: "d", by: "text", purpose: "first", at: "2026-11-23T15:00:00Z", can_retry: false } as const;
  const delivery = { ...sent, ...said, state: "delivered" } as const;

  it("say of a private message that only the notice arrived", () => {
    expect(standing(delivery, "secure_sms", NOW).words).toBe("Notice delivered");
    expect(standing(delivery, "sms", NOW).words).toBe("Delivered");
  });

  it("give the reason in the server's words", () => {
    const failed = { ...delivery, state: "failed", reason: "unroutable", words: "it may be a landline" } as const;
    expect(standing(failed, "sms", NOW).words).toBe("Undelivered – it may be a landline");
    expect(standing({ ...failed, words: null }, "sms", NOW).words).toBe("Undelivered");
  });

  it("never say that a plain text was viewed or not read", () => {
    const last = {
      number: 1,
      from: "staff",
      who: "Nia",
      via: "sms",
      preview: "",
      at: "2026-11-01T15:00:00Z",
      delivery: "delivered",
      viewed_at: null,
    } as const;
    expect(rowStanding(row("a", { last }), NOW)?.words).toBe("Delivered");
    expect(rowStanding(row("a", { last: { ...last, via: "secure_sms" } }), NOW)?.words).toBe("Not read after 2 days");
  });

  it("say that something was not read, although what came after it was", () => {
    const at = "2026-11-22T15:00:00Z";
    const sent = { number: 2, from: "staff", who: "Nia", via: "secure_sms", preview: "", at } as const;
    const last = { ...sent, delivery: "delivered", viewed_at: at, proxy: null, viewed_by: null } as const;
    const marked = row("a", { last, not_read_since: "2026-11-20T15:00:00Z" });
    expect(rowStanding(marked, NOW)?.words).toBe("Not read after 2 days");
    expect(rowStanding({ ...marked, not_read_since: null }, NOW)?.tone).toBe("good");
  });

  it("say whose view it was where the patient has not viewed it, and do not call that good", () => {
    const at = "2026-11-22T15:00:00Z";
    const sent = { number: 1, from: "staff", who: "Nia", via: "secure_sms", preview: "", at } as const;
    const last = { ...sent, delivery: "delivered", viewed_at: at, proxy: null, viewed_by: null } as const;
    const rosa = { ...last, viewed_by: "Rosa Vega (mother of Tomás)" };
    expect(rowStanding(row("a", { last }), NOW)).toEqual({ words: "Viewed yesterday", tone: "good" });
    const words = "Viewed yesterday by Rosa Vega (mother of Tomás)";
    expect(rowStanding(row("a", { last: rosa }), NOW)).toEqual({ words, tone: "quiet" });
  });
});

describe("the composer's way", () => {
  const no = { can: false, why: "no_phone" };
  const yes = { can: true, why: null };

  it("is private, and never plain", () => {
    expect(safeDefault(patient())).toBe("secure_sms");
    expect(safeDefault(patient({ ways: { sms: yes, secure_sms: no, secure_email: no } }))).toBe("secure_sms");
  });

  it("is e-mail when that is preferred or the only private way", () => {
    expect(safeDefault(patient({ prefers: "email" }))).toBe("secure_email");
    expect(safeDefault(patient({ ways: { sms: no, secure_sms: no, secure_email: yes } }))).toBe("secure_email");
  });

  it("may be plain without a consent only because choosing it asks for one", () => {
    expect(isChoosable(patient(), "sms")).toBe(true);
    expect(
      isChoosable(
        patient({ ways: { sms: { can: false, why: "opted_out" }, secure_sms: yes, secure_email: yes } }),
        "sms",
      ),
    ).toBe(false);
  });

  it("shows which contact without showing all of it", () => {
    expect(contactHint(patient(), "sms")).toBe("··42");
    expect(contactHint(patient(), "secure_email")).toBe("ma…@example.org");
    expect(phone("+13125550142")).toBe("(312) 555-0142");
  });
});

describe("the guard", () => {
  it.each(["Your biopsy results are in", "DOB 03/14/1985", "take 20 mg"])("takes %j for private", (text) => {
    expect(looksPrivate(text)).toBe(true);
  });

  it.each(["See you Tuesday at 10:30", "Please call us", "Your form is ready"])("lets %j be", (text) => {
    expect(looksPrivate(text)).toBe(false);
  });
});
