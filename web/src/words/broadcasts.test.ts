import { expect, it } from "vitest";
import type { Broadcast, Detail } from "../broadcasts.ts";
import { costs, leftOut, pace, reach, sum, takes } from "./broadcasts.ts";

const one = (said: Partial<Broadcast>) =>
  ({ total: 0, waiting: 0, posted: 0, left_out: 0, failed: 0, stopped: 0, ...said }) as Broadcast;

it("says whom it reaches, and who is left out with the most frequent reason first", () => {
  expect(reach(one({ waiting: 1 }))).toBe("Will reach 1 patient.");
  expect(
    leftOut([
      { state: "left_out", why: "no_phone", words: "no phone number is on file", many: 9 },
      { state: "waiting", why: null, words: null, many: 812 },
      { state: "left_out", why: "opted_out", words: "the patient stopped texts", many: 31 },
    ]),
  ).toEqual(["31: the patient stopped texts", "9: no phone number is on file"]);
});

it("always adds up", () => {
  expect(sum(one({ total: 61, posted: 40, waiting: 10, left_out: 8, failed: 1, stopped: 2 }))).toBe(
    "61 patients = 40 written to + 10 queued + 8 left out + 1 failed + 2 stopped",
  );
});

it("says what the carrier makes of it and who reads another language", () => {
  const check = { segments: 24, fallback: 1, shared: 2, vias: { sms: 12 }, languages: { en: 10, es: 2 }, cents: 812 };
  expect(costs({ broadcast: one({ waiting: 12 }), check } as Detail)).toEqual([
    "12 by plain text.",
    "24 text segments in all (2 segments each), about $8.12.",
    "Words: English 10, Spanish 2.",
    "1 patient who reads another language will get the English words.",
    "2 share a phone: each still gets a message of their own.",
  ]);
});

it("says how long a pace takes", () => {
  expect([pace(null), pace(60)]).toEqual(["As fast as the number can send", "60 patients an hour"]);
  expect([takes(30, null), takes(30, 60), takes(1, 300), takes(300, 60)]).toEqual([
    "",
    "about 30 minutes",
    "about 1 minute",
    "about 5 hours",
  ]);
});
