/** Dana's whole screen with the conversation “a” open, for tests that let something happen elsewhere. */

import { render } from "preact";
import { afterEach, beforeEach, expect, vi } from "vitest";
import type { Me, Message, Row, Signal, StaffFact, View } from "../../realtime/client/wire.gen.ts";
import * as bell from "./bell.ts";
import * as boot from "./boot.ts";
import { hours } from "./hours.ts";
import { type Asked, serve, settled } from "./stage.ts";
import { colleague, inbox, message, row, thread } from "./state/samples.ts";
import * as store from "./store.ts";
import { App } from "./views/app.tsx";
import * as wire from "./wire.ts";

export const nia = colleague("nia", "Nia Brooks");
export const byNia = { ...nia, kind: "staff" } as const;
/** Of a row: its patient waits. */
export const waits = { needs_reply_since: "2026-11-23T15:20:00Z" };

const team = (id: string, name: string) => ({
  id,
  name,
  is_member: true,
  numbers: [],
  strays: 0,
  urgent: [],
  labels: {},
});
const NOTHING = {
  needs_reply: 0,
  mine: 0,
  unassigned: 0,
  snoozed: 0,
  undelivered: 0,
  tasks: 0,
  unread: 0,
  for_me: 0,
  my_turn: 0,
};
const dana = {
  user: { id: "dana", name: "Dana Reyes", initials: "DR", role: "member" },
  organization: { name: "Sunrise", zone: "UTC", plan: "paid", private_words: { more: [], fewer: [] } },
  teams: [team("front", "Front desk"), team("billing", "Billing")],
  limits: { body: 5000, plain: 1000, undo_seconds: 5, lock_seconds: 600 },
  ...{ csrf: "c", build: "", sending: [], mentions: 0, tags: [], saved_views: [], push_key: null },
  session_ends_at: "2999-01-01T00:00:00Z",
} as unknown as Me;

/** What the server says, which a test may change before it is asked. */
export const server = {
  mine: dana,
  rows: [] as Row[],
  messages: [] as Message[],
  /** Other than usual in the answer to who opens “a”. */
  thread: {} as Record<string, unknown>,
};
let hear: Parameters<typeof wire.listen>[0];
let box: HTMLElement;
let n = 100;

export function answer({ path }: Pick<Asked, "path">): { status: number; said: unknown } {
  const { mine, rows, messages } = server;
  if (path === "/me") return { status: 200, said: mine };
  if (path.startsWith("/inbox")) {
    const { team, view } = store.place.value;
    const counts = { ...NOTHING, open: 2, waiting: 2 } as never;
    return { status: 200, said: inbox(rows, { team, view, counts }) };
  }
  if (path.startsWith("/conversations/a") && mine.teams.some(({ id }) => id === "front")) {
    return { status: 200, said: thread(messages, { row: a(), ...server.thread }) };
  }
  return { status: 404, said: { code: "unknown" } };
}

export const a = () => server.rows[0] as Row;
export const b = () => server.rows[1] as Row;
/** The message of ours in “a”. */
export const ours = () => server.messages[1] as Message;

export async function open(view: View = "open"): Promise<void> {
  store.place.value = { team: "front", view, conversation: "a", strays: false };
  await boot.start();
  render(<App />, box);
  await settled();
}

export async function happens(...facts: StaffFact[]): Promise<void> {
  hear.facts(facts);
  await settled();
}

type Rest<K> = Omit<Extract<StaffFact, { kind: K }>, "kind" | "n">;
export function fact<K extends StaffFact["kind"]>(kind: K, rest: Rest<K>): StaffFact {
  n += 1;
  return { kind, n, ...rest } as unknown as StaffFact;
}

/** As it is after something happened to it. */
export const next = <T extends { rev: number }>(of: T, rest: Partial<T> = {}): T => ({
  ...of,
  rev: of.rev + n,
  ...rest,
});

export async function shows(kind: Signal["kind"], who: Signal["who"]): Promise<void> {
  hear.signal({ t: "signal", kind, who, conversation: "a" } as Signal);
  await settled();
}

export const find = (selector: string) => box.querySelector<HTMLElement>(selector);
export const text = (selector: string) => find(selector)?.textContent?.replaceAll("\u202f", " ") ?? "";
export const ofRow = (id: string) => text(`[data-id="${id}"]`);
export const said = () => text(".hidden[aria-live]");
/** There is a pause between two utterances. */
export const spoken = (words: string) => vi.waitFor(() => expect(said()).toContain(words), 3_000);

class Watcher {
  observe(): void {}
  disconnect(): void {}
}

/** Before and after each test of a file. */
export function setUp(): void {
  beforeEach(() => {
    vi.stubGlobal("ResizeObserver", Watcher);
    vi.stubGlobal("IntersectionObserver", Watcher);
    vi.spyOn(wire, "listen").mockImplementation((listener) => {
      hear = listener;
    });
    vi.spyOn(wire, "rebase").mockReturnValue();
    vi.spyOn(wire, "signal").mockReturnValue();
    vi.spyOn(bell, "ring").mockResolvedValue();
    const mine = { ...byNia, id: "dana", name: "Dana Reyes" };
    server.mine = dana;
    server.rows = [row("a"), row("b", { patient: { ...row("b").patient, name: "Earl Jones" } })];
    server.messages = [message(1), message(2, { from: mine, via: "secure_sms" })];
    server.thread = {};
    serve(answer);
    document.head.innerHTML = '<link rel="icon" href="/calm.svg" data-calm="/calm.svg" data-waiting="/dot.svg">';
    box = document.createElement("div");
    document.body.append(box);
  });
  afterEach(() => {
    render(null, box);
    box.remove();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    store.inbox.value = store.thread.value = store.me.value = store.dialog.value = null;
    store.presence.value = new Map();
    store.toasts.value = [];
    store.drafts.value = new Map();
    store.said.value = "";
    hours.value = new Map();
  });
}
