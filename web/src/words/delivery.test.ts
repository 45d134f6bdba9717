import { beforeEach, describe, expect, it } from "vitest";
import type { Delivery, Message } from "../../../realtime/client/wire.gen.ts";
import { message } from "../state/samples.ts";
import { hasLeft, lines, undoLeft } from "./delivery.ts";
import * as time from "./time.ts";
import { carriedBy, choiceOfMessage } from "./ways.ts";

const NOW = Date.parse("2026-11-25T18:00:00Z"); // Wednesday noon in Chicago.

beforeEach(() => time.useZone("America/Chicago"));

let made = 0;

function delivery(change: Partial<Delivery> = {}): Delivery {
  made += 1;
  return {
    id: `d${made}`,
    by: "text",
    purpose: "first",
    state: "delivered",
    reason: null,
    words: null,
    next: null,
    at: "2026-11-25T15:02:00Z",
    due_at: null,
    can_retry: false,
    ...change,
  };
}

function sent(deliveries: Delivery[], change: Partial<Message> = {}): Message {
  const from = { kind: "staff", id: "dana", name: "Dana", initials: "D" } as const;
  return message(1, { from, via: "secure_sms", delivery: deliveries.at(-1) ?? null, deliveries, ...change });
}

const said = (...deliveries: Delivery[]) =>
  lines(sent(deliveries), NOW).map((line) => line.words.replaceAll("\u202f", " "));

describe("the lines under a message", () => {
  it("name no carrier while there is only one", () => {
    expect(said(delivery())).toEqual(["Notice delivered"]);
  });

  it("give each of two carriers its own word", () => {
    const failed = delivery({ by: "email", state: "failed", words: "there is no such mailbox" });
    expect(said(delivery(), failed)).toEqual([
      "Text: notice delivered",
      "E-mail: undelivered – there is no such mailbox",
    ]);
  });

  it("show only the newest try of a carrier", () => {
    expect(said(delivery({ state: "failed" }), delivery({ purpose: "retry", state: "sent" }))).toEqual(["Notice sent"]);
  });

  it("say when the patient was reminded, beside what became of the first notice", () => {
    const reminder = delivery({ purpose: "reminder", at: "2026-11-24T15:02:00Z" });
    const earlier = delivery({ purpose: "reminder", at: "2026-11-22T15:02:00Z" });
    expect(said(delivery(), earlier, reminder)).toEqual([
      "Notice delivered",
      "Reminded Sun 9:02 AM",
      "Reminded yesterday 9:02 AM",
    ]);
  });

  it("say when something held goes out, and why", () => {
    const night = delivery({ state: "waiting", reason: "quiet_hours", words: "night", due_at: "2026-11-26T14:00:00Z" });
    expect(said(night)).toEqual(["Goes out Thu at 8:00 AM, when the patient’s quiet hours end"]);
    const asked = delivery({ state: "waiting", reason: "recheck", words: "we asked the phone" });
    expect(said(asked)).toEqual(["Waiting – we asked the phone"]);
    expect(said(delivery({ state: "waiting" }))).toEqual(["Waiting to go out"]);
  });
});

describe("undo", () => {
  const until = "2026-11-25T18:00:04Z";

  it("is open as long as the server says, and never for what was taken back", () => {
    const held = sent([delivery({ state: "waiting", reason: "undo" })], { undo_until: until });
    expect(undoLeft(held, NOW, 5)).toBe(4000);
    expect(undoLeft(held, NOW + 5000, 5)).toBe(0);
    expect(undoLeft({ ...held, recalled: { at: until, by: "Dana" } }, NOW, 5)).toBe(0);
  });

  it("is as long where a message rides on a notice that left before it, until the patient has read it", () => {
    const riding = { ...sent([delivery({ state: "delivered" })]), at: new Date(NOW - 2000).toISOString() };
    expect(undoLeft({ ...riding, can_recall: true }, NOW, 5)).toBe(3000);
    expect(undoLeft({ ...riding, can_recall: true }, NOW + 3000, 5)).toBe(0);
    expect(undoLeft({ ...riding, can_recall: false }, NOW, 5)).toBe(0);
  });

  it("knows whether a text without a message behind it is possible", () => {
    expect(hasLeft(sent([delivery({ state: "waiting" }), delivery({ state: "cancelled" })]))).toBe(false);
    expect(hasLeft(sent([delivery({ state: "waiting" }), delivery({ state: "sent" })]))).toBe(true);
  });

  it("gives back the way that was chosen", () => {
    expect(choiceOfMessage(sent([delivery(), delivery({ by: "email" })]))).toBe("both");
    expect(choiceOfMessage(sent([delivery(), delivery({ by: "email", purpose: "other_way" })]))).toBe("secure_sms");
    expect(choiceOfMessage(sent([delivery()], { via: "sms" }))).toBe("sms");
  });
});

describe("what carried a message", () => {
  it("says of a patient's text that nothing protected it", () => {
    expect(carriedBy(message(1, { via: "sms", unencrypted: true }))).toBe("Sent unencrypted by text");
    expect(carriedBy(message(1, { via: "email", unencrypted: true }))).toBe("Sent unencrypted by e-mail");
    expect(carriedBy(message(1))).toBe("Secure page");
  });
});
