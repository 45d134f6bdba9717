// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { load } from "../lists.ts";
import { settled } from "../stage.ts";
import { fromSnapshot } from "../state/inbox.ts";
import { inbox as page, row } from "../state/samples.ts";
import { inbox, listLoading, me, place } from "../store.ts";
import { List } from "./list.tsx";

let box: HTMLElement;
let answer: () => Response;

const said = () => box.querySelector('[role="alert"]')?.textContent ?? null;

beforeEach(async () => {
  const observer = class {
    observe() {}
    disconnect() {}
  };
  vi.stubGlobal("ResizeObserver", observer);
  vi.stubGlobal("fetch", async () => answer());
  place.value = { team: "front", view: "open", conversation: null, strays: false };
  const team = { id: "front", name: "Front desk", is_member: true };
  me.value = { user: { id: "dana" }, teams: [team] } as unknown as Me;
  inbox.value = null;
  listLoading.value = "ready";
  box = document.createElement("div");
  document.body.append(box);
  render(<List />, box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("says with what reference its record is found, and is there after another try", async () => {
  const broken = {
    code: "our_fault",
    detail: "Something went wrong on our side. If you call us, say 3F2A7K.",
    reference: "3F2A7K",
  };
  answer = () => new Response(JSON.stringify(broken), { status: 500 });
  await load();
  await settled();
  expect(said()).toBe("The list did not load.Something went wrong on our side.Reference 3F2A7KTry again");

  answer = () => new Response(JSON.stringify(page([row("a")], { view: "open" })));
  box.querySelector<HTMLButtonElement>('[role="alert"] button')?.click();
  await settled();
  expect(said()).toBeNull();
  expect(box.querySelector('[data-id="a"]')).not.toBeNull();
});

it("says that nobody answered, without a reference that nobody has", async () => {
  answer = () => {
    throw new TypeError("no network");
  };
  await load();
  await settled();
  expect(said()).toBe("The list did not load.The server could not be reached.Try again");
});

it("gives the server's own reason where there is one", async () => {
  const busy = { code: "too_many", detail: "That is too often. Try again in a minute." };
  answer = () => new Response(JSON.stringify(busy), { status: 429 });
  await load();
  await settled();
  expect(said()).toContain("That is too often. Try again in a minute.");
});

it("shows no rows of the list before as if they were this one's, but keeps its own", async () => {
  inbox.value = fromSnapshot(page([row("a")], { view: "open" }), new Set(["front"]), null);
  const broken = () => new Response(JSON.stringify({ code: "our_fault", detail: "Broken." }), { status: 500 });
  answer = broken;
  await load();
  await settled();
  expect(said()).toContain("did not load");
  expect(box.querySelector('[data-id="a"]')).not.toBeNull();

  place.value = { ...place.value, view: "done" };
  await load();
  await settled();
  expect(said()).toContain("did not load");
  expect(box.querySelector('[data-id="a"]')).toBeNull();
});
