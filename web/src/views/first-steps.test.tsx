// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { lateDialogs } from "../parts.ts";
import { pressButton, settled } from "../stage.ts";
import { fromSnapshot } from "../state/inbox.ts";
import { inbox as page, row } from "../state/samples.ts";
import { dialog, inbox, listLoading, me, place } from "../store.ts";
import { List } from "./list.tsx";

let box: HTMLElement;

beforeAll(lateDialogs.load);

async function show(mine: { role?: string; isNew?: boolean; isMember?: boolean; numbers?: string[]; open?: number }) {
  const { role = "member", isNew = true, isMember = true, numbers = [], open = 0 } = mine;
  const team = { id: "front", name: "Front desk", is_member: isMember, numbers };
  me.value = { user: { id: "dana", role }, teams: [team], is_new: isNew } as unknown as Me;
  const counts = { needs_reply: 0, open } as never;
  inbox.value = fromSnapshot(page([], { view: "needs_reply", counts }), new Set(["front"]), null);
  render(<List />, box);
  await settled();
}

const buttons = () => [...box.querySelectorAll(".first-steps button")].map((each) => each.textContent);

beforeEach(() => {
  class Watcher {
    observe() {}
    disconnect() {}
  }
  vi.stubGlobal("ResizeObserver", Watcher);
  listLoading.value = "ready";
  place.value = { team: "front", view: "needs_reply", conversation: null, strays: false };
  box = document.createElement("div");
  document.body.append(box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  dialog.value = null;
  vi.unstubAllGlobals();
});

it("stands in the empty list of a clinic that is new, with the way to each step", async () => {
  await show({});
  expect(buttons()).toEqual(["See the plan", "Add a patient", "New conversation"]);
  await pressButton(box, "Add a patient");
  expect(dialog.value).toMatchObject({ name: "new-patient" });
});

it("ticks off the number, and offers what each person may do", async () => {
  await show({ role: "supervisor", isMember: false, numbers: ["+13125550100"] });
  expect(buttons()).toEqual(["Add a patient", "Import patients"]);
  expect(box.querySelector("li")?.textContent).toContain("A number: done");
});

it("goes with the first conversation, and does not come back where somebody has written", async () => {
  await show({ open: 1 });
  expect(buttons()).toEqual([]);
  await show({ isNew: false });
  expect(buttons()).toEqual([]);
  expect(box.textContent).toContain("Nothing needs a reply.");
  inbox.value = fromSnapshot(page([row("a")], { view: "open" }), new Set(["front"]), null);
});
