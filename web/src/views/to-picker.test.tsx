// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me, Patient } from "../../../realtime/client/wire.gen.ts";
import * as contacts from "../contacts.ts";
import * as laters from "../laters.ts";
import { outbox } from "../outgoing.ts";
import { latePanel } from "../parts.ts";
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
  keepDraft("a", { ...draftOf("a"), body, via });
  await settled();
}

beforeEach(() => {
  contacts.known.value = null;
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

describe("a patient with several phones", () => {
  const mobile = { kind: "phone", display: "(312) 555-0142", preferred: true, why: null, label: "mobile" };
  const work = { ...mobile, id: "c2", display: "(312) 555-0170", preferred: false, label: "work", shared: false };
  const home = { ...work, id: "c3", display: "(312) 555-0171", why: "landline", words: "this phone is a landline" };

  async function choose(contacts: object[], id: string): Promise<void> {
    await latePanel.load();
    answers = [{ status: 200, said: { patient: "p1", rev: 1, contacts: [{ ...mobile, id: "c1" }, ...contacts] } }];
    show({ ...agreed, id: "p1", more_contacts: true });
    await settled();
    const select = box.querySelector<HTMLSelectElement>("[aria-label='To which phone']");
    if (!select) throw new Error("no choice");
    asked.length = 0;
    select.value = id;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await settled();
  }

  it("is written to at the one that was chosen, which the button says, and the next time at the preferred one", async () => {
    await choose([work, home], "c2");
    await write("Your forms are ready");
    await press(/^Later/);
    expect(dialog.value).toMatchObject({ name: "later", body: "Your forms are ready", to: ["c2"] });
    dialog.value = null;
    await press(/^Send secure text to \(312\) 555-0170/);
    expect(asked[0]?.body).toMatchObject({ body: "Your forms are ready", to: ["c2"] });

    await write("One more thing");
    expect(draftOf("a")).not.toHaveProperty("to");
    expect(box.querySelector("button.send")?.textContent).not.toContain("555-0170");
  });

  it("is written to later at the one that was chosen, which comes back with the words that are changed", async () => {
    await choose([work, home], "c2");
    await write("Your forms are ready");
    const open = thread.value;
    if (!open) throw new Error("no conversation");
    answers = [{ status: 201, said: open.row }];
    const at = Date.parse("2026-12-01T15:00:00Z");
    const body = "Your forms are ready";
    await laters.sendLater({ conversation: "a", key: "k", choice: "secure_sms", body, isSure: false, to: ["c2"], at });
    expect(asked.at(-1)?.body).toMatchObject({ body, to: ["c2"], at: "2026-12-01T15:00:00.000Z" });
    expect(draftOf("a")).not.toHaveProperty("to");

    answers = [{ status: 200, said: open.row }];
    const zone = "America/Chicago";
    const waiting = { id: "l", via: "secure_sms", both: false, body, at: "", zone, by: "Dana", words: null } as const;
    await laters.edit(open, { ...waiting, to: ["c2"] });
    expect(draftOf("a").to?.phone?.id).toBe("c2");
  });

  it("cannot be written to at one that gets no texts, and is asked about once where a stranger could read it", async () => {
    await choose([{ ...work, shared: true }, home], "c2");
    expect(box.querySelector<HTMLOptionElement>("option[value=c3]")?.disabled).toBe(true);
    expect(box.textContent).toContain("Another patient has it too");
    await write("Please call us", "sms");
    await press(/^Send plain text/);
    expect(asked).toEqual([]);
    await press(/all the same to \(312\) 555-0170/);
    expect(asked[0]?.body).toMatchObject({ via: "sms", to: ["c2"] });
  });

  it("is offered no choice where only one can be used", async () => {
    await latePanel.load();
    answers = [{ status: 200, said: { patient: "p1", rev: 1, contacts: [{ ...mobile, id: "c1" }, home] } }];
    show({ ...agreed, id: "p1", more_contacts: true });
    await settled();
    expect(box.querySelector("select")).toBeNull();
  });
});
