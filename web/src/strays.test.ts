// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import type { Stray } from "../../realtime/client/wire.gen.ts";
import * as mine from "./mine.ts";
import * as reads from "./reads.ts";
import { locked, place, strays, toasts } from "./store.ts";
import * as actions from "./stray-actions.ts";
import * as desk from "./strays.ts";
import * as threads from "./threads.ts";

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

it("offers to take back what was given to a patient, and shows the sender again", async () => {
  const found = sender([]);
  vi.spyOn(reads, "strays").mockResolvedValue([found]);
  const row = { id: "c", rev: 1, team: "front", patient: { id: "p", rev: 1, name: "Omar Haddad" } };
  vi.spyOn(actions, "attach").mockResolvedValue(row as unknown as Awaited<ReturnType<typeof actions.attach>>);
  vi.spyOn(threads, "open").mockResolvedValue();
  vi.spyOn(mine, "refresh").mockResolvedValue();
  const detach = vi.spyOn(actions, "detach").mockResolvedValue();
  await desk.attach(found, "p");
  const said = toasts.value.at(-1);
  expect(said?.words).toBe("Now with Omar Haddad");
  place.value = { ...place.value, conversation: "c", strays: false };
  said?.undo?.();
  await vi.waitFor(() => expect(strays.value).toEqual([found]));
  expect(detach.mock.calls).toEqual([[found.id]]);
  expect(place.value.strays).toBe(true);
});
