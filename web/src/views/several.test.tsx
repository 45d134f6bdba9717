// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me, Row } from "../../../realtime/client/wire.gen.ts";
import { listen } from "../hotkeys.ts";
import { lateDialogs } from "../parts.ts";
import * as several from "../several.ts";
import { settled } from "../stage.ts";
import { fromSnapshot } from "../state/inbox.ts";
import { colleague, inbox as page, row, waiting } from "../state/samples.ts";
import { cursor, dialog, held, inbox, listLoading, me, place, selected, toasts } from "../store.ts";
import { Dialogs } from "./dialogs.tsx";
import { List } from "./list.tsx";

interface Asked {
  ids: string[];
  act: Record<string, unknown>;
}

class Watcher {
  observe() {}
  disconnect() {}
}

let box: HTMLElement;
let asked: Asked[];
/** What the server says of each id that it does not do. */
let no: Record<string, string>;
let isSilent: boolean;

function answer({ ids, act }: Asked) {
  const state = act.do === "done" ? "done" : "open";
  const outcomes = ids.map((id) =>
    no[id]
      ? { id, row: null, refused: { code: no[id], detail: "No." } }
      : { id, row: { ...inbox.value?.rows.get(id), rev: 9, state }, refused: null },
  );
  return new Response(JSON.stringify({ outcomes }), { status: 200 });
}

function show(rows: Row[]): void {
  inbox.value = fromSnapshot(page(rows, { view: "open" }), new Set(["front", "watched"]), null);
}

// The dialogs come after the first view, which no test here waits for.
beforeAll(lateDialogs.load);
beforeAll(listen);

beforeEach(async () => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  asked = [];
  no = {};
  isSilent = false;
  toasts.value = [];
  cursor.value = null;
  dialog.value = null;
  held.value = false;
  listLoading.value = "ready";
  place.value = { team: "front", view: "open", conversation: null, strays: false };
  me.value = {
    user: { id: "dana", name: "Dana Reyes" },
    teams: [
      { id: "front", name: "Front desk", is_member: true },
      { id: "watched", name: "Billing", is_member: false },
    ],
    tags: [{ id: "t", name: "Refill", colour: "teal" }],
    organization: { zone: "America/Chicago" },
  } as unknown as Me;
  vi.stubGlobal("ResizeObserver", Watcher);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(880);
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    if (address.endsWith("/members")) {
      return new Response(JSON.stringify({ members: [colleague("sam", "Sam Okafor")] }), { status: 200 });
    }
    const next = JSON.parse(String(request.body)) as Asked;
    asked.push(next);
    if (isSilent) throw new TypeError("offline");
    return answer(next);
  });
  box = document.createElement("div");
  document.body.append(box);
  const [b, c] = [row("b", { updated_at: at(3) }), row("c", { updated_at: at(2) })];
  show([{ ...waiting("a", 4), updated_at: at(4) }, b, c, row("w", { team: "watched", updated_at: at(1) })]);
  render(
    <>
      <List />
      <Dialogs />
    </>,
    box,
  );
  await settled();
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

const at = (minute: number) => `2026-11-23T15:0${minute}:00Z`;
const link = (id: string) => box.querySelector<HTMLElement>(`[data-id="${id}"] a`) as HTMLElement;
const tick = (id: string) => box.querySelector<HTMLInputElement>(`[data-id="${id}"] .pick`);
const bar = () => box.querySelector(".several")?.textContent ?? null;
const chosen = () => several.chosen.value.map((each) => each.id);
const button = (words: string) =>
  [...box.querySelectorAll<HTMLButtonElement>("button")].find((each) => each.textContent?.startsWith(words));

async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  await settled();
}

