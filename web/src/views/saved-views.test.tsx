// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Me, SavedView } from "../../../realtime/client/wire.gen.ts";
import { run } from "../commands.ts";
import { lateDialogs } from "../parts.ts";
import { dialog, inbox, me, place } from "../store.ts";
import { Dialogs } from "./dialogs.tsx";
import { Rail } from "./rail.tsx";

const REFILLS: SavedView = { id: "v1", name: "Refills", team: "front", view: "open", tag: "t1" };
const mine = (saved_views: SavedView[]) =>
  ({
    user: { id: "dana", role: "member" },
    organization: { zone: "America/Chicago" },
    limits: {},
    sending: [],
    mentions: 0,
    tags: [{ id: "t1", name: "Refill", colour: "teal" }],
    teams: [{ id: "front", name: "Front desk", is_member: true, strays: 0 }],
    saved_views,
  }) as unknown as Me;

let box: HTMLElement;
let asked: { method: string; path: string; body: unknown }[];
let answer: (path: string) => [number, unknown];

const OLD: SavedView = { id: "v2", name: "Night desk", team: "night", view: "open", tag: null };

const settled = () => new Promise((done) => setTimeout(done, 20));
const button = (words: string) =>
  [...box.querySelectorAll("button")].find((each) =>
    (each.getAttribute("aria-label") ?? each.textContent)?.includes(words),
  );

beforeAll(lateDialogs.load);

beforeEach(async () => {
  asked = [];
  answer = (path) => (path === "/me" ? [200, mine([REFILLS])] : [503, {}]);
  box = document.createElement("div");
  document.body.append(box);
  inbox.value = null;
  place.value = { team: "all", view: "snoozed", conversation: null, strays: false };
  me.value = mine([REFILLS]);
  vi.stubGlobal("fetch", async (address: string, { method, body }: RequestInit) => {
    const path = address.replace("/api/v1", "");
    asked.push({ method: method ?? "GET", path, body: body ? JSON.parse(String(body)) : null });
    const [status, said] = answer(path);
    return new Response(status === 204 ? null : JSON.stringify(said), { status });
  });
  render(
    <>
      <Rail />
      <Dialogs />
    </>,
    box,
  );
  await settled();
});

afterEach(() => {
  render(null, box);
  box.remove();
  dialog.value = null;
  vi.unstubAllGlobals();
});

const field = () => box.querySelector<HTMLInputElement>("dialog input");

async function type(words: string): Promise<void> {
  const input = field();
  if (input) input.value = words;
  input?.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

async function submit(): Promise<void> {
  box.querySelector("dialog form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await settled();
}

async function press(words: string): Promise<void> {
  const found = button(words);
  if (!found) throw new Error(`no button ${words}`);
  found.click();
  await settled();
}

/** What the person did, without what the screen asked for by itself. */
const done = () => asked.filter(({ method }) => method !== "GET");

it("leads to its list and says that it is the one shown", async () => {
  expect(button("Refills")?.title).toBe("Open · Front desk · Refill");
  await press("Refills");

  expect(place.value).toMatchObject({ team: "front", view: "open", tag: "t1", strays: false });
  expect(button("Refills")?.getAttribute("aria-current")).toBe("true");
  expect(asked[0]?.path).toBe("/inbox?team=front&view=open&tag=t1");
  // What is kept already is not offered again.
  expect(button("Save this list")).toBeUndefined();
});

it("is shown by its key, and no other key shows anything", async () => {
  run("my-view", "2");
  await settled();
  expect(asked).toEqual([]);

  run("my-view", "1");
  await settled();
  expect(place.value).toMatchObject({ team: "front", view: "open", tag: "t1" });
});

it("is among all commands by its name, with its key", async () => {
  dialog.value = { name: "palette" };
  await settled();
  const options = [...box.querySelectorAll('[role="option"]')].map((each) => each.textContent);
  expect(options).toContain("Show Refills1");
});

it("is not in the rail where its team is no longer mine, and leaves its key to the next one", async () => {
  me.value = mine([OLD, REFILLS]);
  await settled();
  expect(button("Night desk")).toBeUndefined();
  expect(button("Refills")?.querySelector("kbd")?.textContent).toBe("1");

  await press("Change my views");
  const listed = box.querySelector("dialog")?.textContent;
  expect(listed).toContain("Night deskOpen · A team that is no longer yours");
  expect(button("Show Night desk")).toBeUndefined();
  expect(button("Remove Night desk")).toBeDefined();
});

it("keeps the list that is shown, under a name", async () => {
  await press("Save this list");
  expect(document.activeElement).toBe(field());
  expect(box.querySelector("dialog")?.textContent).toContain("Snoozed · All my teams. Only you see it");

  await type("Later");
  answer = (path) => (path === "/me" ? [200, mine([])] : [201, {}]);
  await submit();

  const body = { name: "Later", team: null, view: "snoozed" };
  expect(done()).toEqual([{ method: "POST", path: "/views", body }]);
  expect(dialog.value).toBeNull();
});

it("says beforehand that a name has one already", async () => {
  await press("Save this list");
  expect(button("Replace")).toBeUndefined();

  await type(" refills ");
  const words = "“Refills” shows Open · Front desk · Refill. Replace it, and it shows this list instead.";
  expect(box.querySelector('dialog [role="status"]')?.textContent).toBe(words);
  expect(button("Replace")?.getAttribute("type")).toBe("submit");
});

it("stays open with the reason where it is refused", async () => {
  dialog.value = { name: "save-view", where: { team: null, view: "open", tag: null } };
  await settled();
  answer = () => [409, { code: "too_many_views", detail: "You have 20 saved views. Remove one first." }];
  await submit();

  expect(box.querySelector('dialog [role="alert"]')?.textContent).toBe("You have 20 saved views. Remove one first.");
});

it("gets another name in its own place", async () => {
  dialog.value = { name: "my-views" };
  await settled();
  await press("Rename Refills");
  expect(document.activeElement).toBe(field());
  expect(field()?.value).toBe("Refills");
  answer = () => [409, { code: "name_taken", detail: "You have another view of this name. Choose another name." }];
  await submit();
  expect(box.querySelector('dialog [role="alert"]')?.textContent).toContain("Choose another name.");

  await type("Refills today");
  answer = (path) => (path === "/me" ? [200, mine([{ ...REFILLS, name: "Refills today" }])] : [200, {}]);
  await submit();

  expect(done().at(-1)).toEqual({ method: "PUT", path: "/views/v1", body: { name: "Refills today" } });
  expect(document.activeElement).toBe(button("Show Refills today"));
});

it("is removed with one press, and can be had back", async () => {
  dialog.value = { name: "my-views" };
  await settled();
  answer = (path) => (path === "/me" ? [200, mine([])] : [204, null]);
  await press("Remove Refills");

  expect(done()).toEqual([{ method: "DELETE", path: "/views/v1", body: null }]);
  expect(button("Show Refills")).toBeUndefined();
  expect(document.activeElement).toBe(button("Put it back"));

  answer = (path) => (path === "/me" ? [200, mine([REFILLS])] : [201, {}]);
  await press("Put it back");
  const body = { name: "Refills", team: "front", view: "open", tag: "t1" };
  expect(done().at(-1)).toEqual({ method: "POST", path: "/views", body });
  expect(document.activeElement).toBe(button("Show Refills"));
});
