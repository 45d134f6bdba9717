import { expect, it } from "vitest";
import { reversals } from "./reversals.ts";
import { colleague, row } from "./samples.ts";

const sam = colleague("sam", "Sam Okafor");
const refill = { id: "t", name: "Refill", colour: "teal" } as const;

it("gives each back to whom it belonged, and leaves alone what was theirs before", () => {
  const before = [row("a"), row("b", { assignee: sam }), row("c"), row("d", { assignee: colleague("dana", "Dana") })];

  expect(reversals({ do: "assign", to: "dana" }, before)).toEqual([
    { ids: ["a", "c"], act: { do: "assign", to: null } },
    { ids: ["b"], act: { do: "assign", to: "sam" } },
  ]);
});

it("reopens what was open, and nothing that was done before", () => {
  expect(reversals({ do: "done" }, [row("a"), row("b", { state: "done" })])).toEqual([
    { ids: ["a"], act: { do: "reopen" } },
  ]);
});

it("wakes what was awake, and snoozes the others until when they were", () => {
  const until = "2026-11-25T15:00:00Z";

  expect(
    reversals({ do: "snooze", until: "2026-12-01T15:00:00Z" }, [row("a"), row("b", { snoozed_until: until })]),
  ).toEqual([
    { ids: ["a"], act: { do: "wake" } },
    { ids: ["b"], act: { do: "snooze", until } },
  ]);
});

it("takes tags and priority only off those that had none", () => {
  const [with_, without] = [row("a", { tags: [refill], priority: true }), row("b")];

  expect(reversals({ do: "tag", tag: "t" }, [with_, without])).toEqual([
    { ids: ["b"], act: { do: "tag", tag: "t", on: false } },
  ]);
  expect(reversals({ do: "tag", tag: "t", on: false }, [with_, without])).toEqual([
    { ids: ["a"], act: { do: "tag", tag: "t" } },
  ]);
  expect(reversals({ do: "priority", on: true }, [with_, without])).toEqual([
    { ids: ["b"], act: { do: "priority", on: false } },
  ]);
});

it("undoes no note that was handed over", () => {
  expect(reversals({ do: "hand_over", to: null, key: "k", body: "Mine", mentions: [] }, [row("a")])).toEqual([]);
});
