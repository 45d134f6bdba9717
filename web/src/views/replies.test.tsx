// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me, Patient, SavedReply } from "../../../realtime/client/wire.gen.ts";
import { replies } from "../replies.ts";
import { pressKey, settled } from "../stage.ts";
import { message, thread as page, patient } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { dialog, draftOf, drafts, keepDraft, me, place, thread, toasts } from "../store.ts";
import { Composer } from "./composer.tsx";

const yes = { can: true, why: null };
const form: SavedReply = {
  id: "r1",
  title: "Form is ready",
  shortcut: "form",
  bodies: { en: "Hello {patient first name}, your form is ready.", es: "Hola {patient first name}, ya está." },
  content: "private",
  team: null,
};
const parking: SavedReply = {
  ...form,
  id: "r2",
  title: "Parking",
  shortcut: "parking",
  bodies: { en: "Behind the building." },
  content: "may_be_plain",
};
let asked: { method: string; path: string; body: Record<string, unknown> }[] = [];
let answers: { status: number; body: unknown }[] = [];
let box: HTMLElement;

const field = () => box.querySelector<HTMLTextAreaElement>("textarea") as HTMLTextAreaElement;
const options = () => [...box.querySelectorAll('[role="option"]')].map((each) => each.textContent ?? "");
const button = (name: RegExp) =>
  [...box.querySelectorAll("button")].find((each) =>
    (each.getAttribute("aria-label") ?? each.textContent)?.match(name),
  );

async function type(words: string): Promise<void> {
  field().value = words;
  field().setSelectionRange(words.length, words.length);
  field().dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

const press = (key: string, held: KeyboardEventInit = {}) => pressKey(field(), key, held);

async function show(change: Partial<Patient> = {}): Promise<void> {
  const ways = { sms: yes, secure_sms: yes, secure_email: yes };
  thread.value = fromSnapshot(page([message(1)], { patient: patient({ ways, ...change }) }), null);
  // Drawn anew with each draft, as the pane does.
  const Whole = () => thread.value && <Composer open={thread.value} />;
  render(<Whole />, box);
  await settled();
}

beforeEach(() => {
  [asked, answers] = [[], []];
  box = document.createElement("div");
  document.body.append(box);
  dialog.value = null;
  drafts.value = new Map();
  toasts.value = [];
  replies.value = [form, parking];
  place.value = { team: "front", view: "open", conversation: "a", strays: false };
  me.value = {
    limits: { body: 5000, plain: 1000, undo_seconds: 5 },
    teams: [{ id: "front", name: "Front desk", is_member: true }],
    organization: { plan: "paid", name: "Sunrise", phone: "+13125550134" },
    user: { id: "dana", name: "Dana Reyes", role: "supervisor" },
  } as unknown as Me;
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    const body = request.body ? JSON.parse(String(request.body)) : {};
    asked.push({ method: request.method ?? "GET", path: address.replace("/api/v1", ""), body });
    const { status, body: said } = answers.shift() ?? { status: 200, body: { replies: replies.value, teams: [] } };
    return new Response(status === 204 ? null : JSON.stringify(said), { status });
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  thread.value = null;
  vi.unstubAllGlobals();
});

describe("; in the composer", () => {
  it("lists the replies, and Enter puts one in, filled in and in the patient's language", async () => {
    await show({ language: "es" });
    await type(";");
    expect(options()).toHaveLength(2);
    expect(field().getAttribute("aria-activedescendant")).toBe("saved-reply-0");
    await press("ArrowDown");
    expect(field().getAttribute("aria-activedescendant")).toBe("saved-reply-1");
    expect(options()[1]).toContain("No Spanish text");
    await type("Buenas. ;fo");
    expect(await press("Enter")).toBe(true);
    expect(field().value).toBe("Buenas. Hola Maria, ya está.");
    expect(options()).toEqual([]);
    expect(await press("Enter")).toBe(false);
  });

  it("is closed by Escape, which is then the field's own again", async () => {
    await show();
    await type(";fo");
    expect(await press("Escape")).toBe(true);
    expect(options()).toEqual([]);
    expect(field().value).toBe(";fo");
    expect(await press("Escape")).toBe(false);
  });

  it("says why one cannot be had, and leaves the words", async () => {
    await show({ first_name: "" });
    await type(";fo");
    expect(options()[0]).toContain("first name is not on file");
    expect(box.querySelector('[role="option"]')?.getAttribute("aria-disabled")).toBe("true");
    await press("Enter");
    expect(field().value).toBe(";fo");
  });

  it("can be begun with the button, as if it were typed", async () => {
    await show();
    await type("Hello");
    button(/^Saved replies/)?.click();
    await settled();
    expect(draftOf("a").body).toBe("Hello ;");
    expect(options()).toHaveLength(2);
  });

  it("leads who manages to the dialog where there are none, and tells others whom to ask", async () => {
    await show();
    replies.value = [];
    button(/^Saved replies/)?.click();
    await settled();
    expect(dialog.value).toEqual({ name: "replies" });
    dialog.value = null;
    me.value = { ...(me.value as Me), user: { ...(me.value as Me).user, role: "member" } };
    button(/^Saved replies/)?.click();
    await settled();
    expect(dialog.value).toBeNull();
    expect(toasts.value[0]?.words).toContain("no saved replies yet");
  });
});

describe("a private reply and a plain text", () => {
  it("do not go together: the writer is offered the private way, with the words", async () => {
    await show();
    keepDraft("a", { body: "", via: "sms" });
    await settled();
    await type(";fo");
    expect(options()[0]).toContain("Private");
    await press("Enter");
    expect(field().value).toBe(";fo");
    expect(box.querySelector('[role="alert"]')?.textContent).toContain("“Form is ready” is private");
    expect(await press("ß", { altKey: true, code: "KeyS" })).toBe(true);
    expect(draftOf("a")).toMatchObject({ via: "secure_sms", body: "Hello Maria, your form is ready." });
    expect(box.querySelector('[role="alert"]')).toBeNull();
  });

  it("cannot be sent after a change of the way either", async () => {
    await show();
    keepDraft("a", { body: "Hello Maria, your form is ready. Bye", via: "sms" });
    await settled();
    expect(box.querySelector<HTMLButtonElement>("button[type=submit]")?.disabled).toBe(true);
    button(/^Write privately instead/)?.click();
    await settled();
    expect(draftOf("a").via).toBe("secure_sms");
    expect(box.querySelector<HTMLButtonElement>("button[type=submit]")?.disabled).toBe(false);
  });

  it("leave one that may be plain alone", async () => {
    await show();
    keepDraft("a", { body: "", via: "sms" });
    await settled();
    await type(";park");
    await press("Enter");
    expect(draftOf("a")).toMatchObject({ via: "sms", body: "Behind the building." });
    expect(box.querySelector<HTMLButtonElement>("button[type=submit]")?.disabled).toBe(false);
  });
});
