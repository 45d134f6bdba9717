// @vitest-environment happy-dom
import { render } from "preact";
import { useRef } from "preact/hooks";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useSeen } from "./seen.ts";
import * as sight from "./sight.ts";
import { message, thread as page } from "./state/samples.ts";
import { fromSnapshot, type ThreadState } from "./state/thread.ts";

let box: HTMLElement;
/** Where the end of the newest message is; the timeline's own end is at 500. */
let bottom = 400;
let marked: unknown[];

function Stage({ open }: { open: ThreadState }) {
  const pane = useRef<HTMLDivElement>(null);
  useSeen(pane, open);
  return (
    <div ref={pane} class="pane">
      {open.messages.map((each) => (
        <p key={each.number} data-number={each.number} />
      ))}
    </div>
  );
}

let opened = 0;

/** So many messages in a conversation that is opened here for the first time, or goes on. */
function show(count: number, isNew = false): ThreadState {
  if (isNew) opened += 1;
  const sample = page(Array.from({ length: count }, (_, nth) => message(nth + 1)));
  const open = fromSnapshot({ ...sample, seen: 0, row: { ...sample.row, id: `c${opened}` } }, null);
  render(<Stage open={open} />, box);
  return open;
}

beforeEach(() => {
  vi.useFakeTimers();
  marked = [];
  bottom = 400;
  vi.stubGlobal("fetch", async (_: string, { body }: RequestInit) => {
    marked.push(JSON.parse(String(body)));
    return new Response(null, { status: 204 });
  });
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    return (this.className === "pane" ? { top: 0, bottom: 500 } : { top: bottom - 40, bottom }) as DOMRect;
  });
  box = document.createElement("div");
  document.body.append(box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it("takes what stands there when a conversation is opened as seen for writing, and as read after a second", async () => {
  const open = show(3, true);
  await vi.advanceTimersByTimeAsync(100);
  expect(sight.isAll(open)).toBe(true);
  expect(marked).toEqual([]);

  await vi.advanceTimersByTimeAsync(1_500);
  expect(marked).toEqual([{ number: 3 }]);
});

it("does not take what came this moment as seen, nor what came after it", async () => {
  show(3, true);
  await vi.advanceTimersByTimeAsync(2_000);
  const more = show(4);
  await vi.advanceTimersByTimeAsync(700);
  expect(sight.of(more)).toBe(3);

  const most = show(5);
  await vi.advanceTimersByTimeAsync(700);
  expect(sight.of(most)).toBe(4);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(sight.isAll(most)).toBe(true);
});

it("does not take as seen what came below, however long, until it is gone to", async () => {
  show(3, true);
  await vi.advanceTimersByTimeAsync(2_000);
  bottom = 900;
  const more = show(4);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sight.of(more)).toBe(3);
  expect(marked).toEqual([{ number: 3 }]);

  bottom = 480;
  await vi.advanceTimersByTimeAsync(1_500);
  expect(sight.isAll(more)).toBe(true);
});

it("takes nothing as seen in a window that nobody looks at", async () => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  const open = show(3, true);
  await vi.advanceTimersByTimeAsync(60_000);

  expect(sight.of(open)).toBe(0);
  expect(marked).toEqual([]);
});
