/** One locked or open screen for the tests of the lock: a server that answers as each test says, and a clock they move. */

import { render } from "preact";
import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { onLocked } from "../http.ts";
import * as lock from "../lock.ts";
import { lateDialogs } from "../parts.ts";
import { connection, dialog, inbox, me, place, signedOut } from "../store.ts";
import { App } from "./app.tsx";

type Answer = [status: number, body?: unknown];

/** Another tab of this session, or nobody. */
export class Tabs {
  static opened: Tabs | null = null;
  static said: unknown[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor() {
    Tabs.opened = this;
  }
  postMessage(what: unknown): void {
    Tabs.said.push(what);
  }
}

export const HERE = {
  user: { id: "dana", name: "Dana Reyes", initials: "DR" },
  clinic: "Mercy Clinic",
  locked: true,
  csrf: "fresh",
};
export const MINE = {
  user: { id: "dana", name: "Dana Reyes", initials: "DR", role: "member" },
  organization: { name: "Mercy Clinic" },
  teams: [],
  limits: { undo_seconds: 0, lock_seconds: 600 },
} as unknown as Me;

export const usual = (call: string): Answer => {
  if (call === "GET /session") return [200, HERE];
  return call === "POST /session/unlock" || call === "GET /me" ? [200, MINE] : [204];
};
export const stage = { box: document.createElement("div"), asked: [] as string[], answer: usual };
export const opened = vi.fn(async () => lock.open());

export const later = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
export const minutes = (count: number) => later(count * 60_000);
export const times = (call: string) => stage.asked.filter((each) => each === call).length;
export const press = () => dispatchEvent(new KeyboardEvent("keydown"));

export async function type(password: string): Promise<void> {
  (stage.box.querySelector("input[name=password]") as HTMLInputElement).value = password;
  stage.box.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await later();
}

async function ask(address: string, request: RequestInit): Promise<Response> {
  const call = `${request.method} ${address.replace("/api/v1", "")}`;
  if (call !== "GET /session/others") stage.asked.push(call);
  const [status, body] = stage.answer(call);
  if (status === 0) throw new TypeError("nobody answers");
  return new Response(status === 204 ? null : JSON.stringify(body ?? {}), { status });
}

export function setUp(): void {
  beforeAll(async () => {
    await lateDialogs.load();
    vi.useFakeTimers();
    vi.stubGlobal("BroadcastChannel", Tabs);
    vi.stubGlobal("fetch", ask);
    onLocked(lock.heard);
    lock.watch(opened);
  });
  beforeEach(begin);
  afterEach(async () => {
    render(null, stage.box);
    stage.box.remove();
    dialog.value = null;
    signedOut.value = false;
    lock.open();
    await later(10_000);
  });
}

/** Dana has just pressed a key, a minute after the last that the server heard of. */
async function begin(): Promise<void> {
  localStorage.clear();
  stage.answer = usual;
  opened.mockClear();
  me.value = MINE;
  inbox.value = null;
  place.value = { team: "all", view: "open", conversation: null, strays: false };
  connection.value = { name: "live", slow: false };
  signedOut.value = false;
  lock.open();
  stage.box = document.createElement("div");
  document.body.append(stage.box);
  render(<App />, stage.box);
  await later(60_000);
  press();
  stage.asked = [];
  Tabs.said = [];
}
