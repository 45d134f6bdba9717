// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { settled } from "../stage.ts";
import { DropHere, useDrop } from "./drop-zone.tsx";

const attach = vi.hoisted(() => vi.fn());
vi.mock("../attaching.ts", () => ({ attach }));

let box: HTMLElement;

function Zone({ mayWrite }: { mayWrite: boolean }) {
  const { isOver, zone } = useDrop("a", mayWrite);
  return (
    <section {...zone}>
      <p>Words</p>
      {isOver && <DropHere name="Grace" />}
    </section>
  );
}

/** Whether it was taken. */
async function drag(name: string, on: string, types = ["Files"]): Promise<boolean> {
  const event = Object.assign(new Event(name, { bubbles: true, cancelable: true }), {
    dataTransfer: { types, files: ["a file"] },
  });
  box.querySelector(on)?.dispatchEvent(event);
  await settled();
  return event.defaultPrevented;
}

const isOffered = () => box.querySelector(".drop-here") !== null;

beforeEach(() => {
  attach.mockClear();
  box = document.createElement("div");
  render(<Zone mayWrite={true} />, box);
});

afterEach(() => render(null, box));

it("says where a file would go for as long as it is over the conversation, and takes it", async () => {
  await drag("dragenter", "section");
  await drag("dragenter", "p");
  await drag("dragleave", "p");
  expect(isOffered()).toBe(true);
  await drag("dragleave", "section");
  expect(isOffered()).toBe(false);

  await drag("dragenter", "section");
  expect(await drag("dragover", "p")).toBe(true);
  expect(await drag("drop", "p")).toBe(true);
  expect(attach.mock.calls).toEqual([["a", ["a file"]]]);
  expect(isOffered()).toBe(false);
});

it("leaves words that are dragged to the browser, and takes nothing from whoever only observes", async () => {
  expect(await drag("drop", "p", ["text/plain"])).toBe(false);
  render(<Zone mayWrite={false} />, box);
  expect(await drag("drop", "p")).toBe(false);
  expect(attach).not.toHaveBeenCalled();
});
