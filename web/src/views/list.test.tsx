// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { fromSnapshot } from "../state/inbox.ts";
import { inbox as page, row } from "../state/samples.ts";
import { cursor, held, inbox, listLoading, me, place } from "../store.ts";
import { List } from "./list.tsx";

let box: HTMLElement;

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setTimeout(done, 5));
}

beforeEach(async () => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  listLoading.value = "ready";
  place.value = { team: "front", view: "open", conversation: null, strays: false };
  me.value = { user: { id: "dana", name: "Dana Reyes" }, teams: [{ id: "front", is_member: true }] } as unknown as Me;
  inbox.value = fromSnapshot(page([row("c"), row("b")], { view: "open" }), new Set(["front"]), null);
  box = document.createElement("div");
  document.body.append(box);
  render(<List />, box);
  await settled();
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

const link = (id: string) => box.querySelector<HTMLElement>(`[data-id="${id}"] a`) as HTMLElement;

it("lets nothing move as the focus goes from row to row, and remembers where it stands", async () => {
  link("c").focus();
  expect(held.value).toBe(true);
  const steps: boolean[] = [];
  const stop = held.subscribe((is) => steps.push(is));
  link("c").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
  await settled();
  stop();
  expect(document.activeElement).toBe(link("b"));
  expect(steps).toEqual([true]);
  expect(cursor.value).toBe("b");
  link("b").blur();
  expect(held.value).toBe(false);
});

it("goes on as before once it is gone from the screen with the focus in it", async () => {
  link("c").focus();
  render(null, box);
  await settled();
  expect(held.value).toBe(false);
});
