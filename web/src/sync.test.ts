// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import type { Me, StaffFact, TeamHours } from "../../realtime/client/wire.gen.ts";
import * as bell from "./bell.ts";
import * as outages from "./outages.ts";
import * as reads from "./reads.ts";
import * as replies from "./replies.ts";
import { me, place, toasts } from "./store.ts";
import * as sync from "./sync.ts";
import * as wire from "./wire.ts";

const flag = { conversation: "a", task: "t", number: 4 };
const front = { id: "front", name: "Front desk", is_member: true, urgent: [flag] };
const val = { user: { id: "val", name: "Val", initials: "V" }, until: "2999-01-01T00:00:00Z" };

beforeEach(() => {
  vi.spyOn(bell, "ring").mockResolvedValue();
  vi.spyOn(outages, "take").mockReturnValue();
  vi.spyOn(replies, "changed").mockReturnValue();
  place.value = { team: "all", view: "open", conversation: null, strays: false };
  toasts.value = [];
});

it("tells whoever comes of what may be urgent, once it is known who is on call", async () => {
  const mine = { user: { id: "val" }, organization: { zone: "UTC" }, csrf: "c", teams: [front] } as unknown as Me;
  vi.spyOn(reads, "me").mockResolvedValue(mine);
  let answer: (found: TeamHours[]) => void = () => {};
  vi.spyOn(reads, "teams").mockReturnValue(new Promise((done) => (answer = done)));
  me.value = mine;

  await sync.askUncounted();
  expect(toasts.value).toEqual([]);
  answer([{ team: "front", on_call: [val] } as unknown as TeamHours]);
  await vi.waitFor(() =>
    expect(toasts.value.map((each) => each.words)).toEqual(["You are on call: a message may be urgent in Front desk"]),
  );
  await sync.askUncounted();
  await new Promise((done) => setTimeout(done, 5));
  expect(toasts.value).toHaveLength(1);
});

it.each(["organization.changed", "plan.changed", "tags.changed"] as const)(
  "asks again what it knows of the clinic at %s",
  async (kind) => {
    let hear: (facts: StaffFact[]) => void = () => {};
    vi.spyOn(wire, "listen").mockImplementation(({ facts }) => {
      hear = facts;
    });
    const named = { ...front, urgent: [], labels: { "+13125550100": "Refills line" } };
    const mine = { user: { id: "val" }, organization: { zone: "UTC" }, csrf: "c", teams: [named] } as unknown as Me;
    vi.spyOn(reads, "me").mockResolvedValue(mine);
    me.value = { ...mine, teams: [{ ...named, labels: {} }] } as unknown as Me;

    sync.begin();
    hear([{ kind, n: 1 }]);

    await vi.waitFor(() => expect(me.value?.teams[0]?.labels).toEqual({ "+13125550100": "Refills line" }));
  },
);
