// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import type { Me, Row, TeamHours } from "../../realtime/client/wire.gen.ts";
import * as bell from "./bell.ts";
import * as clock from "./clock.ts";
import { hours } from "./hours.ts";
import * as late from "./late.ts";
import type { InboxState } from "./state/inbox.ts";
import { row } from "./state/samples.ts";
import { inbox, locked, me } from "./store.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const ASKED = "2026-11-23T12:00:00Z";
const MINUTE = 60_000;
const OPENINGS = [{ opens: "2026-11-23T06:00:00Z", closes: "2026-11-24T06:00:00Z" }];

late.watch();

const at = (minutes: number) => {
  clock.now.value = NOON + minutes * MINUTE;
};

function show(...rows: Row[]): void {
  inbox.value = { rows: new Map(rows.map((each) => [each.id, each])) } as unknown as InboxState;
}

beforeEach(() => {
  vi.restoreAllMocks();
  vi.spyOn(bell, "ring").mockResolvedValue();
  locked.value = null;
  inbox.value = null;
  at(-1);
  const team = { id: "front", name: "Front desk", is_member: true };
  me.value = { user: { id: "dana" }, teams: [team] } as unknown as Me;
  const told = {
    team: "front",
    openings_from: "2026-11-01T06:00:00Z",
    openings: OPENINGS,
    hours: { goal_minutes: 30 },
  };
  hours.value = new Map([["front", told as unknown as TeamHours]]);
});

it("rings once when a question has waited longer than the team's goal, with a sound of its own and no name", () => {
  show(row("a", { needs_reply_since: ASKED }));
  at(29);
  expect(bell.ring).not.toHaveBeenCalled();

  at(31);
  at(32);

  const words = "A patient has waited longer than your goal in Front desk";
  expect(bell.ring).toHaveBeenCalledExactlyOnceWith(words, false, "late");
});

it("tells whose work it is that it is theirs, and rings again for their next question", () => {
  const mine = { assignee: { id: "dana", name: "Dana", initials: "D" } };
  show(row("a", { needs_reply_since: ASKED, ...mine }));
  at(29);
  at(31);
  expect(bell.ring).toHaveBeenCalledExactlyOnceWith(expect.anything(), true, "late");

  show(row("a", { needs_reply_since: "2026-11-23T12:40:00Z", ...mine }));
  at(50);
  at(71);
  expect(bell.ring).toHaveBeenCalledTimes(2);
});

it("does not ring for what was late when it came into the list", () => {
  at(40);
  show(row("a", { needs_reply_since: ASKED }));
  at(41);
  at(42);
  expect(bell.ring).not.toHaveBeenCalled();
});

it("does not ring without a goal, for an answered one, or for who only observes", () => {
  const observer = { id: "front", name: "Front desk", is_member: false };
  show(row("a", { needs_reply_since: null }), row("b", { team: "nurses", needs_reply_since: ASKED }));
  at(29);
  at(31);
  me.value = { user: { id: "dana" }, teams: [observer] } as unknown as Me;
  show(row("c", { needs_reply_since: ASKED }));
  at(29);
  at(31);
  expect(bell.ring).not.toHaveBeenCalled();
});

it("names no team while the screen is locked", () => {
  show(row("a", { needs_reply_since: ASKED }));
  at(29);
  locked.value = { who: null, clinic: "" };
  at(31);
  expect(bell.ring).toHaveBeenCalledExactlyOnceWith("A patient has waited longer than your goal", false, "late");
});