describe("choosing", () => {
  it("is done by X, goes on with Shift and an arrow, and ends with Escape", async () => {
    link("a").focus();
    await press("x");
    expect(chosen()).toEqual(["a"]);
    expect(bar()).toMatch(/^Selected conversations1 selected/);
    await press("ArrowDown", { shiftKey: true });
    expect(chosen()).toEqual(["a", "b"]);
    expect(document.activeElement).toBe(link("b"));
    await press("x");
    expect(chosen()).toEqual(["a"]);
    await press("Escape");
    expect(bar()).toBeNull();
  });

  it("is done by the box of a row, and with Shift up to it", async () => {
    tick("a")?.click();
    tick("c")?.dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: true }));
    await settled();
    expect(chosen()).toEqual(["a", "b", "c"]);
    expect(tick("b")?.checked).toBe(true);
    expect(box.querySelector('.list [role="status"]')?.textContent).toBe("3 selected");
  });

  it("leaves out what is only observed", async () => {
    expect(tick("w")).toBeNull();
    link("w").focus();
    await press("x");
    several.extend("a", "w");
    expect(chosen()).toEqual(["a", "b", "c"]);
  });

  it("ends when another list is shown, and forgets what left this one", async () => {
    several.extend("a", "c");
    show([row("a", { rev: 9, state: "done" }), row("b"), row("c")]);
    await settled();
    expect(chosen().sort()).toEqual(["b", "c"]);
    inbox.value = fromSnapshot(page([row("b")], { view: "mine" }), new Set(["front"]), null);
    await settled();
    expect(selected.value.size).toBe(0);
  });
});

describe("acting on several", () => {
  it("asks once, and says what became of each; what was refused stays chosen", async () => {
    no = { a: "reason_needed" };
    several.extend("a", "c");
    await press("e");
    expect(asked).toEqual([{ ids: ["a", "b", "c"], act: { do: "done" } }]);
    expect(toasts.value.map((each) => each.words)).toEqual(["2 done. 1 needs a reason: Maria G."]);
    expect(toasts.value[0]?.isError).toBe(true);
    expect(chosen()).toEqual(["a"]);
  });

  it("asks for the reason once all who are left wait, and gives it for each", async () => {
    several.toggle("a");
    await press("e");
    expect(asked).toEqual([]);
    expect(box.textContent).toContain("1 patient still waits for an answer");
    box.querySelector("dialog form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await settled();
    expect(asked).toEqual([{ ids: ["a"], act: { do: "done", why: "by_phone" } }]);
    expect(dialog.value).toBeNull();
    expect(bar()).toBeNull();
  });

  it("assigns to somebody of their team, from the key", async () => {
    several.extend("a", "b");
    await settled();
    await press("A", { shiftKey: true });
    expect(document.activeElement?.textContent).toMatch(/Me$/);
    button("Sam Okafor")?.click();
    await settled();
    expect(asked).toEqual([{ ids: ["a", "b"], act: { do: "assign", to: "sam" } }]);
    expect(toasts.value.at(-1)?.words).toBe("2 assigned to Sam Okafor");
  });

  it("tags, snoozes and gives priority, from the keys", async () => {
    several.extend("a", "b");
    await settled();
    await press("t");
    box.querySelector<HTMLButtonElement>(".several .item")?.click();
    await settled();
    several.extend("b", "c");
    await press("!");
    several.extend("b", "c");
    await press("s");
    box.querySelector<HTMLButtonElement>(".quick-times button")?.click();
    await settled();
    expect(asked.map((each) => each.act)).toEqual([
      { do: "tag", tag: "t" },
      { do: "priority", on: true },
      { do: "snooze", until: expect.stringMatching(/Z$/) },
    ]);
  });

  it("from the bar leaves the focus in the list, where the first of them was", async () => {
    several.extend("b", "c");
    await settled();
    button("Done")?.focus();
    button("Done")?.click();
    await settled();
    await new Promise((done) => requestAnimationFrame(done));
    await settled();
    expect(bar()).toBeNull();
    expect(document.activeElement).toBe(link("w"));
  });

  it("means the open conversation while the person is in that", async () => {
    several.extend("b", "c");
    (document.activeElement as HTMLElement | null)?.blur();
    place.value = { ...place.value, conversation: "b" };
    expect(several.isMeant()).toBe(false);
    link("b").focus();
    expect(several.isMeant()).toBe(true);
  });

  it("keeps them chosen where no answer comes", async () => {
    isSilent = true;
    several.extend("b", "c");
    await press("e");
    expect(chosen()).toEqual(["b", "c"]);
    expect(toasts.value[0]?.words).toContain("still selected");
  });

  it("goes in hundreds", async () => {
    show(Array.from({ length: 230 }, (_, index) => row(`n${String(index).padStart(3, "0")}`)));
    await settled();
    several.extend(inbox.value?.order[0] ?? "", inbox.value?.order.at(-1) ?? "");
    await press("!");
    expect(asked.map((each) => each.ids.length)).toEqual([100, 100, 30]);
    expect(new Set(asked.flatMap((each) => each.ids)).size).toBe(230);
  });
});
