// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me, TeamHours } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { hours } from "../hours.ts";
import { settled } from "../stage.ts";
import { fromSnapshot } from "../state/inbox.ts";
import { inbox as page, row } from "../state/samples.ts";
import { cursor, held, inbox, listLoading, me, place } from "../store.ts";
import { useZone } from "../words/time.ts";
import { List } from "./list.tsx";

let box: HTMLElement;

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

/** A row of somebody who wrote at 9 PM of the clinic's clock, as it is looked at; open from 8:00 to 17:00 the day after. */
async function showAsked(looked: string, goal: number | null): Promise<HTMLElement> {
  const asked = row("n", { needs_reply_since: "2026-11-24T03:00:00Z" });
  const openings = [{ opens: "2026-11-24T14:00:00Z", closes: "2026-11-24T23:00:00Z" }];
  const team = { team: "front", openings_from: "2026-11-01T06:00:00Z", openings, hours: { goal_minutes: goal } };
  useZone("America/Chicago");
  clock.now.value = Date.parse(looked);
  hours.value = new Map([["front", team as unknown as TeamHours]]);
  inbox.value = fromSnapshot(page([asked], { view: "open" }), new Set(["front"]), null);
  await settled();
  return link("n");
}

const words = (shown: HTMLElement) => shown.textContent?.replaceAll("\u202f", " ");

it("says of a question of the night when its clock starts, and to screen readers when it was asked", async () => {
  const shown = await showAsked("2026-11-24T12:00:00Z", 60);
  expect(words(shown)).toContain("from last night");
  expect(words(shown)).toContain("Clock starts 8:00 AM");
  const heard = shown.querySelector(".waits .hidden")?.textContent?.replaceAll("\u202f", " ");
  expect(heard).toContain("Asked yesterday at 9:00 PM, 9 h ago.");
});

it("says in words what is overdue, by the hours of the team", async () => {
  expect(words(await showAsked("2026-11-24T14:50:00Z", 60))).toContain("Due by 9:00 AM");
  expect(words(await showAsked("2026-11-24T15:20:00Z", 60))).toContain("Overdue 20 min");
  expect(words(await showAsked("2026-11-24T15:20:00Z", null))).not.toContain("Overdue");
});

it("says in a row that texts to the patient are stopped, as soon as it is so", async () => {
  expect(link("b").textContent).not.toContain("Opted out");
  inbox.value = fromSnapshot(
    page([row("c"), row("b", { opted_out: true })], { view: "open" }),
    new Set(["front"]),
    null,
  );
  await settled();
  expect(link("b").textContent).toContain("Opted out");
  expect(link("c").textContent).not.toContain("Opted out");
});

it("says in a row which colleague has begun to write there", async () => {
  const writers = [
    { id: "dana", name: "Dana Reyes", initials: "DR" },
    { id: "nia", name: "Nia Brooks", initials: "NB" },
  ];
  inbox.value = fromSnapshot(page([row("c"), row("b", { writers })], { view: "open" }), new Set(["front"]), null);
  await settled();
  expect(link("b").textContent).toContain("Nia Brooks has a draft");
  expect(link("b").textContent).not.toContain("Dana Reyes has");
  expect(link("c").textContent).not.toContain("draft");
});
