// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { serve, settled } from "../stage.ts";
import { message, thread as page, posted, row } from "../state/samples.ts";
import { bounded, MOST } from "../state/stretch.ts";
import { fromSnapshot, withOlder } from "../state/thread.ts";
import { me, pending, place, thread } from "../store.ts";
import * as threads from "../threads.ts";
import { Timeline } from "./timeline.tsx";

vi.mock("../wire.ts", async (original) => ({ ...(await original<typeof import("../wire.ts")>()), rebase: () => {} }));

const LENGTH = MOST + 100;
const some = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => message(from + at));
const newestPage = () => page(some(LENGTH - 47, LENGTH + 2), { before: LENGTH - 47 });
const arrives = (number: number) => posted(number, row("a", { rev: number }), [message(number)]);
let box: HTMLElement;

const Open = () => thread.value && <Timeline open={thread.value} />;
const chip = () => box.querySelector<HTMLButtonElement>(".to-bottom");
const numbers = () =>
  [...box.querySelectorAll<HTMLElement>("[data-number]")].map((each) => Number(each.dataset.number));

/** Nothing has a size here: so that the reader is at the bottom only where they were taken there. */
const readsUp = () => Object.defineProperty(box.querySelector(".timeline"), "scrollHeight", { value: 9_000 });

beforeEach(async () => {
  serve(() => ({ status: 200, said: newestPage() }));
  me.value = { user: { id: "dana" }, teams: [], limits: { undo_seconds: 0 } } as unknown as Me;
  place.value = { team: "all", view: "open", conversation: "a", strays: false };
  thread.value = fromSnapshot(page(some(51, LENGTH), { before: 51, seen: LENGTH }), null);
  box = document.createElement("div");
  document.body.append(box);
  render(<Open />, box);
  readsUp();
  box.querySelector(".timeline")?.dispatchEvent(new Event("scroll"));
  thread.value = bounded(withOlder(thread.value, page(some(1, 50))), "newest");
  await settled();
});

afterEach(() => {
  render(null, box);
  box.remove();
  pending.value = [];
  vi.unstubAllGlobals();
});

it("says where the newest are not held, and counts what comes there", async () => {
  expect([numbers().length, numbers().at(-1)]).toEqual([MOST, MOST]);
  expect(chip()?.textContent).toContain("Newest messages");

  threads.follow([arrives(LENGTH + 1), arrives(LENGTH + 2)]);
  await settled();

  expect(chip()?.textContent).toContain("2 new messages");
  expect(numbers().length).toBe(MOST);
});

it("leads to the newest page, and then says nothing more", async () => {
  chip()?.click();
  await settled();

  expect(numbers().at(-1)).toBe(LENGTH + 2);
  expect(numbers().length).toBe(50);
  expect(chip()).toBeNull();
});

it("fetches the newest also for whoever writes from further up", async () => {
  pending.value = [
    { key: "k", draft: { conversation: "a", via: "secure_sms", body: "Yes." }, state: "sending", at: Date.now() },
  ] as unknown as typeof pending.value;
  await settled();

  expect(numbers().at(-1)).toBe(LENGTH + 2);
});
