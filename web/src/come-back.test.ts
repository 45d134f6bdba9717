// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../realtime/client/wire.gen.ts";
import * as lists from "./lists.ts";
import { placeOf } from "./route.ts";
import { me, place } from "./store.ts";

const TEAM = "11111111-1111-4111-8111-111111111111";

function arrive(address: string, who = "dana", teams: readonly string[] = [TEAM]): void {
  history.replaceState(null, "", address);
  place.value = placeOf(location.pathname, location.search);
  me.value = { user: { id: who }, teams: teams.map((id) => ({ id })) } as unknown as Me;
  lists.comeBack();
}

beforeEach(async () => {
  vi.stubGlobal("fetch", async () => new Response("{}", { status: 503 }));
  localStorage.clear();
  arrive("/inbox");
  await lists.show(TEAM, "unassigned");
});

it("is where this person was last, when they ask for no list in particular", () => {
  arrive("/inbox");
  expect(place.value).toMatchObject({ team: TEAM, view: "unassigned", conversation: null });
  expect(location.pathname + location.search).toBe(`/inbox/${TEAM}?view=unassigned`);
});

it("is what the address says, where it says something", () => {
  arrive("/inbox/all");
  expect(place.value).toMatchObject({ team: "all", view: "needs_reply" });
  arrive("/inbox?strays");
  expect(place.value).toMatchObject({ team: "all", strays: true });
});

it("is not somebody else's on a shared computer, nor a team that is theirs no more", () => {
  arrive("/inbox", "nia");
  expect(place.value.team).toBe("all");
  arrive("/inbox", "dana", []);
  expect(place.value.team).toBe("all");
});
