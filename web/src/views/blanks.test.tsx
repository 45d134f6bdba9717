// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { replies } from "../replies.ts";
import { pressKey, settled } from "../stage.ts";
import { message, thread as page, patient } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { dialog, drafts, keepDraft, me, place, thread } from "../store.ts";
import { Composer } from "./composer.tsx";

const yes = { can: true, why: null };
let posted: string[] = [];
let box: HTMLElement;

const field = () => box.querySelector<HTMLTextAreaElement>("textarea") as HTMLTextAreaElement;
const selected = () => field().value.slice(field().selectionStart, field().selectionEnd);
const hint = () => [...box.querySelectorAll(".hint")].find((each) => each.textContent?.includes("Fill in"));
const marked = () => [...box.querySelectorAll(".blanks mark")].map((each) => each.textContent);

const press = (key: string, held: KeyboardEventInit = {}) => pressKey(field(), key, held);

async function write(words: string): Promise<void> {
  field().value = words;
  field().setSelectionRange(words.length, words.length);
  field().dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

beforeEach(async () => {
  posted = [];
  box = document.createElement("div");
  document.body.append(box);
  dialog.value = null;
  drafts.value = new Map();
  const bodies = { en: "Come on {appointment} to [place], {patient first name}." };
  replies.value = [{ id: "r", title: "Come", shortcut: "come", bodies, content: "may_be_plain", team: null }];
  place.value = { team: "front", view: "open", conversation: "a", strays: false };
  me.value = {
    organization: { plan: "paid" },
    limits: { body: 5000, plain: 1000, undo_seconds: 0 },
    teams: [{ id: "front", name: "Front desk", is_member: true }],
    user: { id: "dana", name: "Dana" },
  } as unknown as Me;
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    if (address.endsWith("/messages")) posted.push(JSON.parse(String(request.body)).body);
    return new Response(JSON.stringify({ replies: replies.value }), { status: 200 });
  });
  const ways = { sms: yes, secure_sms: yes, secure_email: yes };
  thread.value = fromSnapshot(page([message(1)], { patient: patient({ ways }) }), null);
  const Whole = () => thread.value && <Composer open={thread.value} />;
  render(<Whole />, box);
  await settled();
});

afterEach(() => {
  render(null, box);
  box.remove();
  thread.value = null;
  vi.unstubAllGlobals();
});

it("of a saved reply is selected when it is put in, and Tab goes from one to the next and then on", async () => {
  await write(";com");
  await press("Tab");
  expect(field().value).toBe("Come on [appointment] to [place], Maria.");
  expect(selected()).toBe("[appointment]");
  expect(marked()).toEqual(["[appointment]", "[place]"]);
  expect(await press("Tab")).toBe(true);
  expect(selected()).toBe("[place]");
  expect(await press("Tab")).toBe(false);
  field().setSelectionRange(0, 0);
  expect(await press("Tab", { shiftKey: true })).toBe(false);
});

it("stops Send with a sentence and is gone to, until it is filled in", async () => {
  keepDraft("a", { body: "Come at [time].", via: "secure_sms" });
  await settled();
  expect(hint()?.getAttribute("role")).toBe("status");
  for (const held of [{ ctrlKey: true }, { ctrlKey: true, shiftKey: true }]) await press("Enter", held);
  expect(posted).toEqual([]);
  expect(hint()?.getAttribute("role")).toBe("alert");
  expect(hint()?.textContent).toContain("Fill in [time] before this goes");
  expect(selected()).toBe("[time]");
  box.querySelector<HTMLButtonElement>("#send-later")?.click();
  expect(dialog.value).toBeNull();

  await write("Come at nine.");
  expect(hint()).toBeUndefined();
  expect(marked()).toEqual([]);
  await press("Enter", { ctrlKey: true });
  expect(posted).toEqual(["Come at nine."]);
});
