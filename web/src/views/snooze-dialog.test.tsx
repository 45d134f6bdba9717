// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { settled } from "../stage.ts";
import { row } from "../state/samples.ts";
import { me, toasts } from "../store.ts";
import { Snoozed } from "./assign.tsx";
import { SnoozeDialog } from "./snooze-dialog.tsx";

const DAY = 24 * 60 * 60_000;
let asked: unknown[] = [];
let isClosed = false;
let box: HTMLElement;

beforeEach(() => {
  [asked, isClosed] = [[], false];
  toasts.value = [];
  me.value = { user: { id: "dana" }, teams: [], organization: { zone: "America/Chicago" } } as unknown as Me;
  box = document.createElement("div");
  document.body.append(box);
  vi.stubGlobal("fetch", async (_: string, request: RequestInit) => {
    asked.push(JSON.parse(String(request.body)));
    return new Response(JSON.stringify(row("a")), { status: 200 });
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("can be until the patient replies, and says the latest", async () => {
  render(<SnoozeDialog conversation="a" onClose={() => (isClosed = true)} />, box);
  await settled();
  const choice = [...box.querySelectorAll("button")].find((each) => each.textContent?.includes("patient replies"));
  expect(choice?.textContent).toBe("When the patient replies, in 30 days at the latest");
  choice?.click();
  await settled();
  const [{ until, for_reply }] = asked as [{ until: string; for_reply: boolean }];
  expect(for_reply).toBe(true);
  expect(Math.abs(Date.parse(until) - Date.now() - 30 * DAY)).toBeLessThan(DAY);
  expect(isClosed).toBe(true);
  expect(toasts.value[0]?.words).toMatch(/^Snoozed until the patient replies, at the latest until .* 8:00.AM$/);
});

it("says in the conversation what it waits for", () => {
  const snoozed_until = "2026-12-28T14:00:00Z";
  render(<Snoozed row={row("a", { snoozed_until, snoozed_for_reply: true })} mayAct={false} />, box);
  expect(box.textContent).toContain("Snoozed until the patient replies, at the latest until Mon, Dec 28, 8:00");
  render(<Snoozed row={row("a", { snoozed_until })} mayAct={false} />, box);
  expect(box.textContent).toContain("Snoozed until Mon, Dec 28, 8:00");
});
