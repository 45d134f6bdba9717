// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../realtime/client/wire.gen.ts";
import { colleague, thread as page, waiting } from "./state/samples.ts";
import { fromSnapshot } from "./state/thread.ts";
import { me, thread, toasts } from "./store.ts";
import * as work from "./work.ts";

const sam = colleague("sam", "Sam Okafor");
let asked: unknown[];
let answer: () => Response;

beforeEach(() => {
  asked = [];
  toasts.value = [];
  me.value = { user: { id: "dana", name: "Dana Reyes" }, teams: [] } as unknown as Me;
  thread.value = fromSnapshot(page([], { row: { ...waiting("a", 1), assignee: sam } }), null);
  vi.stubGlobal("fetch", async (_: string, request: RequestInit) => {
    asked.push(JSON.parse(String(request.body)));
    return answer();
  });
});

afterEach(() => {
  thread.value = null;
  vi.unstubAllGlobals();
});

it("tells the server who had it on the screen", async () => {
  answer = () => new Response(JSON.stringify({ ...waiting("a", 1), rev: 99, assignee: null }));

  expect(await work.assign("a", null)).toBe(true);

  expect(asked).toEqual([{ to: null, seen: "sam" }]);
});

it("leaves it as it is, and says who has it, where somebody was faster", async () => {
  const detail = "Somebody was faster. Nia Brooks has it now. Look at the conversation.";
  answer = () => new Response(JSON.stringify({ code: "assigned_meanwhile", detail }), { status: 409 });

  expect(await work.assign("a", null)).toBe(false);

  expect(thread.value?.row.assignee).toEqual(sam);
  expect(toasts.value.map((each) => each.words)).toEqual([detail.slice(0, -1)]);
});
