// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { pressButton, settled } from "../stage.ts";
import { message, thread as page, row } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { dialog, me, place, thread, toasts } from "../store.ts";
import { TagMenu, ThreadTags } from "./tags.tsx";

const refill = { id: "t1", name: "Refill", colour: "teal" } as const;
const old = { id: "t2", name: "Old word", colour: "grey" } as const;
let asked: string[] = [];
let answers: unknown[] = [];
let box: HTMLElement;

const press = (name: RegExp) => pressButton(box, name);

function Head() {
  const open = thread.value;
  return open && [<TagMenu key="menu" row={open.row} />, <ThreadTags key="tags" row={open.row} />];
}

function begin(role: string): void {
  me.value = { teams: [], tags: [refill], user: { id: "dana", role } } as unknown as Me;
  thread.value = fromSnapshot(page([message(1)], { row: row("a", { tags: [old] }) }), null);
}

beforeEach(() => {
  [asked, answers] = [[], []];
  box = document.createElement("div");
  document.body.append(box);
  dialog.value = null;
  toasts.value = [];
  place.value = { team: "front", view: "open", conversation: "a", strays: false };
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    asked.push(`${request.method} ${address.replace("/api/v1", "")}`);
    return new Response(JSON.stringify(answers.shift() ?? {}), { status: 200 });
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  thread.value = null;
  vi.unstubAllGlobals();
});

describe("the tags of a conversation", () => {
  it("are put on and taken off in one menu, retired ones where they still are", async () => {
    begin("member");
    render(<Head />, box);
    answers = [row("a", { rev: 2, tags: [old, refill] }), row("a", { rev: 3, tags: [refill] })];
    await press(/^Tags of this/);
    await press(/^Refill/);
    await press(/^Old word/);
    expect(asked).toEqual(["PUT /conversations/a/tags/t1", "DELETE /conversations/a/tags/t2"]);
    expect(box.querySelector(".thread-tags")?.textContent).toBe("Refill");
    expect(toasts.value.map(({ words, undo }) => [words, undo !== null])).toEqual([
      ["Tagged “Refill”", true],
      ["Tag “Old word” taken off", false],
    ]);
    answers = [row("a", { rev: 4, tags: [] })];
    toasts.value[0]?.undo?.();
    await settled();
    expect(asked.at(-1)).toBe("DELETE /conversations/a/tags/t1");
    expect(box.textContent).not.toContain("Change the tags");
  });

  it("are for a supervisor to change", async () => {
    begin("supervisor");
    render(<Head />, box);
    await press(/^Tags of this/);
    await press(/Change the tags/);
    expect(dialog.value).toEqual({ name: "tags" });
  });
});
