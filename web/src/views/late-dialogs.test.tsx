// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { lateDialogs, part } from "../parts.ts";
import { dialog, updateReady } from "../store.ts";
import { Dialogs } from "./dialogs.tsx";
import { Waiting } from "./waiting.tsx";

let box: HTMLElement;
let opener: HTMLButtonElement;

const settled = () => new Promise((done) => setTimeout(done, 5));
const shown = () => box.querySelector("dialog")?.textContent ?? "";
const button = (words: string) => [...box.querySelectorAll("button")].find((each) => each.textContent === words);

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  opener = document.createElement("button");
  box = document.createElement("div");
  document.body.append(opener, box);
  opener.focus();
});

afterEach(async () => {
  dialog.value = null;
  updateReady.value = false;
  render(null, box);
  box.remove();
  opener.remove();
});

it("are waited for where they are wanted at once, and give the focus back", async () => {
  render(<Dialogs />, box);
  dialog.value = { name: "keys" };
  await settled();
  expect(lateDialogs.here.value).toBeNull();
  expect(shown()).toContain("One moment");

  await vi.waitFor(() => expect(shown()).toContain("All commands, teams and lists"), 10_000);
  expect(box.querySelectorAll("dialog")).toHaveLength(1);
  dialog.value = null;
  await settled();
  expect(document.activeElement).toBe(opener);
});

it("are fetched once, however often they are asked for", async () => {
  const fetch = vi.fn(async () => "them");
  const late = part(fetch);
  await Promise.all([late.load(), late.load()]);
  await late.load();

  expect(late.here.value).toBe("them");
  expect(fetch).toHaveBeenCalledTimes(1);
});

it("say so where they did not come, and are asked for again by the button that has the focus", async () => {
  const fetch = vi.fn(async () => "them").mockRejectedValueOnce(new TypeError("offline"));
  const late = part<string>(fetch);
  render(<Waiting for={late} onClose={() => undefined} />, box);
  await late.load();
  await settled();
  expect(box.querySelector('[role="alert"]')?.textContent).toContain("The connection may be interrupted.");
  expect(document.activeElement).toBe(button("Try again"));

  button("Try again")?.click();
  await settled();
  expect(late.here.value).toBe("them");
  expect(late.failed.value).toBe(false);
});

it("are had by reloading where there is a new version", async () => {
  updateReady.value = true;
  const late = part(() => Promise.reject(new TypeError("gone")));
  render(<Waiting for={late} onClose={() => undefined} />, box);
  await late.load();
  await settled();

  expect(shown()).toContain("There is a new version. Reload the page");
  expect(button("Try again")).toBeUndefined();
  expect(document.activeElement).toBe(button("Reload"));
});
