import { beforeEach, describe, expect, it } from "vitest";
import type { Consent, Stop, WayOut } from "../../../realtime/client/wire.gen.ts";
import { patient } from "../state/samples.ts";
import { named } from "./guard.ts";
import { outage } from "./outages.ts";
import { agrees, consented, howToStart, stopped } from "./patients.ts";
import { privateWords } from "./private.ts";
import { sentenceOf, TASKS, tagOf } from "./tasks.ts";
import * as time from "./time.ts";
import { asSent, choicesFor, help, obstacle, otherWay, safeDefault, standsOn } from "./ways.ts";

const NOW = Date.parse("2026-11-23T18:00:00Z"); // Noon in Chicago.
const yes = { can: true, why: null };
const no = { can: false, why: "opted_out" };

beforeEach(() => time.useZone("America/Chicago"));

describe("an outage", () => {
  const way: WayOut = { by: "text", since: "2026-11-23T15:02:00Z", words: "the carrier does not answer", waiting: 14 };

  it("says since when, why and that nobody has to do anything", () => {
    expect(outage(way, NOW)?.replaceAll("\u202f", " ")).toBe(
      "Texts are waiting since 9:02 AM: the carrier does not answer. 14 of yours go out by themselves.",
    );
    expect(outage({ ...way, waiting: 1 }, NOW)).toContain("1 of yours goes out by itself.");
    expect(outage({ ...way, waiting: 0 }, NOW)).toContain("What you send goes out by itself");
  });

  it("is nothing to speak of while all is well", () => {
    expect(outage({ ...way, since: null }, NOW)).toBeNull();
  });
});

describe("a wish to stop", () => {
  const stop: Stop = { by: "text", number: "+13125550100", at: "2026-10-03T15:00:00Z", source: "keyword" };

  it("says how it was made and who can end it", () => {
    expect(stopped(stop, NOW)).toBe("Stopped texts Oct 3 by replying STOP.");
    expect(howToStart({ ...stop, source: "carrier" })).toContain("The carrier blocks this phone until they do.");
    expect(howToStart(stop)).not.toContain("carrier");
    expect(howToStart(stop)).toBe("Only they can start them again: text START to (312) 555-0100.");
    expect(howToStart({ ...stop, source: "staff" })).toContain("lift it here");
    expect(howToStart({ ...stop, by: "email", number: null, source: "mail" })).toContain("on their secure page");
  });
});

describe("the consent ledger", () => {
  const line = (change: Partial<Consent>): Consent => ({
    kind: "plain_sms",
    gives: true,
    at: "2026-10-03T15:00:00Z",
    by: "Nia Brooks",
    wording: "May we…",
    source: "spoken",
    scope: "",
    evidence: null,
    ...change,
  });

  it("names the witness, or none where the patient did it", () => {
    expect(consented(line({}), NOW)).toBe("Agreed to plain texts Oct 3, spoken, recorded by Nia Brooks.");
    expect(consented(line({ gives: false, by: null, source: "portal", kind: "email" }), NOW)).toBe(
      "Took back their word on e-mail notices Oct 3, on the secure page.",
    );
  });

  it("counts the newest line of each kind", () => {
    const lines = [line({}), line({ gives: false }), line({ kind: "email" })];
    expect(agrees(patient({ consents: lines }), "plain_sms")).toBe(false);
    expect(agrees(patient({ consents: lines }), "email")).toBe(true);
    expect(agrees(patient(), "email")).toBe(false);
  });
});

describe("the ways", () => {
  it("offer both only where both can", () => {
    expect(choicesFor(patient())).toContain("both");
    expect(choicesFor(patient({ ways: { sms: no, secure_sms: no, secure_email: yes } }))).not.toContain("both");
    expect(asSent("both")).toEqual({ via: "secure_sms", both: true });
    expect(asSent("sms")).toEqual({ via: "sms" });
  });

  it("know what else there is when one failed", () => {
    expect(otherWay(patient(), "text")).toBe("secure_email");
    expect(otherWay(patient({ ways: { sms: no, secure_sms: no, secure_email: yes } }), "email")).toBeNull();
    expect(safeDefault(patient({ ways: { sms: no, secure_sms: no, secure_email: yes } }))).toBe("secure_email");
  });

  it("change under the writer only to what is private and possible, and say so", () => {
    const stopped = patient({ ways: { sms: no, secure_sms: no, secure_email: yes } });
    expect(standsOn(stopped, "sms")).toEqual({
      choice: "secure_email",
      instead: { choice: "sms", why: "opted_out" },
    });
    expect(standsOn(stopped, "both")).toMatchObject({ choice: "secure_email", instead: { why: "opted_out" } });
    expect(standsOn(stopped, null)).toEqual({ choice: "secure_email", instead: null });
    expect(standsOn(patient(), "both")).toEqual({ choice: "both", instead: null });
    const unreachable = patient({ ways: { sms: no, secure_sms: no, secure_email: no } });
    expect(standsOn(unreachable, "sms")).toEqual({ choice: "sms", instead: null });
  });

  it("say what is in the way and what helps", () => {
    expect(obstacle("opted_out")).toBe("The patient stopped texts");
    expect(help("opted_out")).toContain("START");
    expect(help("something_new")).toBe("Choose another way, or call the patient");
  });
});

describe("the guard", () => {
  it("names what it found", () => {
    const suspect = named("Your biopsy, biopsy no. 2, of someone born 3/14/1985", patient());
    expect(privateWords(suspect)).toBe("This looks private: a date, the patient’s date of birth, “biopsy”");
    expect(privateWords([])).toBe("This looks private");
    expect(named("See you Tuesday at 10:30", patient())).toEqual([]);
  });
});

describe("tasks", () => {
  it("have one tag for a row, with how many more there are", () => {
    expect(tagOf([])).toBeNull();
    expect(tagOf([{ kind: "call_unread" }])).toBe("Call the patient");
    expect(tagOf([{ kind: "maybe_opt_out" }, { kind: "wrong_number" }])).toBe("May be an opt-out +1");
  });

  it("name what words may be about, without quoting them, as far as it is known", () => {
    expect(sentenceOf({ kind: "urgent", urgent: ["chest_pain", "breathing"] })).toBe(
      "These words may be urgent: chest pain, trouble breathing.",
    );
    expect(sentenceOf({ kind: "urgent", urgent: [] })).toBe("These words may be urgent.");
    expect(sentenceOf({ kind: "dead_contact" })).toBe(TASKS.dead_contact.words);
  });

  it("say of urgent words what is not looked for, and whom to call", () => {
    expect(TASKS.urgent.advice).toMatch(
      /^Flagged by words. It can miss urgent messages and flag harmless ones.*911.*988/,
    );
  });

  it("end as the server knows it", () => {
    const outcomes = Object.values(TASKS).map(({ acts }) => acts.map((act) => act.outcome));
    expect(outcomes).toEqual([
      ["called", "not_needed"],
      ["stop_texts", "keep_texts"],
      ["fixed", "right_number"],
      ["fixed", "not_needed"],
      ["unlocked", "not_needed"],
      ["kept", "ended"],
      ["fixed", "not_needed"],
      ["called", "not_urgent"],
    ]);
  });
});
