// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import * as mentions from "../mentions.ts";
import * as notes from "../notes.ts";
import { type Asked, pressKey, serve, settled } from "../stage.ts";
import { message, note, thread as page, row } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import {
  draftOf,
  drafts,
  keepDraft,
  me,
  members,
  noteDraftOf,
  noteDrafts,
  noting,
  pendingNotes,
  place,
  thread,
  toasts,
} from "../store.ts";
import { ThreadPane } from "./thread.tsx";

let asked: Asked[] = [];
let answers: { status: number; said: unknown }[] = [];
let box: HTMLElement;

const field = () => box.querySelector<HTMLTextAreaElement>("textarea");

async function write(words: string): Promise<void> {
  const area = field();
  if (!area) throw new Error("no field");
  area.value = words;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

const press = (key: string, held: KeyboardEventInit = {}) => pressKey(field(), key, held);

beforeEach(async () => {
  answers = [];
  box = document.createElement("div");
  document.body.append(box);
  drafts.value = new Map();
  noteDrafts.value = new Map();
  noting.value = null;
  members.value = new Map([["front", []]]);
  for (const entry of pendingNotes.value) notes.drop(entry.key);
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  place.value = { team: "front", view: "open", conversation: "a", strays: false };
  const team = { id: "front", name: "Front desk", is_member: true };
  me.value = {
    organization: { plan: "paid" },
    limits: { body: 5000, plain: 1000, undo_seconds: 5 },
    teams: [team],
    user: { id: "dana" },
  } as unknown as Me;
  thread.value = fromSnapshot(page([message(1)], { notes: [note(1, 1, { body: "Call her daughter" })] }), null);
  asked = serve(() => answers.shift() ?? { status: 503, said: {} });

  render(<ThreadPane />, box);
  await settled();
});

afterEach(() => {
  render(null, box);
  box.remove();
  thread.value = null;
  vi.unstubAllGlobals();
});

/** What the browser runs between one key and the next, whatever else it has to do. */
async function beforeTheNextKey(): Promise<string | undefined> {
  for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
  return document.activeElement?.id;
}

describe("a note", () => {
  it("leaves no moment between the two fields in which a key would be a command", async () => {
    notes.begin();
    expect(await beforeTheNextKey()).toBe("note");
    field()?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
    expect(await beforeTheNextKey()).toBe("composer");
    field()?.blur();
    await settled();
    expect(document.activeElement).toBe(document.body);
  });

  it("stands in the thread as what it is", () => {
    const card = box.querySelector(".note-card");
    expect(card?.textContent).toContain("Nia Brooks, note for the team");
    expect(card?.textContent).toContain("Call her daughter");
  });

  it("goes to its own address, with nothing by which it could be sent", async () => {
    notes.begin();
    await settled();
    await write("She prefers calls");
    answers = [
      { status: 201, said: note(2, 1, { body: "She prefers calls", by: { id: "dana", name: "Dana", initials: "D" } }) },
    ];
    await press("Enter", { ctrlKey: true });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.path).toBe("/conversations/a/notes");
    expect(Object.keys(asked[0]?.body ?? {}).sort()).toEqual(["body", "key", "mentions"]);
    expect(thread.value?.notes).toHaveLength(2);
    expect(field()?.value).toBe("");
    expect(pendingNotes.value).toEqual([]);
  });

  it("is not mistaken for a message: other button, other words, no way to choose", async () => {
    notes.begin();
    await settled();
    expect(box.querySelector(".composer.note .send")?.textContent).toMatch(/^Add note/);
    expect(box.querySelector(".composer")?.textContent).toContain("It is never sent");
    expect(box.querySelector(".ways")).toBeNull();
    expect(box.querySelector(".composer")?.textContent).not.toContain("Maria");
  });

  it("has a draft of its own, and Escape returns to the message's", async () => {
    keepDraft("a", { body: "Dear Maria", via: null });
    notes.begin();
    await settled();
    await write("Ask Nia first");
    await press("Escape");
    expect(field()?.id).toBe("composer");
    expect(field()?.value).toBe("Dear Maria");
    expect(noteDraftOf("a").body).toBe("Ask Nia first");
    expect(draftOf("a").body).toBe("Dear Maria");
  });

  it("says why it was not added, and gives the words back", async () => {
    notes.begin();
    await settled();
    await write("She prefers calls");
    answers = [{ status: 403, said: { code: "not_allowed", detail: "You are observing this team." } }];
    await press("Enter", { metaKey: true });
    expect(box.querySelector(".note-card.refused")?.textContent).toContain("Not added");
    const [edit] = [...box.querySelectorAll<HTMLButtonElement>(".note-card.refused button")];
    edit?.click();
    await settled();
    expect(field()?.value).toBe("She prefers calls");
  });

  it("is not for somebody who observes", async () => {
    const team = { id: "front", name: "Front desk", is_member: false };
    me.value = { ...me.value, teams: [team] } as unknown as Me;
    thread.value = fromSnapshot(page([message(1)], { row: row("a") }), null);
    notes.begin();
    await settled();
    expect(noting.value).toBeNull();
    expect(field()).toBeNull();
  });

  it("lists the team after @, and sends who was chosen", async () => {
    const colleagues = [
      { id: "sam", name: "Sam Okafor", initials: "SO" },
      { id: "dana", name: "Dana Reyes", initials: "DR" },
    ];
    members.value = new Map([["front", colleagues]]);
    notes.begin();
    await settled();
    await write("Please call, @");
    expect([...box.querySelectorAll('[role="option"]')].map((each) => each.textContent)).toEqual(["Sam Okafor"]);
    await press("Escape");
    expect(box.querySelector('[role="option"]')).toBeNull();
    expect(field()?.id).toBe("note");
    await write("Please call, @sa");
    await press("Enter");
    expect(field()?.value).toBe("Please call, @Sam Okafor ");
    answers = [{ status: 503, said: {} }];
    await press("Enter", { ctrlKey: true });
    expect(asked[0]?.body).toMatchObject({ body: "Please call, @Sam Okafor ", mentions: ["sam"] });
  });
});

describe("being mentioned", () => {
  const by = { id: "nia", name: "Nia Brooks", initials: "NB" };
  const fact = (conversation: string) => ({ kind: "note.mentioned", n: 1, note: "n2", conversation, by }) as const;

  it("elsewhere shows a toast that opens the conversation, without a word of the note", async () => {
    toasts.value = [];
    await mentions.hear(fact("b"));
    expect(toasts.value.map((each) => each.words)).toEqual(["Nia Brooks mentioned you in a note"]);
    expect(asked.map((each) => each.path)).toEqual(["/me"]);
    toasts.value[0]?.open?.();
    expect(place.value.conversation).toBe("b");
    await settled();
  });

  it("where I am looking is seen at once, without a toast", async () => {
    toasts.value = [];
    answers = [
      { status: 200, said: { ...me.value, mentions: 1, organization: { zone: "America/Chicago" }, sending: [] } },
    ];
    await mentions.hear(fact("a"));
    expect(toasts.value).toEqual([]);
    expect(asked.map((each) => each.path)).toEqual(["/me", "/conversations/a/mentions/seen"]);
  });
});
