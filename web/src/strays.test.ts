// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import type { Stray } from "../../realtime/client/wire.gen.ts";
import * as reads from "./reads.ts";
import { locked, place, strays } from "./store.ts";
import * as actions from "./stray-actions.ts";
import * as desk from "./strays.ts";

let nth = 0;

function sender(...urgent: string[][]): Stray {
  const texts = urgent.map((about) => ({ id: `text-${++nth}`, body: "…", at: "2026-11-23T15:00:00Z", urgent: about }));
  return { id: `s${nth}`, team: "front", texts } as unknown as Stray;
}

const ids = ({ texts }: Stray) => texts.map(({ id }) => id);

beforeEach(() => {
  vi.restoreAllMocks();
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  place.value = { team: "all", view: "open", conversation: null, strays: true };
  strays.value = null;
});

it("says once of what may be urgent that it is on the screen, and of nothing else", async () => {
  const found = sender([], ["breathing"]);
  vi.spyOn(reads, "strays").mockResolvedValue([found]);
  const see = vi.spyOn(actions, "see").mockResolvedValue();
  await desk.load();
  await desk.load();
  expect(see.mock.calls).toEqual([[[ids(found)[1]]]]);
});

it("says it again where that was lost", async () => {
  const found = sender(["breathing"]);
  vi.spyOn(reads, "strays").mockResolvedValue([found]);
  const see = vi.spyOn(actions, "see").mockRejectedValueOnce(new Error("offline")).mockResolvedValue();
  await desk.load();
  await desk.load();
  await desk.load();
  expect(see.mock.calls).toEqual([[ids(found)], [ids(found)]]);
});

it("says nothing while nobody looks", async () => {
  const found = sender(["breathing"]);
  vi.spyOn(reads, "strays").mockResolvedValue([found]);
  const see = vi.spyOn(actions, "see").mockResolvedValue();
  const hidden = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  await desk.load();
  hidden.mockReturnValue("visible");
  locked.value = { clinic: "Mercy" } as unknown as typeof locked.value;
  desk.look();
  locked.value = null;
  place.value = { ...place.value, strays: false };
  desk.look();
  expect(see).not.toHaveBeenCalled();
  place.value = { ...place.value, strays: true };
  desk.look();
  expect(see.mock.calls).toEqual([[ids(found)]]);
});
