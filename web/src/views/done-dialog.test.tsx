// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { toggleDone } from "../desk.ts";
import { row, thread as sample, waiting } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { dialog, thread } from "../store.ts";
import { Dialogs } from "./dialogs.tsx";

let box: HTMLElement;
let sent: unknown[];
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setTimeout(done, 5));
};

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  sent = [];
  vi.stubGlobal("fetch", async (_: string, asked: RequestInit) => {
    sent.push(JSON.parse(String(asked.body)));
    return new Response(JSON.stringify(row("a", { rev: 9, state: "done" })), { status: 200 });
  });
  box = document.createElement("div");
  document.body.append(box);
  render(<Dialogs />, box);
});

afterEach(() => {
  dialog.value = null;
  thread.value = null;
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("is asked why while the patient waits, and says so to the server", async () => {
  thread.value = fromSnapshot(sample([], { row: waiting("a", 1) }), null);
  await toggleDone("a");
  await settled();
  expect(sent).toEqual([]);
  expect(box.textContent).toContain("Done without an answer?");

  const other = [...box.querySelectorAll("input")].filter((each) => each.type === "radio")[2] as HTMLInputElement;
  other.click();
  await settled();
  expect(box.querySelector<HTMLButtonElement>("[type=submit]")?.disabled).toBe(true);
  const words = box.querySelector("input[type=text]") as HTMLInputElement;
  words.value = "She came by";
  words.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  box.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await settled();

  expect(sent).toEqual([{ why: "other", words: "She came by" }]);
  expect(dialog.value).toBeNull();
});

it("needs no reason where nobody waits", async () => {
  thread.value = fromSnapshot(sample([], { row: row("a") }), null);
  await toggleDone("a");
  expect(sent).toEqual([{}]);
});
