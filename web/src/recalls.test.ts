// @vitest-environment happy-dom

import { beforeEach, expect, it } from "vitest";
import type { Me, Message } from "../../realtime/client/wire.gen.ts";
import { undoable } from "./recalls.ts";
import * as samples from "./state/samples.ts";
import { fromSnapshot } from "./state/thread.ts";
import { lastOfMine, me, place, thread } from "./store.ts";

const SOON = new Date(Date.now() + 60_000).toISOString();
const by = (id: string, number: number, change: Partial<Message> = {}) =>
  samples.message(number, { from: { kind: "staff", id, name: id, initials: "X" }, undo_until: SOON, ...change });

const show = (...messages: Message[]) => (thread.value = fromSnapshot(samples.thread(messages), null));

beforeEach(() => {
  lastOfMine.value = new Map();
  place.value = { team: "front", view: "open", conversation: "a", strays: false };
  me.value = { user: { id: "nia" }, limits: { undo_seconds: 5 } } as unknown as Me;
});

it("takes back what the wire brought before the server's answer", () => {
  show(by("nia", 1), by("nia", 2));
  expect(undoable()?.number).toBe(2);
});

it("takes back nothing of a colleague, nothing that is gone, and nothing twice", () => {
  const gone = { at: SOON, by: "nia" } as unknown as Message["recalled"];
  show(by("dana", 1), by("nia", 2, { undo_until: null }), by("nia", 3, { recalled: gone }));
  expect(undoable()).toBeNull();
});
