// @vitest-environment happy-dom

/** What happens on a screen when something is written, carried or viewed elsewhere: where it is open, elsewhere, and spoken. */

import { describe, expect, it } from "vitest";
import * as badges from "./badge.ts";
import * as bell from "./bell.ts";
import * as clock from "./clock.ts";
import {
  a,
  b,
  byNia,
  fact,
  find,
  happens,
  next,
  ofRow,
  open,
  ours,
  said,
  server,
  setUp,
  shows,
  spoken,
  text,
  waits,
} from "./live-stage.tsx";
import { settled } from "./stage.ts";
import { colleague, message, posted, row } from "./state/samples.ts";
import * as store from "./store.ts";

setUp();

describe("a patient's message", () => {
  it("stands in the open conversation, ends their writing, and is read out", async () => {
    await open();
    await shows("typing", { kind: "patient", id: "patient of a", name: "Maria Garcia" });
    expect(text(".typing")).toContain("Maria is writing");

    await happens(posted(101, next(a(), waits), [message(3, { body: "Is food OK?" })]));

    expect(text(".timeline")).toContain("Is food OK?");
    expect(find(".typing")).toBeNull();
    await spoken("New message from Maria Garcia: Is food OK?");
  });

  it("elsewhere changes the row, the counts, the title and the icon, rings once, and is spoken of without a name", async () => {
    await open();
    const last = { ...message(1), from: "patient", who: "Earl Jones", preview: "My knee hurts" };
    await happens(posted(101, next(b(), { ...waits, last: last as never }), [message(9, { conversation: "b" })]));

    expect(ofRow("b")).toContain("My knee hurts");
    expect(text('nav[aria-label="Views"] li:first-child .count')).toBe("1");
    expect(document.title).toBe("(1) Front desk");
    expect(document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href).toContain("/dot.svg");
    expect(bell.ring).toHaveBeenCalledExactlyOnceWith("New message in Front desk", false);
    await spoken("1 new message in Front desk");
    expect(said()).not.toContain("Earl");
  });

  it("is not counted in the title of who counts what is theirs alone, until it is given to them", async () => {
    await open();
    badges.choose("Mine");
    await happens(posted(101, next(b(), waits), [message(9, { conversation: "b" })]));
    expect(document.title).toBe("Front desk");
    const mine = next(next(b(), waits), { assignee: colleague("dana", "Dana Reyes") });
    await happens(fact("conversation.changed", { row: mine, events: [] }));
    expect(document.title).toBe("(1) Front desk");
    badges.choose("My teams");
  });

  it("moves no row under the pointer: what is new waits behind a line", async () => {
    server.rows = [row("a", waits)];
    await open("needs_reply");
    find(".rows, .list")?.dispatchEvent(new Event("pointerenter", { bubbles: true }));
    store.held.value = true;

    await happens(posted(101, row("b", { ...waits, rev: 9 }), [message(9, { conversation: "b" })]));

    expect(find('[data-id="b"]')).toBeNull();
    expect(text(".list")).toContain("1 new");
    store.held.value = false;
  });
});

describe("a colleague's reply", () => {
  it("stands under their name, is told to whoever is writing, and is spoken", async () => {
    await open();
    store.keepDraft("a", { body: "Let me ask", via: null });
    const now = new Date(clock.serverNow()).toISOString();

    await happens(posted(101, next(a()), [message(3, { from: byNia, body: "Food is fine", at: now })]));

    expect(text(".timeline")).toContain("Food is fine");
    expect(text("form")).toContain("Nia Brooks replied just now");
    await spoken("Nia Brooks replied");
  });

  it("takes the row out of what needs a reply", async () => {
    server.rows = [row("a"), row("b", waits)];
    await open("needs_reply");
    expect(ofRow("b")).not.toBe("");

    await happens(
      posted(101, next(b(), { needs_reply_since: null }), [message(9, { conversation: "b", from: byNia })]),
    );

    expect(ofRow("b")).toBe("");
    expect(bell.ring).not.toHaveBeenCalled();
  });
});

describe("how far a message came", () => {
  const delivery = {
    id: "d",
    by: "text",
    purpose: "notice",
    reason: null,
    due_at: null,
    at: "2026-11-23T15:02:00Z",
    can_retry: false,
  };
  const sent = (state: string, words: string | null = null) => {
    const one = { ...delivery, state, words } as never;
    return { ...ours(), rev: 20 + Math.round(performance.now()), delivery: one, deliveries: [one] };
  };

  it("changes its word in place and says nothing of it", async () => {
    await open();
    for (const [state, words] of [
      ["sent", "Notice sent"],
      ["delivered", "Notice delivered"],
    ] as const) {
      await happens(fact("delivery.changed", { row: next(a()), messages: [sent(state)] }));
      expect(text("[data-number='2']")).toContain(words);
    }
    await settled();
    expect(said()).toBe("");
  });

  it("is said where it did not arrive, once", async () => {
    await open();
    const failed = sent("failed", "this is a landline");
    await happens(fact("delivery.changed", { row: next(a(), { trouble: "failed" }), messages: [failed] }));

    expect(text("[data-number='2']")).toContain("Undelivered – this is a landline");
    await spoken("Undelivered: this is a landline");
  });
});

it("whoever has viewed a message has a mark under it, the row has the word, and nothing is spoken", async () => {
  await open();
  const receipt = {
    patient: "patient of a",
    name: "Maria Garcia",
    initials: "MG",
    at: "2026-11-23T15:09:00Z",
    device: null,
  };
  const read = { ...ours(), rev: 20, receipts: [receipt] };
  const last = { ...read, from: "staff", who: "Dana Reyes", preview: "words 2", delivery: null, viewed_at: receipt.at };
  await happens(fact("message.viewed", { row: next(a(), { last: last as never }), messages: [read] }));

  expect(find("[data-number='2'] .viewed")?.getAttribute("aria-label")).toContain("Maria Garcia viewed this");
  expect(ofRow("a")).toContain("Viewed");
  await settled();
  expect(said()).toBe("");
});

it("who supervises and looks on is said to observe", async () => {
  await open();
  await shows("viewing", { ...byNia, observes: true });
  expect([text(".thread-header"), ofRow("a")].map((each) => each.includes("Nia Brooks is observing"))).toEqual([
    true,
    true,
  ]);
});

it("a colleague who looks, and then writes, stands in the header and in the row; nothing is spoken", async () => {
  await open();
  await shows("viewing", byNia);
  expect([text(".thread-header"), ofRow("a")].map((each) => each.includes("Nia Brooks is viewing"))).toEqual([
    true,
    true,
  ]);
  await shows("typing", byNia);
  expect(text(".thread-header")).toContain("Nia Brooks is replying");
  expect(ofRow("a")).toContain("Nia Brooks is writing");
  expect(said()).toBe("");
});
