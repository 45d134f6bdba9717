// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Me, MyTeam, Stray, Task, TeamHours } from "../../realtime/client/wire.gen.ts";
import * as bell from "./bell.ts";
import { hours } from "./hours.ts";
import * as reads from "./reads.ts";
import { message, row } from "./state/samples.ts";
import { me, place, said, toasts } from "./store.ts";
import * as threads from "./threads.ts";
import * as urgent from "./urgent.ts";

const WORDS = "A message may be urgent in Front desk";
const STRAY = "A text of an unknown sender may be urgent in Front desk";
let nth = 0;

/** A task that nobody has been told of. */
function task(change: Partial<Task> = {}): Task {
  nth += 1;
  return { id: `t${nth}`, kind: "urgent", at: "2026-11-23T15:00:00Z", number: 4, identity: null, ...change };
}

beforeEach(() => {
  vi.restoreAllMocks();
  vi.useFakeTimers();
  vi.advanceTimersByTime(10_000);
  vi.spyOn(bell, "ring").mockResolvedValue();
  const team = { id: "front", name: "Front desk", is_member: false };
  me.value = { user: { id: "val" }, teams: [team] } as unknown as Me;
  place.value = { team: "all", view: "open", conversation: null, strays: false };
  toasts.value = [];
  said.value = "";
});

describe("words that may be urgent", () => {
  it("are told to whoever reads the inbox, also to a supervisor, with a way there and no name", () => {
    const open = vi.spyOn(threads, "open").mockResolvedValue();
    expect(urgent.heard({ row: row("a", { tasks: [task()] }), messages: [message(4)] })).toBe(true);

    vi.advanceTimersByTime(10_000);
    expect(bell.ring).toHaveBeenCalledExactlyOnceWith(WORDS, true, "urgent");
    expect(toasts.value.map((each) => each.words)).toEqual([WORDS]);
    expect(said.value).toContain(WORDS);
    toasts.value[0]?.open?.();
    expect(open).toHaveBeenCalledWith("a");
  });

  it("are told once, for the message that they stand in", () => {
    const known = task();
    const fact = { row: row("a", { tasks: [known] }), messages: [message(4)] };
    expect([urgent.heard(fact), urgent.heard(fact)]).toEqual([true, false]);
    expect(urgent.heard({ row: row("a", { tasks: [known] }), messages: [message(5)] })).toBe(false);
    expect(bell.ring).toHaveBeenCalledTimes(1);
  });

  it("are told to whoever comes before somebody has looked, once, and to no reader of another team", () => {
    const flag = { conversation: "a", task: "t-before", number: 4 };
    const front = { id: "front", name: "Front desk", is_member: true, urgent: [flag] };
    urgent.waiting([front, { id: "billing", name: "Billing" }] as unknown as MyTeam[]);
    urgent.waiting([front] as unknown as MyTeam[]);
    urgent.heard({ row: row("a", { tasks: [task({ id: "t-before" })] }), messages: [message(4)] });
    expect(toasts.value.map((each) => each.words)).toEqual([WORDS]);
    expect(bell.ring).toHaveBeenCalledExactlyOnceWith(WORDS, true, "urgent");
  });

  it("are not told of another task, nor of another team's", () => {
    const call = task({ kind: "call_unread" });
    expect(urgent.heard({ row: row("a", { tasks: [call] }), messages: [message(4)] })).toBe(false);
    expect(urgent.heard({ row: row("a", { team: "billing", tasks: [task()] }), messages: [message(4)] })).toBe(false);
    expect(toasts.value).toEqual([]);
    expect(bell.ring).not.toHaveBeenCalled();
  });

  it("of an unknown sender are told once, with a way there, unless they are settled already", async () => {
    const stray = (urgent: Stray["texts"][number]["urgent"]) =>
      [{ id: "s", team: "front", texts: [{ id: "s1", body: "…", at: "2026-11-23T15:00:00Z", urgent }] }] as Stray[];
    const read = vi.spyOn(reads, "strays").mockResolvedValue(stray([]));
    await urgent.heardOfStrays("front");
    expect(toasts.value).toEqual([]);

    read.mockResolvedValue(stray(["breathing"]));
    await urgent.heardOfStrays("front");
    await urgent.heardOfStrays("front");
    await urgent.heardOfStrays("billing");
    expect(toasts.value.map((each) => each.words)).toEqual([STRAY]);
    expect(bell.ring).toHaveBeenCalledExactlyOnceWith(STRAY, true, "urgent");
  });

  it("of an unknown sender are told though they cannot be read just now", async () => {
    vi.spyOn(reads, "strays").mockRejectedValue(new Error("offline"));
    await urgent.heardOfStrays("front");
    expect(toasts.value.map((each) => each.words)).toEqual([STRAY]);
  });

  it("of an unknown sender call who is on call, and whoever comes before somebody has looked", async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const val = { user: { id: "val", name: "Val", initials: "V" }, until };
    hours.value = new Map([["front", { team: "front", on_call: [val] } as unknown as TeamHours]]);
    const front = { id: "front", name: "Front desk", is_member: false, urgent_strays: ["s2"] };
    const texts = [{ id: "s2", body: "…", at: "2026-11-23T15:00:00Z", urgent: ["breathing"] }];
    vi.spyOn(reads, "strays").mockResolvedValue([{ id: "s2", team: "front", texts }] as unknown as Stray[]);
    urgent.waiting([front] as unknown as MyTeam[]);
    await urgent.heardOfStrays("front");
    const called = "You are on call: a text of an unknown sender may be urgent in Front desk";
    expect(toasts.value.map((each) => each.words)).toEqual([called]);
    expect(bell.ring).toHaveBeenCalledExactlyOnceWith(called, true, "urgent");
    hours.value = new Map();
  });

  it("need no toast where they are on the screen", () => {
    place.value = { ...place.value, conversation: "a" };
    expect(urgent.heard({ row: row("a", { tasks: [task()] }), messages: [message(4)] })).toBe(true);
    expect(toasts.value).toEqual([]);
    expect(bell.ring).toHaveBeenCalledTimes(1);
  });

  it("call who is on call, once, whichever Stream is heard first", () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const val = { user: { id: "val", name: "Val", initials: "V" }, until };
    hours.value = new Map([["front", { team: "front", on_call: [val] } as unknown as TeamHours]]);
    const [first, later] = [task(), task()];
    urgent.paged({ kind: "on_call.paged", n: 1, team: "front", conversation: "a", task: first.id, number: 4 });
    urgent.heard({ row: row("a", { tasks: [first] }), messages: [message(4)] });
    urgent.heard({ row: row("b", { tasks: [later] }), messages: [message(4)] });
    urgent.paged({ kind: "on_call.paged", n: 2, team: "front", conversation: "b", task: later.id, number: 4 });
    const called = "You are on call: a message may be urgent in Front desk";
    expect(vi.mocked(bell.ring).mock.calls).toEqual([
      [called, true, "urgent"],
      [called, true, "urgent"],
    ]);

    urgent.paged({ kind: "on_call.paged", n: 3, team: "front", conversation: "b", task: later.id, number: 6 });
    urgent.paged({ kind: "on_call.paged", n: 4, team: "billing", conversation: "c", task: "t", number: 1 });
    expect(bell.ring).toHaveBeenCalledTimes(3);
    hours.value = new Map();
  });
});
