// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { settled } from "../stage.ts";
import { fromSnapshot } from "../state/inbox.ts";
import { inbox as page, row } from "../state/samples.ts";
import { inbox, me, selected } from "../store.ts";
import { SelectionBar } from "./several.tsx";

const kept = { id: "t", name: "Refill", colour: "teal" } as const;
const retired = { id: "gone", name: "Gone", colour: "grey" } as const;
const rows = [row("a", { tags: [kept, retired] }), row("b", { tags: [kept] }), row("c")];

let box: HTMLElement;
let asked: unknown[];

/** The menu of tags with these chosen: each item's words, and whether it is on. */
async function menu(...ids: string[]): Promise<[HTMLButtonElement[], unknown[]]> {
  selected.value = new Set(ids);
  await settled();
  document.getElementById("several-tags")?.click();
  await settled();
  const items = [...box.querySelectorAll<HTMLButtonElement>(".several .item")];
  return [items, items.map((each) => [each.textContent?.trim(), each.getAttribute("aria-pressed")])];
}

beforeEach(() => {
  box = document.createElement("div");
  document.body.append(box);
  asked = [];
  inbox.value = fromSnapshot(page(rows, { view: "open" }), new Set(["front"]), null);
  me.value = { teams: [{ id: "front", is_member: true }], tags: [kept], user: { id: "dana" } } as unknown as Me;
  vi.stubGlobal("fetch", async (_: string, request: RequestInit) => {
    const { ids, act }: { ids: string[]; act: unknown } = JSON.parse(String(request.body));
    asked.push(act);
    const outcomes = ids.map((id) => ({ id, row: rows.find((each) => each.id === id), refused: null }));
    return new Response(JSON.stringify({ outcomes }));
  });
  render(<SelectionBar />, box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  inbox.value = null;
  selected.value = new Set();
  vi.unstubAllGlobals();
});

it("takes a tag off that all of them have, and a retired one that one of them has", async () => {
  const [items, words] = await menu("a", "b");
  expect(words).toEqual([
    ["RefillTake off", "true"],
    ["GoneTake off", "true"],
  ]);
  items[1]?.click();
  await settled();
  expect(asked).toEqual([{ do: "tag", tag: "gone", on: false }]);
});

it("puts a tag on that one of them lacks", async () => {
  const [items, words] = await menu("b", "c");
  expect(words).toEqual([["Refill", "false"]]);
  items[0]?.click();
  await settled();
  expect(asked).toEqual([{ do: "tag", tag: "t" }]);
});
