// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me, Report } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { me } from "../store.ts";
import { useZone } from "../words/time.ts";
import { ReportsDialog } from "./reports-dialog.tsx";

// There is no canvas here.
const drawn = vi.hoisted(() => ({ now: 0, all: 0 }));
vi.mock("../plots.ts", async (original) => ({
  ...(await original<typeof import("../plots.ts")>()),
  draw: () => {
    drawn.now += 1;
    drawn.all += 1;
    return { destroy: () => (drawn.now -= 1) };
  },
}));

const ABOUT = { first: "2026-10-30", last: "2026-11-28", zone: "America/Chicago" } as const;
const FATES = ["No way", "Want nothing", "Nothing arrived", "Nothing viewed", "Reached", "Nothing sent"];
const REACH: Report = {
  ...ABOUT,
  name: "not_reached_by_language",
  labels: "language",
  head: "Language",
  columns: FATES.map((name) => ({ name })),
  rows: [
    { label: "en", values: [1, 0, 1, 2, 90, 6] },
    { label: "es", values: [3, 1, 0, 6, 10, 0] },
  ],
  total: null,
};
const REPLIES: Report = {
  ...ABOUT,
  name: "first_replies",
  labels: "day",
  head: "Day",
  columns: [
    { name: "Questions" },
    { name: "Answered" },
    { name: "Closed" },
    { name: "Half within", unit: "seconds" },
    { name: "90% within", unit: "seconds" },
  ],
  rows: [{ label: "2026-11-03", values: [9, 7, 1, 840, 10_800] }],
  total: { label: "All", values: [9, 7, 1, 840, 10_800] },
};
const HOURS: Report = {
  ...ABOUT,
  name: "busy_hours",
  labels: "hour",
  head: "Hour",
  columns: [{ name: "Mon" }, { name: "Tue" }],
  rows: [
    { label: "09:00", values: [1, 12] },
    { label: "17:00", values: [0, 0] },
  ],
};

let asked: Asked[];
let box: HTMLElement;
let answer: (path: string) => { status: number; said: unknown };

beforeEach(() => {
  useZone("America/Chicago");
  clock.now.value = Date.parse("2026-11-28T15:00:00Z");
  me.value = { user: { id: "ana", role: "admin" }, organization: {}, teams: [] } as unknown as Me;
  box = document.createElement("div");
  document.body.append(box);
  answer = () => ({ status: 200, said: REACH });
  asked = serve(({ path }) => {
    if (path === "/teams") return { status: 200, said: { teams: [{ team: "front", name: "Front desk" }] } };
    return answer(path);
  });
});

afterEach(async () => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
  await settled();
  expect(drawn.now).toBe(0);
});

async function show(): Promise<void> {
  render(<ReportsDialog onClose={() => {}} />, box);
  await settled();
}

const questions = () => asked.filter(({ path }) => path.startsWith("/reports")).map(({ path }) => path);
const said = (selector: string) => box.querySelector(selector)?.textContent ?? "";

it("says what it found, draws it, and has every number in a table", async () => {
  await show();
  const says = "14 of 120 patients are not reached (12%). Most where it says “Spanish”: 50%.";
  expect(said(".finding")).toBe(says);
  expect(box.querySelector("[role=img]")?.getAttribute("aria-label")).toBe(says);
  expect([...box.querySelectorAll("tbody tr")].map((row) => row.textContent)).toEqual([
    "English101290" + "6",
    "Spanish3106100",
  ]);
  expect([...box.querySelectorAll(".legend li")].map((each) => each.textContent)).toEqual(FATES);
});

it("asks anew for other days, another team and another report, and shows what was asked last", async () => {
  await show();
  await pressButton(box, "7 days");
  const team = box.querySelector("select") as HTMLSelectElement;
  team.value = "front";
  team.dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
  answer = () => ({ status: 200, said: REPLIES });
  await pressButton(box, /^First reply$/);

  expect(questions()).toEqual([
    "/reports?name=not_reached_by_language&first=2026-10-30&last=2026-11-28",
    "/reports?name=not_reached_by_language&first=2026-11-22&last=2026-11-28",
    "/reports?name=not_reached_by_language&first=2026-11-22&last=2026-11-28&team=front",
    "/reports?name=first_replies&first=2026-11-22&last=2026-11-28&team=front",
  ]);
  expect(said(".finding")).toBe(
    "Of 9 questions, half were answered within 14 min and 90% within 3 h. Closed without an answer: 1; waiting still: 1.",
  );
  expect(said("tbody tr")).toBe("Tue, Nov 397114 min3 h");
  expect([...box.querySelectorAll(".legend li")].map((each) => each.textContent)).toEqual([
    "Half within",
    "90% within",
  ]);
});

it("saves as a file exactly what is shown", async () => {
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL: () => {} }));
  await show();
  await pressButton(box, "Save as CSV");
  expect(asked.at(-1)).toMatchObject({
    path: "/reports/export",
    body: { name: "not_reached_by_language", first: "2026-10-30", last: "2026-11-28" },
  });
});

it("needs no plot where the table is one", async () => {
  answer = () => ({ status: 200, said: HOURS });
  await show();
  expect(said(".finding")).toBe("Patients write most on Tue at 9 AM: 12 messages.");
  expect(box.querySelector("canvas")).toBeNull();
  expect([...box.querySelectorAll("td")].map((each) => each.className)).toEqual(["heat-1", "heat-6", "", ""]);
});

it("says where there is nothing, and what the server refused", async () => {
  answer = () => ({ status: 200, said: { ...REACH, rows: [] } });
  await show();
  expect(said(".empty")).toContain("Nothing of this happened");
  expect(box.querySelector("table")).toBeNull();
  answer = () => ({ status: 422, said: { code: "no_time", detail: "A report is of 400 days at most. Choose less." } });
  await pressButton(box, "90 days");
  expect(said("[role=alert]")).toBe("A report is of 400 days at most. Choose less.");
});

it("is for who supervises", async () => {
  me.value = { user: { id: "dana", role: "member" }, organization: {}, teams: [] } as unknown as Me;
  await show();
  expect(said("dialog")).toContain("A supervisor or an admin");
  expect(questions()).toEqual([]);
});
