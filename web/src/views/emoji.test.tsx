// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lateDialogs } from "../parts.ts";
import { settled } from "../stage.ts";
import { dialog } from "../store.ts";
import { Dialogs } from "./dialogs.tsx";
import { EmojiButton } from "./emoji-button.tsx";

let box: HTMLElement;
let written: string[];

const field = () => box.querySelector("textarea") as HTMLTextAreaElement;
const search = () => box.querySelector("input[role=combobox]") as HTMLInputElement;
const options = () => [...box.querySelectorAll("[role=option]")].map((each) => each.textContent);

async function type(text: string): Promise<void> {
  search().value = text;
  search().dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

beforeEach(async () => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  await lateDialogs.load();
  written = [];
  dialog.value = null;
  box = document.createElement("div");
  document.body.append(box);
  render(
    <>
      <textarea id="composer" onInput={(event) => written.push(event.currentTarget.value)} />
      <EmojiButton field="composer" />
      <Dialogs />
    </>,
    box,
  );
  field().value = "Thank you, see you Monday";
  field().setSelectionRange(9, 9);
  box.querySelector<HTMLButtonElement>('button[aria-label="Emoji"]')?.click();
  await settled();
});

afterEach(() => {
  render(null, box);
  box.remove();
});

it("is found by its name and put where the writer was, by keys alone, and the writer goes on there", async () => {
  expect(options().length).toBeGreaterThanOrEqual(60);
  await type("than");
  expect(options()).toEqual(["🙏folded hands"]);

  search().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  await settled();

  expect(written).toEqual(["Thank you🙏, see you Monday"]);
  expect(dialog.value).toBeNull();
  expect(document.activeElement).toBe(field());
});

it("that nobody has heard of is said not to be there, and Enter puts in nothing", async () => {
  await type("giraffe");
  expect(box.querySelector("dialog [role=status]")?.textContent).toBe("None is called that.");

  search().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  await settled();

  expect(written).toEqual([]);
  expect(dialog.value).not.toBeNull();
});
