/** What the tests of screens share. */

import { vi } from "vitest";

export interface Asked {
  method: string;
  /** Without the part that all addresses have. */
  path: string;
  body: Record<string, unknown>;
}

/** Until what was pressed has been answered and drawn: timers, promises and effects have each had their turns. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((done) => setTimeout(done, 3));
}

/** Stands in for the server, and returns the list in which each question to it will stand. */
export function serve(answer: (one: Asked) => { status: number; said: unknown }): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    const body = typeof request.body === "string" ? JSON.parse(request.body) : {};
    const one = { method: request.method ?? "GET", path: address.replace("/api/v1", ""), body };
    asked.push(one);
    const { status, said } = answer(one);
    return new Response(status === 204 ? null : JSON.stringify(said), { status });
  });
  return asked;
}

/** Presses the first button that is called so; none is a failure. One that sends a form sends it. */
export async function pressButton(box: HTMLElement, name: string | RegExp): Promise<void> {
  const all = [...box.querySelectorAll("button")];
  const called = (each: HTMLButtonElement) => each.getAttribute("aria-label") ?? each.textContent ?? "";
  const button = all.find((each) => called(each).match(name));
  if (!button) throw new Error(`no button ${name} among ${all.map(called).join(", ")}`);
  if (button.type === "submit" && button.form) {
    button.form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  } else button.click();
  await settled();
}

/** Presses a key there; whether what has it kept it for itself. */
export async function pressKey(on: Element | null, key: string, held: KeyboardEventInit = {}): Promise<boolean> {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held });
  on?.dispatchEvent(event);
  await settled();
  return event.defaultPrevented;
}
