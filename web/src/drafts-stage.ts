/** One screen for the tests of drafts: a server that answers as each test says, and a clock that they move. */

import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import type { Me } from "../../realtime/client/wire.gen.ts";
import * as kept from "./drafts.ts";
import * as notes from "./notes.ts";
import * as outgoing from "./outgoing.ts";
import {
  connection,
  draftOf,
  drafts,
  keepDraft,
  me,
  noteDrafts,
  pending,
  pendingNotes,
  place,
  signedOut,
  thread,
} from "./store.ts";

interface Asked {
  method: string;
  path: string;
  body: Record<string, unknown>;
  isLast: boolean;
}

type Answer = [status: number, body?: unknown];

/** `here` is another conversation in each test: what the server has of one is remembered. */
export const stage = {
  asked: [] as Asked[],
  answer: (_: Asked): Answer | Promise<Answer> => [204],
  here: "",
};
let count = 0;

export const saved = () => stage.asked.filter((each) => each.method === "PUT").map((each) => each.body.body);
export const write = (body: string) => keepDraft(stage.here, { ...draftOf(stage.here), body });
export const pause = () => vi.advanceTimersByTimeAsync(1_000);

async function ask(address: string, request: RequestInit): Promise<Response> {
  const body = request.body ? JSON.parse(String(request.body)) : {};
  const path = address.replace("/api/v1", "");
  const one = { method: request.method ?? "GET", path, body, isLast: request.keepalive === true };
  stage.asked.push(one);
  const [status, said] = await stage.answer(one);
  return new Response(status === 204 ? null : JSON.stringify(said ?? {}), { status });
}

export function setUp(): void {
  beforeAll(kept.watch);
  beforeEach(() => {
    vi.useFakeTimers();
    count += 1;
    stage.here = `c${count}`;
    stage.asked = [];
    stage.answer = () => [204];
    me.value = { user: { id: "dana" }, teams: [], limits: { undo_seconds: 0 } } as unknown as Me;
    place.value = { team: "front", view: "open", conversation: stage.here, strays: false };
    connection.value = { name: "live", slow: false };
    thread.value = null;
    signedOut.value = false;
    vi.stubGlobal("fetch", ask);
  });
  afterEach(async () => {
    for (const entry of pending.value) outgoing.drop(entry.key);
    for (const entry of pendingNotes.value) notes.drop(entry.key);
    drafts.value = new Map();
    noteDrafts.value = new Map();
    stage.answer = () => [204];
    signedOut.value = false;
    await kept.flush();
    await pause();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
}
