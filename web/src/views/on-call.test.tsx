// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { OnCall, Roster, Task, TeamHours } from "../../../realtime/client/wire.gen.ts";
import * as actions from "../actions.ts";
import * as clock from "../clock.ts";
import { hours } from "../hours.ts";
import * as reads from "../reads.ts";
import * as plans from "../rota.ts";
import { settled } from "../stage.ts";
import { thread as page, row } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { place, toasts } from "../store.ts";
import { useZone } from "../words/time.ts";
import { OnCallDialog } from "./on-call-dialog.tsx";
import { Tasks } from "./tasks.tsx";

const NOW = Date.parse("2026-11-24T02:00:00Z");
const dana = { id: "dana", name: "Dana Reyes", initials: "DR" };
const val = { id: "val", name: "Val Ito", initials: "VI" };
let box: HTMLElement;

beforeEach(() => {
  vi.restoreAllMocks();
  useZone("America/Chicago");
  clock.now.value = NOW;
  toasts.value = [];
  box = document.createElement("div");
  document.body.append(box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  hours.value = new Map();
});

const words = () => box.textContent?.replaceAll("\u202f", " ");

async function flag(called: OnCall[] | null): Promise<void> {
  hours.value = called ? new Map([["front", { team: "front", on_call: called } as unknown as TeamHours]]) : new Map();
  const task: Task = { id: "t", kind: "urgent", at: "2026-11-24T01:00:00Z", number: 1, identity: null, urgent: [] };
  render(<Tasks open={fromSnapshot(page([], { row: row("a", { tasks: [task] }) }), null)} mayAct />, box);
  await settled();
}

it("stands beside what may be urgent: who, until when, or that nobody is", async () => {
  const ended = { user: val, until: "2026-11-24T01:59:59Z", by_plan: false };
  await flag([{ user: dana, until: "2026-11-24T14:00:00Z", by_plan: false }, ended]);
  expect(words()).toContain("On call: Dana Reyes until 8:00 AM.");
  expect(words()).not.toContain("Val Ito");

  await flag([ended]);
  expect(words()).toContain("Nobody is on call for this team.");

  await flag(null);
  expect(words()).not.toContain("on call");
});

it("is said by names and a length, and is over by choosing nobody", async () => {
  const roster: Roster = { team: "front", on_call: [], choices: [dana, val], can_change: true, has_plan: false };
  place.value = { team: "front", view: "open", conversation: null, strays: false };
  vi.spyOn(reads, "teams").mockResolvedValue([{ team: "front", name: "Front desk", can_change: true } as TeamHours]);
  vi.spyOn(reads, "onCall").mockResolvedValue(roster);
  const say = vi.spyOn(actions, "sayOnCall").mockResolvedValue(roster);
  const onClose = vi.fn();
  render(<OnCallDialog onClose={onClose} />, box);
  await settled();
  const boxes = [...document.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const send = () => document.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  boxes[1]?.click();
  await settled();
  send();
  await settled();
  expect(say).toHaveBeenCalledExactlyOnceWith("front", ["val"], expect.stringMatching(/Z$/));
  expect(onClose).toHaveBeenCalledTimes(1);

  boxes[1]?.click();
  await settled();
  send();
  await settled();
  expect(say).toHaveBeenLastCalledWith("front", [], null);
});

it("goes by the plan where nobody is named, and the plan is made by weekday, time and name", async () => {
  const turn = { begins: "17:00", ends: "08:00", user: "val" };
  const called = { user: val, until: "2026-11-24T14:00:00Z", by_plan: true };
  const choices = [dana, val];
  const roster: Roster = { team: "front", on_call: [called], choices, can_change: true, has_plan: true };
  const rota = { week: [[], [turn], [], [], [], [], []], dates: [] };
  vi.spyOn(reads, "teams").mockResolvedValue([{ team: "front", name: "Front desk", can_change: true } as TeamHours]);
  vi.spyOn(reads, "onCall").mockResolvedValue(roster);
  const shown = { team: "front", zone: "America/Chicago", rota, choices, can_change: true };
  vi.spyOn(plans, "plan").mockResolvedValue(shown);
  const change = vi.spyOn(plans, "change").mockResolvedValue();
  render(<OnCallDialog onClose={vi.fn()} />, box);
  await settled();
  expect(words()).toContain("On call: Val Ito until 8:00 AM, by the plan.");
  expect(document.querySelectorAll("input:checked")).toHaveLength(0);
  const press = async (name: string) => {
    const buttons = [...document.querySelectorAll("button")];
    buttons.find((each) => (each.getAttribute("aria-label") ?? each.textContent) === name)?.click();
    await settled();
  };
  await press("Change the weekly plan");
  await press("Add a turn on Tuesday");
  await press("Add a date");
  await press("Save the plan");

  const next = { begins: "08:00", ends: "17:00", user: "dana" };
  const dates = [{ date: "2026-11-24", turns: [] }];
  expect(change).toHaveBeenCalledExactlyOnceWith("front", { week: [[], [turn, next], [], [], [], [], []], dates });
});
