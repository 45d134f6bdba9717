// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import type { Thread } from "../../realtime/client/wire.gen.ts";
import { serve } from "./stage.ts";
import { message, thread as page, posted, row } from "./state/samples.ts";
import { isAtEnd, MOST, newest } from "./state/stretch.ts";
import * as state from "./state/thread.ts";
import { place, thread } from "./store.ts";
import * as threads from "./threads.ts";

vi.mock("./wire.ts", async (original) => ({ ...(await original<typeof import("./wire.ts")>()), rebase: () => {} }));

const LENGTH = 1_200;
const PAGE = 50;

/** As the server pages: fifty before a number. */
function pageBefore(before: number, last = LENGTH): Thread {
  const to = Math.min(last, before - 1);
  const from = Math.max(1, to - PAGE + 1);
  const messages = Array.from({ length: to - from + 1 }, (_, at) => message(from + at));
  return page(messages, { before: from > 1 ? from : null });
}

const span = () => [thread.value?.messages[0]?.number, thread.value?.messages.at(-1)?.number];
const isShort = () => (thread.value?.messages.length ?? 0) <= MOST;
const arrives = (number: number) => posted(number, row("a", { rev: number }), [message(number)]);
let last: number;

beforeEach(() => {
  last = LENGTH;
  serve(({ path }) => {
    const before = new URL(path, "http://clinic").searchParams.get("before");
    return { status: 200, said: pageBefore(before ? Number(before) : last + 1, last) };
  });
  place.value = { team: "all", view: "open", conversation: "a", strays: false };
  thread.value = state.fromSnapshot(pageBefore(last + 1), null);
  threads.standsAt(true);
});

it("reads on to the beginning of a very long conversation without holding all of it", async () => {
  while (thread.value?.before !== null) {
    await threads.loadOlder();
    expect(isShort()).toBe(true);
  }
  expect(span()).toEqual([1, MOST]);
  expect(thread.value && newest(thread.value)).toBe(LENGTH);
});

it("reads on down to the newest again, page by page, and the wire goes on there", async () => {
  while (thread.value?.before !== null) await threads.loadOlder();
  while (thread.value && !isAtEnd(thread.value)) {
    await threads.loadNewer();
    expect(isShort()).toBe(true);
  }
  threads.follow([arrives(LENGTH + 1)]);
  expect(span()[1]).toBe(LENGTH + 1);
  expect(thread.value?.hasGap).toBe(false);
});

it("goes to the newest at once, with what came meanwhile", async () => {
  while (thread.value?.before !== null) await threads.loadOlder();
  last = LENGTH + 2;
  threads.follow([arrives(LENGTH + 1), arrives(LENGTH + 2)]);
  expect(thread.value && newest(thread.value)).toBe(LENGTH + 2);

  await threads.toNewest();

  expect(span()).toEqual([LENGTH + 2 - PAGE + 1, LENGTH + 2]);
});

it("holds no more than that while messages come, for whoever reads at the bottom and whoever does not", async () => {
  for (let number = LENGTH + 1; number <= LENGTH + 600; number += 1) threads.follow([arrives(number)]);
  expect(isShort()).toBe(true);
  expect(span()[1]).toBe(LENGTH + 600);

  threads.standsAt(false);
  const [first] = span();
  for (let number = LENGTH + 601; number <= LENGTH + 1_200; number += 1) threads.follow([arrives(number)]);
  expect(isShort()).toBe(true);
  expect(span()[0]).toBe(first);
  expect(thread.value && newest(thread.value)).toBe(LENGTH + 1_200);
});

it("reaches what a search found, far above and far below", async () => {
  expect(await threads.reach("a", 30)).toBe(true);
  expect(span()[0]).toBeLessThanOrEqual(30);

  expect(await threads.reach("a", LENGTH - 100)).toBe(true);
  const [first, end] = span() as [number, number];
  expect(first <= LENGTH - 100 && LENGTH - 100 <= end).toBe(true);
});

it("fetches the newest page where the next one does not meet what is held", async () => {
  while (thread.value?.before !== null) await threads.loadOlder();
  serve(({ path }) => ({ status: 200, said: path.includes("before") ? pageBefore(800) : pageBefore(last + 1) }));

  await threads.loadNewer();

  expect(span()).toEqual([LENGTH - PAGE + 1, LENGTH]);
});
