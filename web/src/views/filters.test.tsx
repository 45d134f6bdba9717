// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Inbox, Me } from "../../../realtime/client/wire.gen.ts";
import * as filters from "../filters.ts";
import { lateDialogs } from "../parts.ts";
import { type Asked, serve, settled } from "../stage.ts";
import { fromSnapshot } from "../state/inbox.ts";
import { inbox as page, row, waiting } from "../state/samples.ts";
import { connection, inbox, listLoading, me, place, toasts } from "../store.ts";
import { List } from "./list.tsx";

const SAM = "01a21c6a-4c9d-70b3-939c-2ebd81529501";
const PEOPLE = [
  { id: SAM, name: "Sam Okafor", initials: "SO", teams: ["Front desk"], is_on: true },
  { id: "b", name: "Val Brandt", initials: "VB", teams: ["Billing"], is_on: false },
];
let box: HTMLElement;
let asked: Asked[];
let answer: (query: URLSearchParams) => Partial<Inbox>;

beforeAll(lateDialogs.load);

beforeEach(async () => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  listLoading.value = "ready";
  connection.value = { name: "live", slow: false };
  place.value = { team: "front", view: "open", conversation: null, strays: false };
  me.value = {
    user: { id: "dana", name: "Dana Reyes" },
    tags: [{ id: "t1", name: "Refill", colour: "teal" }],
    teams: [{ id: "front", name: "Front desk", is_member: true }],
  } as unknown as Me;
  inbox.value = fromSnapshot(page([row("a")], { view: "open" }), new Set(["front"]), null);
  answer = () => ({});
  asked = serve(({ path }) => {
    if (path === "/coworkers") return { status: 200, said: { coworkers: PEOPLE } };
    const query = new URLSearchParams(path.split("?")[1]);
    const only = Object.fromEntries(["assignee", "language", "way"].map((name) => [name, query.get(name)]));
    const minutes = Number(query.get("waiting")) || null;
    return {
      status: 200,
      said: page([], { view: "open", ...only, waiting: minutes, ...answer(query) } as Partial<Inbox>),
    };
  });
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

async function press(words: string): Promise<void> {
  const all = [...box.querySelectorAll("button")];
  const found = all.find((each) => (each.getAttribute("aria-label") ?? each.textContent)?.includes(words));
  if (!found) throw new Error(`no button ${words}`);
  found.click();
  await settled();
}

const field = (label: string) =>
  [...box.querySelectorAll("label")].find((each) => each.textContent?.startsWith(label))?.querySelector("select");

async function choose(label: string, value: string): Promise<void> {
  const select = field(label);
  if (!select) throw new Error(`no field ${label}`);
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
}

const lists = () => asked.map((each) => each.path).filter((path) => path.startsWith("/inbox"));
const chips = () => [...box.querySelectorAll(".filters li")].map((each) => each.textContent?.trim());

it("is chosen at the list, says what is on, and goes with one press", async () => {
  await press("Filter the list");
  expect(document.activeElement).toBe(field("Assigned to"));
  expect([...(field("Assigned to")?.options ?? [])].map((each) => each.textContent)).toEqual([
    "Anybody or nobody",
    "You",
    "Nobody",
    "Sam Okafor",
  ]);
  await choose("Assigned to", SAM);
  await choose("Patient reads", "es");
  expect(lists().at(-1)).toBe(`/inbox?team=front&view=open&assignee=${SAM}&language=es`);
  expect(location.search).toBe(`?view=open&assignee=${SAM}&language=es`);
  expect(chips()).toEqual(["Assigned to Sam Okafor", "Reads Spanish"]);

  await press("Remove the filter “Assigned to Sam");
  expect(chips()).toEqual(["Reads Spanish"]);
  expect(lists().at(-1)).toBe("/inbox?team=front&view=open&language=es");
  expect(document.activeElement?.id).toBe("filter");
});

it("that nothing fits says so and offers to clear", async () => {
  await filters.change({ way: "sms" });
  await settled();
  expect(box.querySelector(".empty")?.textContent).toContain("Filters are on, and nothing here fits them.");
  await press("Clear the filters");
  expect(chips()).toEqual([]);
  expect(lists().at(-1)).toBe("/inbox?team=front&view=open");
});

it("takes any time up to a week, and says what it takes", async () => {
  await press("Filter the list");
  await choose("Waiting longer than", "other");
  const input = box.querySelector<HTMLInputElement>(".other-wait input");
  const type = async (words: string) => {
    if (input) input.value = words;
    input?.dispatchEvent(new Event("input", { bubbles: true }));
    await settled();
    box.querySelector(".other-wait")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await settled();
  };
  await type("169");
  expect(box.textContent).toContain("From 1 minute to 7 days");
  expect(lists()).toEqual([]);
  await type("3");
  expect(lists()).toEqual(["/inbox?team=front&view=open&waiting=180"]);
  expect(chips()).toEqual(["Waiting longer than 3 h"]);
});

it("that there is not in an address is left out of it, and that is said", async () => {
  history.replaceState(null, "", "/inbox/front?view=open&language=fr&way=fax");
  filters.sayStrange();
  expect(toasts.value.at(-1)?.words).toContain("a filter that there is not (language, way)");
  expect(location.pathname + location.search).toBe("/inbox/front?view=open");
});

it("of somebody who has left names no stranger, and is one press away from the rest", async () => {
  await filters.change({ assignee: "01a21c6a-4c9d-70b3-939c-2ebd81529599" });
  await settled();
  expect(chips()).toEqual(["Assigned to somebody who is not here any more"]);
});

it("by waiting asks once for what has come in since, when the server said", async () => {
  answer = () => ({ now: "2026-11-23T15:30:00Z", turns_at: "2026-11-23T15:32:00Z" });
  await filters.change({ waiting: 30 });
  const before = lists().length;
  filters.follow(Date.parse("2026-11-23T15:31:50Z"));
  await settled();
  expect(lists().length).toBe(before);

  answer = () => ({ rows: [waiting("late", 2)], now: "2026-11-23T15:32:10Z", turns_at: null });
  filters.follow(Date.parse("2026-11-23T15:32:10Z"));
  filters.follow(Date.parse("2026-11-23T15:32:20Z"));
  await settled();
  expect(lists().slice(before)).toEqual(["/inbox?team=front&view=open&turned=2026-11-23T15%3A32%3A00.000Z&waiting=30"]);
  expect(inbox.value?.order).toEqual(["late"]);
});
