// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { settled } from "../stage.ts";
import { message, thread as page } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { me, members, noteDraftOf, noteDrafts, noting, thread } from "../store.ts";
import { NewConversation } from "./new-conversation.tsx";

const nia = { id: "nia", name: "Nia Brooks", initials: "NB" };
const coworkers = [
  { ...nia, teams: ["Front desk"], is_on: true },
  { id: "lee", name: "Lee Park", initials: "LP", teams: ["Billing"], is_on: false },
];

let box: HTMLElement;
const closed = vi.fn();

const options = () => [...box.querySelectorAll<HTMLElement>('[role="option"]')];
const hint = () => box.querySelector(".hint")?.textContent?.trim();

async function begin(): Promise<void> {
  render(<NewConversation onClose={closed} />, box);
  await settled();
  [...box.querySelectorAll("button")].find((each) => each.textContent?.includes("Coworker"))?.click();
  await settled();
}

beforeEach(() => {
  closed.mockClear();
  box = document.createElement("div");
  document.body.append(box);
  noteDrafts.value = new Map();
  noting.value = null;
  members.value = new Map([["front", [nia]]]);
  me.value = {
    limits: { body: 5000 },
    teams: [{ id: "front", name: "Front desk", is_member: true }],
    user: { id: "dana" },
  } as unknown as Me;
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ coworkers })));
});

afterEach(() => {
  render(null, box);
  box.remove();
  thread.value = null;
  vi.unstubAllGlobals();
});

it("shows who is on and who is not, and says that a conversation comes first", async () => {
  await begin();

  await vi.waitFor(() => expect(options()).toHaveLength(2));
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Coworker’s name");
  expect([...box.querySelectorAll('[role="group"] .title')].map((each) => each.textContent?.trim())).toEqual([
    "On now",
    "Not on",
  ]);
  options()[0]?.click();
  await settled();
  expect(hint()).toBe("Open a conversation first, then choose a coworker here.");
  expect(closed).not.toHaveBeenCalled();
});

it("begins a note that calls on whom was chosen", async () => {
  thread.value = fromSnapshot(page([message(1)]), null);
  await begin();
  options()[0]?.click();
  await settled();

  expect(closed).toHaveBeenCalled();
  expect(noting.value).toBe("a");
  expect(noteDraftOf("a")).toMatchObject({ body: "@Nia Brooks ", chosen: ["nia"] });
});

it("says of somebody who cannot read the conversation that they cannot, and writes nothing", async () => {
  thread.value = fromSnapshot(page([message(1)]), null);
  await begin();
  options()[1]?.click();
  await settled();

  expect(hint()).toBe("Lee Park is not in Front desk and cannot read this conversation.");
  expect(noting.value).toBeNull();
});
