// @vitest-environment happy-dom

/** What is pasted into the words of a message. */

import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as attaching from "../attaching.ts";
import { message, thread } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { Field } from "./message-field.tsx";

const box = document.createElement("div");
const form = new File(["%PDF-1.7 "], "form.pdf", { type: "application/pdf" });

beforeEach(() => {
  vi.spyOn(attaching, "attach").mockImplementation(() => undefined);
  const open = fromSnapshot(thread([message(1)]), null);
  render(<Field open={open} body="Here it is" kind="secure" onSend={() => undefined} onSecure={() => true} />, box);
});

afterEach(() => {
  render(null, box);
  vi.restoreAllMocks();
});

/** Whether it was taken from the browser. */
function paste(files: File[], types: string[]): boolean {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  box.querySelector("textarea")?.dispatchEvent(Object.assign(event, { clipboardData: { files, types } }));
  return event.defaultPrevented;
}

it("is attached where it is a file", () => {
  expect(paste([form], ["Files"])).toBe(true);
  expect(vi.mocked(attaching.attach).mock.calls).toEqual([["a", [form]]]);
});

it("is words where there are words, also beside the picture that office programs make of them", () => {
  expect([paste([], ["text/plain"]), paste([form], ["text/plain", "Files"])]).toEqual([false, false]);
  expect(attaching.attach).not.toHaveBeenCalled();
});
