// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { lateDialogs } from "../parts.ts";
import { pressKey, settled } from "../stage.ts";
import { colleague, note, thread as page, row, waiting } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { dialog, me, members, thread, toasts } from "../store.ts";
import * as work from "../work.ts";
import { Dialogs } from "./dialogs.tsx";

let box: HTMLElement;
let asked: { path: string; body: Record<string, unknown> }[];
let answers: (() => Response)[];
const team = [colleague("dana", "Dana Reyes"), colleague("sam", "Sam Okafor")];

const said = (status: number, body: unknown) => () => new Response(JSON.stringify(body), { status });
const yes = said(201, {
  row: { ...row("a", { rev: 9 }), assignee: team[1] },
  note: note(1, 0, { body: "@Sam Okafor Call her", by: colleague("dana", "Dana Reyes") }),
});

beforeEach(async () => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  asked = [];
  answers = [];
  toasts.value = [];
  members.value = new Map();
  me.value = {
    user: { id: "dana", name: "Dana Reyes" },
    limits: { body: 5000 },
    teams: [{ id: "front", is_member: true }],
  } as unknown as Me;
  thread.value = fromSnapshot(page([], { row: waiting("a", 1) }), null);
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    if (address.endsWith("/members")) return new Response(JSON.stringify({ members: team }), { status: 200 });
    asked.push({ path: address.replace("/api/v1", ""), body: JSON.parse(String(request.body)) });
    const next = answers.shift();
    if (!next) throw new TypeError("offline");
    return next();
  });
  box = document.createElement("div");
  document.body.append(box);
  // It comes after the first view; how soon is the machine's affair.
  await lateDialogs.load();
  render(<Dialogs />, box);
  work.askHandOver("a");
  await settled();
});

afterEach(() => {
  dialog.value = null;
  thread.value = null;
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

const choices = () => [...box.querySelectorAll<HTMLLabelElement>(".people label")];
const submit = () => box.querySelector<HTMLButtonElement>("[type=submit]") as HTMLButtonElement;

async function fill(to: string, words: string): Promise<void> {
  choices()
    .find((each) => each.textContent === to)
    ?.querySelector("input")
    ?.click();
  const area = box.querySelector("textarea") as HTMLTextAreaElement;
  area.value = words;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

const press = (key: string, held: KeyboardEventInit = {}) => pressKey(box.querySelector("textarea"), key, held);

async function finish(): Promise<void> {
  box.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await settled();
}

describe("handing over", () => {
  it("offers the others of the team, and the team", () => {
    expect(choices().map((each) => each.textContent)).toEqual(["Sam Okafor", "Nobody: the team"]);
  });

  it("needs somebody and some words", async () => {
    expect(submit().disabled).toBe(true);
    await fill("Sam Okafor", "  ");
    expect(submit().disabled).toBe(true);
    await finish();
    expect(asked).toEqual([]);
    await fill("Sam Okafor", "Call her");
    expect(submit().disabled).toBe(false);
  });

  it("sends both at once, and shows both", async () => {
    answers = [yes];
    await fill("Sam Okafor", "Call her");
    await finish();
    expect(asked).toEqual([
      {
        path: "/conversations/a/hand-over",
        body: { key: expect.any(String), to: "sam", body: "Call her", mentions: [], seen: null },
      },
    ]);
    expect(thread.value?.row.assignee?.id).toBe("sam");
    expect(thread.value?.notes.map((each) => each.body)).toEqual(["@Sam Okafor Call her"]);
    expect(toasts.value.map((each) => each.words)).toEqual(["Handed over to Sam Okafor"]);
    expect(dialog.value).toBeNull();
  });

  it("lists colleagues after an @, and calls on whom was chosen", async () => {
    answers = [yes];
    await fill("Nobody: the team", "Ask @sa");
    expect([...box.querySelectorAll("[role=option]")].map((each) => each.textContent)).toEqual(["Sam Okafor"]);
    await press("Enter");
    expect(box.querySelector("textarea")?.value).toBe("Ask @Sam Okafor ");
    expect(box.querySelector("[role=option]")).toBeNull();
    expect(asked).toEqual([]);
    await press("Enter", { ctrlKey: true });
    expect(asked[0]?.body).toMatchObject({ to: null, body: "Ask @Sam Okafor ", mentions: ["sam"] });
  });

  it("leaves Escape to the dialog, where it does not close the list", async () => {
    await fill("Sam Okafor", "Ask @sa");
    expect(await press("Escape")).toBe(true);
    expect(box.querySelector("[role=option]")).toBeNull();
    expect(await press("Escape")).toBe(false);
  });

  it("to nobody is to the team", async () => {
    answers = [yes];
    await fill("Nobody: the team", "Whoever is free");
    await finish();
    expect(asked[0]?.body.to).toBeNull();
    expect(toasts.value.map((each) => each.words)).toEqual(["Handed over to the team"]);
  });

  it("after a lost answer asks again with the same key, after a no with another", async () => {
    answers = [];
    await fill("Sam Okafor", "Call her");
    await finish();
    expect(box.textContent).toContain("could not be reached");
    answers = [said(422, { code: "not_a_member", detail: "No." })];
    await finish();
    expect(box.textContent).toContain("Only a member of the team");
    answers = [yes];
    await finish();
    const keys = asked.map((each) => each.body.key);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(box.querySelector("textarea")).toBeNull();
  });
});

describe("who may not", () => {
  it.each([
    ["it is done", () => row("a", { state: "done" }), true],
    ["it is only observed", () => row("a"), false],
  ])("is not asked: %s", (_, is, isMember) => {
    dialog.value = null;
    me.value = { ...(me.value as Me), teams: [{ id: "front", is_member: isMember }] as Me["teams"] };
    thread.value = fromSnapshot(page([], { row: is() }), null);
    work.askHandOver("a");
    expect(dialog.value).toBeNull();
  });
});
