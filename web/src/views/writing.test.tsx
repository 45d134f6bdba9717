// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Proxy as Acting, Me, Message, Patient } from "../../../realtime/client/wire.gen.ts";
import { outbox } from "../outgoing.ts";
import * as recalls from "../recalls.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { message, thread as page, patient } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { dialog, draftOf, drafts, keepDraft, lastOfMine, me, pending, place, thread } from "../store.ts";
import { Composer } from "./composer.tsx";

let asked: Asked[] = [];
let answers: { status: number; said: unknown }[] = [];
let box: HTMLElement;

const yes = { can: true, why: null };
const agreed = { ways: { sms: yes, secure_sms: yes, secure_email: yes } };

function show(change: Partial<Patient> = {}): void {
  thread.value = fromSnapshot(page([message(1)], { patient: patient(change) }), null);
  render(<Composer open={thread.value} />, box);
}

const press = (name: string | RegExp) => pressButton(box, name);

async function write(body: string, via: "sms" | "both" | null = null): Promise<void> {
  keepDraft("a", { body, via });
  await settled();
}

beforeEach(() => {
  answers = [];
  box = document.createElement("div");
  document.body.append(box);
  dialog.value = null;
  drafts.value = new Map();
  lastOfMine.value = new Map();
  for (const entry of pending.value) outbox.drop(entry.key);
  place.value = { team: "front", view: "open", conversation: "a", strays: false };
  me.value = {
    limits: { body: 5000, plain: 1000, undo_seconds: 5 },
    teams: [],
    organization: { plan: "paid" },
    user: { id: "dana" },
  } as unknown as Me;
  asked = serve(() => answers.shift() ?? { status: 503, said: {} });
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("asks once before something goes to who has died, by whatever way, and offers nothing for later", async () => {
  show({ ...agreed, deceased_at: "2026-11-28T10:00:00Z" });
  await write("Our condolences to the family");
  expect(box.textContent).toContain("is marked as deceased");
  expect(box.querySelector<HTMLButtonElement>("#send-later")?.disabled).toBe(true);

  await press(/^Send secure text/);
  expect(asked).toEqual([]);
  await press(/^Send all the same/);
  expect(asked[0]?.body).toMatchObject({ via: "secure_sms", body: "Our condolences to the family" });
});

describe("a plain text that looks private", () => {
  it("is asked about once, and then goes as the writer is sure", async () => {
    show(agreed);
    await write("Your biopsy is back", "sms");
    expect(box.textContent).toContain("This looks private: “biopsy”");
    await press(/^Send plain text/);
    expect(asked).toEqual([]);
    expect(box.querySelector('[role="alert"]')?.textContent).toContain("Press Send once more");
    await press(/all the same/);
    expect(asked[0]?.body).toMatchObject({ via: "sms", sure: true, body: "Your biopsy is back" });
  });

  it("is asked about anew when it changes", async () => {
    show(agreed);
    await write("Your biopsy is back", "sms");
    await press(/^Send plain text/);
    await write("Your biopsy is positive", "sms");
    await press(/^Send plain text/);
    expect(asked).toEqual([]);
  });

  it("goes privately with one press", async () => {
    show(agreed);
    await write("Your biopsy is back", "sms");
    await press("Send as secure instead");
    expect(draftOf("a").via).toBe("secure_sms");
    await press(/^Send secure text/);
    expect(asked[0]?.body).toMatchObject({ via: "secure_sms" });
    expect(asked[0]?.body).not.toHaveProperty("sure");
  });
});

describe("a plain text to a shared phone", () => {
  const rosa = { id: "rosa", name: "Rosa Vega", phone: "+13125550142", state: "active", teams: null } as Acting;

  it.each([
    ["of another patient", { shared_phone: true }],
    ["of who acts for them", { proxies: [rosa] }],
  ])("%s is asked about once; the server is not told that it looks private", async (_, change) => {
    show({ ...agreed, ...change });
    await write("We open at 8", "sms");
    expect(box.textContent).toContain("This phone is shared");
    await press(/^Send plain text/);
    expect(asked).toEqual([]);
    await press(/all the same/);
    expect(asked[0]?.body).toMatchObject({ via: "sms", body: "We open at 8" });
    expect(asked[0]?.body).not.toHaveProperty("sure");
  });

  it("is not asked about where it goes privately, or who acted does so no more", async () => {
    show({ ...agreed, shared_phone: true });
    await write("We open at 8");
    await press(/^Send secure text/);
    expect(asked[0]?.body).toMatchObject({ via: "secure_sms" });
    show({ ...agreed, proxies: [{ ...rosa, state: "ended" }] });
    await write("We open at 9", "sms");
    expect(box.textContent).not.toContain("This phone is shared");
  });
});

describe("what the phone will show", () => {
  it("is asked for only when it is opened, and is the writer's own words for a plain text", async () => {
    show(agreed);
    await write("We open at 8 ☀", "sms");
    expect(asked).toEqual([]);
    const details = box.querySelector("details");
    details?.setAttribute("open", "");
    details?.dispatchEvent(new Event("toggle"));
    await settled();
    expect(asked.map((each) => [each.method, each.path])).toEqual([
      ["GET", expect.stringMatching(/^\/teams\/front\/patients\/.+\/ahead$/)],
    ]);
    expect(box.querySelector("figure")?.textContent).toContain("We open at 8 ☀");
    expect(box.querySelector("figure")?.textContent).toContain("1 text message · 14 characters");
    expect(box.querySelector(".ways-said")?.textContent).toContain("Anyone who sees the phone can read them");
  });
});

describe("both ways", () => {
  it("are one message", async () => {
    show(agreed);
    await write("Your form is ready", "both");
    await press(/^Send secure text \+ e-mail/);
    expect(asked[0]?.body).toMatchObject({ via: "secure_sms", both: true });
  });
});

describe("only for the patient", () => {
  const rosa = { id: "rosa", name: "Rosa Vega", state: "active", teams: null } as Acting;
  const tick = () => box.querySelector<HTMLInputElement>(".only input");

  it("can be marked before the first word, and stays when the words are begun anew", async () => {
    show({ ...agreed, proxies: [rosa] });
    tick()?.click();
    await settled();
    expect(tick()?.checked).toBe(true);
    for (const body of ["Come", "", "Come alone on Friday"]) keepDraft("a", { ...draftOf("a"), body });
    await settled();
    await press(/^Send secure text/);
    expect(asked[0]?.body).toMatchObject({ body: "Come alone on Friday", patient_only: true });
    expect(tick()?.checked).toBe(false);
  });
});

describe("send later", () => {
  it("takes the same words and the same way to its dialog", async () => {
    show(agreed);
    await write("Remember your card", "both");
    await press(/^Later/);
    expect(dialog.value).toMatchObject({ name: "later", choice: "both", body: "Remember your card", isSure: false });
  });
});

describe("undo", () => {
  const mine = (change: Partial<Message> = {}) =>
    message(2, {
      from: { kind: "staff", id: "dana", name: "Dana", initials: "D" },
      via: "sms",
      body: "Wrong patient",
      undo_until: new Date(Date.now() + 4_000).toISOString(),
      ...change,
    });

  it("puts words and way back into the composer, before what was begun since", async () => {
    show(agreed);
    lastOfMine.value = new Map([["a", mine()]]);
    keepDraft("a", { body: "Next thing", via: null });
    answers = [{ status: 200, said: mine({ rev: 2, recalled: { at: new Date().toISOString(), by: "Dana" } }) }];
    expect(await recalls.undo()).toBe(true);
    expect(asked[0]).toMatchObject({ method: "POST", path: "/messages/m2/recall" });
    expect(draftOf("a")).toEqual({ body: "Wrong patient\nNext thing", via: "sms" });
    expect(await recalls.undo()).toBe(false);
  });

  it("is also the arrow up in an empty field, where mine has not left or was refused; the field's own key else", async () => {
    const up = async () => {
      const pressed = new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true, cancelable: true });
      box.querySelector("#composer")?.dispatchEvent(pressed);
      await settled();
      return pressed.defaultPrevented;
    };
    show(agreed);
    expect(await up()).toBe(false);

    await write("Come at ten");
    answers = [{ status: 409, said: { code: "opted_out", detail: "Texts are stopped." } }];
    await press(/^Send secure text/);
    expect(draftOf("a").body).toBe("");
    expect(await up()).toBe(true);
    expect(draftOf("a").body).toBe("Come at ten");
    lastOfMine.value = new Map([["a", mine()]]);
    expect(await up()).toBe(false);

    await write("");
    answers = [{ status: 200, said: mine({ rev: 2, recalled: { at: new Date().toISOString(), by: "Dana" } }) }];
    expect(await up()).toBe(true);
    expect(draftOf("a").body).toBe("Wrong patient");
  });

  it("leaves the words where they are when it came too late", async () => {
    show(agreed);
    lastOfMine.value = new Map([["a", mine()]]);
    answers = [{ status: 409, said: { code: "already_sent", detail: "It has left." } }];
    expect(await recalls.undo()).toBe(false);
    expect(draftOf("a").body).toBe("");
  });
});
