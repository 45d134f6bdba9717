// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Beside, Me } from "../../../realtime/client/wire.gen.ts";
import { isUnfolded } from "../beside.ts";
import * as heard from "../patient-heard.ts";
import { settled } from "../stage.ts";
import { message, note, thread as page, posted, row } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { dialog, me, place } from "../store.ts";
import { BesideDialog } from "./beside.tsx";
import { lasting, Others } from "./others.tsx";

const open = fromSnapshot(page([message(1)]), null);
const ref = (id: string, team: string) => ({ id, team });
const patient = { ...open.patient, conversations: [ref("a", "front"), ref("b", "billing")] };
const other = (id: string, change: Partial<Beside> = {}): Beside => ({
  id,
  team: "billing",
  state: "done",
  first_at: "2025-10-03T15:00:00Z",
  last_at: "2025-11-20T15:00:00Z",
  who: "Maria Garcia",
  line: "About my invoice",
  ...change,
});
const itself = page([message(1, { conversation: "b", body: "About my invoice" })], {
  row: row("b", { team: "billing", patient: open.row.patient }),
  notes: [note(1, 1, { conversation: "b", body: "She is right" })],
});

let box: HTMLElement;
let asked: string[];
let answer: (path: string) => Response;

const press = (words: string) =>
  [...box.querySelectorAll("button")].find((each) => each.textContent?.includes(words))?.click();
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  box = document.createElement("div");
  document.body.append(box);
  const teams = ["front", "billing"].map((id) => ({ id, name: id === "front" ? "Front desk" : "Billing" }));
  me.value = { user: { id: "dana" }, teams, organization: { zone: "UTC" } } as unknown as Me;
  asked = [];
  answer = (path) => json(path.startsWith("/patients") ? { conversations: [other("b"), other("a")] } : itself);
  vi.stubGlobal("fetch", async (address: string) => {
    const path = address.replace(/^.*\/api\/v1/, "");
    asked.push(path);
    return answer(path);
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  dialog.value = null;
  isUnfolded.value = false;
  place.value = { ...place.value, conversation: null };
  vi.unstubAllGlobals();
});

it("is not there where there is no other, and asks for nothing before it is unfolded", async () => {
  render(<Others open={open} />, box);
  expect(box.textContent).toBe("");

  render(<Others open={{ ...open, patient }} />, box);
  await settled();

  expect(box.textContent).toBe("1 other conversation");
  expect(asked).toEqual([]);
});

it("says of the others with whom, since when, how they stand and begin, and reads one beside", async () => {
  isUnfolded.value = true;
  render(<Others open={{ ...open, patient }} />, box);
  await settled();

  const lines = [...box.querySelectorAll("li")].map((each) => each.textContent);
  expect(lines).toHaveLength(1);
  for (const words of ["Billing", "done", "Oct 3", "Nov 20", "Maria Garcia: About my invoice"]) {
    expect(lines[0]).toContain(words);
  }
  press("Billing");
  expect(dialog.value).toEqual({ name: "beside", conversation: "b" });
});

it("asks again when another one of theirs changes, and not for the open one", async () => {
  isUnfolded.value = true;
  render(<Others open={{ ...open, patient }} />, box);
  await settled();

  heard.hear(posted(1, row("a"), [message(1)]));
  await settled();
  expect(asked).toHaveLength(1);

  heard.hear(posted(2, row("b", { patient: { ...open.row.patient, id: patient.id } }), []));
  await settled();
  expect(asked).toHaveLength(2);
});

it("shows what was written with nothing to write or do there, and leaves the open one alone", async () => {
  place.value = { ...place.value, conversation: "a" };
  render(<BesideDialog conversation="b" onClose={() => {}} />, box);
  await settled();

  expect(box.querySelector("h2")?.textContent).toContain("with Billing");
  expect(box.querySelector(".beside")?.textContent).toContain("About my invoice");
  expect(box.querySelector(".beside")?.textContent).toContain("She is right");
  expect(box.querySelectorAll(".beside button, textarea, input")).toHaveLength(0);
  expect(place.value.conversation).toBe("a");
});

it("follows what is written there meanwhile", async () => {
  render(<BesideDialog conversation="b" onClose={() => {}} />, box);
  await settled();
  const more = [...itself.messages, message(2, { conversation: "b", body: "One more thing" })];
  answer = () => json({ ...itself, messages: more });

  heard.hear(posted(1, row("b"), []));
  await settled();

  expect(box.querySelector(".beside")?.textContent).toContain("One more thing");
});

it("holds a stretch of a very long one, and what was dropped comes back as one reads on", async () => {
  let newest = 720;
  const all = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => message(from + at, { conversation: "b" }));
  answer = (path) => {
    const to = Math.min(newest, Number(new URLSearchParams(path.split("?")[1]).get("before") ?? newest + 1) - 1);
    const from = Math.max(1, to - 49);
    return json({ ...itself, notes: [], messages: all(from, to), before: from > 1 ? from : null });
  };
  const shown = () =>
    [...box.querySelectorAll("article")].map((each) => Number(each.textContent?.match(/words (\d+)/)?.[1]));
  const ends = () => [shown()[0], shown().at(-1)];
  render(<BesideDialog conversation="b" onClose={() => {}} />, box);
  await settled();
  for (let page = 0; page < 11; page += 1) {
    press("Show older messages");
    await settled();
  }
  expect(ends()).toEqual([121, 620]);

  newest = 721;
  heard.hear(posted(3, row("b"), []));
  await settled();
  expect(ends()).toEqual([121, 620]);

  for (let page = 0; page < 3; page += 1) {
    press("Show newer messages");
    await settled();
  }
  expect(ends()).toEqual([271, 721]);
  expect(box.textContent).not.toContain("Show newer messages");
});

it("goes there when asked to", async () => {
  const closed = vi.fn();
  render(<BesideDialog conversation="b" onClose={closed} />, box);
  await settled();

  press("Open it");
  await settled();

  expect(closed).toHaveBeenCalledOnce();
  expect(place.value.conversation).toBe("b");
});

it("shows nothing more of one that may not be read any more", async () => {
  render(<BesideDialog conversation="b" onClose={() => {}} />, box);
  await settled();
  answer = () => json({ code: "unknown" }, 404);

  heard.hear(posted(1, row("b"), []));
  await settled();

  expect(box.textContent).toContain("You cannot read this conversation any more");
  expect(box.textContent).not.toContain("About my invoice");
  expect([...box.querySelectorAll("footer button")]).toHaveLength(0);
});

it("says from when to when, once where both are on one day", () => {
  const now = Date.parse("2026-11-23T16:00:00Z");

  expect(lasting(other("b"), now)).toBe("Oct 3, 2025 – Nov 20, 2025");
  expect(lasting(other("b", { first_at: "2025-11-20T14:00:00Z" }), now)).toBe("Nov 20, 2025");
  expect(lasting(other("b", { first_at: null, last_at: null }), now)).toBe("nothing written yet");
});
