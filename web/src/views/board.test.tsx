// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Alert, AlertRule, Board, BoardTeam, Me } from "../../../realtime/client/wire.gen.ts";
import * as alerts from "../alerts.ts";
import { seen } from "../board.ts";
import * as clock from "../clock.ts";
import * as lists from "../lists.ts";
import { heard } from "../patient-heard.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { connection, dialog, me, said, toasts } from "../store.ts";
import * as threads from "../threads.ts";
import { useZone } from "../words/time.ts";
import { BoardDialog } from "./board-dialog.tsx";

const NOW = Date.parse("2026-11-28T15:00:00Z");
const QUIET = {
  waiting: 0,
  oldest: null,
  unassigned: 0,
  not_read: 0,
  undelivered: 0,
  replies: 0,
  half: null,
  most: null,
};
const came = Array.from({ length: 24 }, (_, at) => (at === 8 ? 4 : 0));
const dana = { id: "dana", name: "Dana Reyes", initials: "DR" };
const BUSY = { ...QUIET, waiting: 2, oldest: "2026-11-28T14:19:00Z", unassigned: 1, replies: 3, half: 360, most: 1680 };
const about = { reads: true, is_open: null, came: came.map(() => 0), on: [], on_call: [] };
const front: BoardTeam = { ...about, team: "front", name: "Front desk", now: BUSY, came, on: [dana] };
const billing: BoardTeam = { ...about, team: "billing", name: "Billing", now: QUIET, reads: false };

const RULE: AlertRule = { id: "r", team: null, kind: "wait", over: 30, mail_after: 10 };
const OPEN: Alert = {
  id: "a",
  team: "front",
  kind: "wait",
  at: "2026-11-28T14:50:00Z",
  over: 30,
  reached: 31,
  acknowledged_at: null,
  acknowledged_by: null,
  mailed_at: null,
  resolved_at: null,
};
const SEEN: Alert = { ...OPEN, acknowledged_at: "2026-11-28T15:00:00Z", acknowledged_by: dana };

let board: Board;
let status: number;
let asked: Asked[];
let box: HTMLElement;
const onClose = vi.fn();

function be(role: string): void {
  me.value = { user: { id: "val", role }, organization: {}, teams: [] } as unknown as Me;
}

async function open(): Promise<void> {
  render(<BoardDialog onClose={onClose} />, box);
  await settled();
}

beforeEach(() => {
  useZone("America/Chicago");
  clock.now.value = NOW;
  connection.value = { name: "live", slow: false };
  status = 200;
  seen.value = { board: null, isStale: false };
  board = {
    now: "2026-11-28T15:00:00Z",
    day: "2026-11-28",
    zone: "America/Chicago",
    alerts: [],
    longest: [],
    total: BUSY,
    teams: [billing, front],
  };
  box = document.createElement("div");
  document.body.append(box);
  asked = serve(({ method, path }) => {
    if (path.startsWith("/alert-rules")) return { status: method === "DELETE" ? 204 : 200, said: { rules: [RULE] } };
    if (path.startsWith("/alerts?") || path === "/alerts") return { status: 200, said: { alerts: [OPEN], next: null } };
    if (path.startsWith("/alerts/")) board = { ...board, now: "2026-11-28T15:00:01Z", alerts: [SEEN] };
    return { status, said: board };
  });
  be("supervisor");
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const row = (name: string) => [...box.querySelectorAll("tbody tr")].find((each) => each.textContent?.includes(name));

it("shows each team in words and numbers, and leads to its lists where they may be read", async () => {
  const show = vi.spyOn(lists, "show").mockResolvedValue();
  await open();
  expect(box.querySelector(".board-state")?.textContent).toBe("Live, as of 9:00 AM");
  expect(box.querySelector(".on-paper")?.textContent).toContain("November 28, 2026, as of 9:00 AM");
  expect(row("Front desk")?.textContent).toContain("41 min");
  expect(row("Front desk")?.textContent).toContain("6 min 9 of 10: 28 min");
  expect(row("Front desk")?.textContent).toContain("Dana");
  expect(row("Front desk")?.querySelector("svg")?.getAttribute("aria-label")).toBe(
    "4 messages came in today, most from 8 AM to 9 AM",
  );
  expect(row("Billing")?.querySelector("button")).toBeNull();
  expect(row("Billing")?.textContent).toContain("Nobody waits");

  await pressButton(box, /^Unassigned in Front desk: 1/);
  expect(show).toHaveBeenLastCalledWith("front", "unassigned");
  expect(onClose).toHaveBeenCalledOnce();
});

it("says who waits longest, and the key of its number opens it to look on", async () => {
  const wait = { team: "front", who: "IC", since: "2026-11-28T14:19:00Z", open_seconds: 2460, assignee: null };
  board = {
    ...board,
    longest: [
      { ...wait, conversation: "c1" },
      { ...wait, conversation: "c2", assignee: dana },
    ],
  };
  const opened = vi.spyOn(threads, "open").mockResolvedValue();
  await open();
  const rows = [...box.querySelectorAll(".board-longest li")].map((each) => each.textContent);
  expect(rows).toEqual(["IC, Front desk41 minUnassigned", "IC, Front desk41 minDana Reyes"]);
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "2" }));
  expect(opened).toHaveBeenCalledExactlyOnceWith("c2");
  expect(onClose).toHaveBeenCalled();
});

it("asks again when something moved, however much, and not while it is paused", async () => {
  await open();
  vi.useFakeTimers();
  const move = () => {
    heard.value = { ...heard.value, count: heard.value.count + 1 };
  };
  await vi.advanceTimersByTimeAsync(1_100);
  const before = asked.length;
  for (let many = 0; many < 50; many += 1) move();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.length - before).toBeLessThanOrEqual(2);
  vi.useRealTimers();

  await pressButton(box, "Pause updates");
  expect(box.textContent).toContain("Paused, as of 9:00 AM");
  const paused = asked.length;
  move();
  await settled();
  expect(asked.length).toBe(paused);
});

it("keeps what it knows and says how old that is when nobody answers", async () => {
  await open();
  status = 500;
  await pressButton(box, "Pause updates");
  await pressButton(box, "Pause updates");
  expect(box.textContent).toContain("Not live, as of 9:00 AM");
  expect(row("Front desk")).toBeDefined();
  status = 200;
  board = { ...board, now: "2026-11-28T15:01:00Z" };
  await pressButton(box, "Try again");
  await vi.waitFor(() => expect(box.textContent).toContain("Live, as of 9:01 AM"), 2_000);
});

it("shows what was raised, and one press says who sees to it", async () => {
  board = { ...board, alerts: [OPEN] };
  await open();
  const row = () => box.querySelector("[aria-label=Alerts] li");
  expect(row()?.textContent).toContain("Front desk: longest wait over 30 min");
  expect(row()?.textContent).toContain("Raised today at 8:50 AM, at 31 min.");

  await pressButton(box, "Acknowledge: Front desk: longest wait over 30 min");
  await vi.waitFor(() => expect(row()?.textContent).toContain("Acknowledged by Dana Reyes today at 9:00 AM."), 2_000);
  expect(row()?.querySelector("button")).toBeNull();
});

it("tells of an alert once wherever somebody is, and leads to the board", async () => {
  board = { ...board, now: "2026-11-28T15:02:00Z", alerts: [OPEN] };
  const hear = async () => {
    alerts.look();
    await vi.waitFor(() => expect(asked.at(-1)?.path).toBe("/board"), 2_000);
    await settled();
  };
  await hear();
  asked.length = 0;
  await hear();
  expect(toasts.value.map((toast) => toast.words)).toEqual(["Front desk: longest wait over 30 min"]);
  expect(said.value).toContain("Front desk: longest wait over 30 min");
  toasts.value[0]?.open?.();
  expect(dialog.value).toEqual({ name: "board" });
});

it("says the rules in words, and keeps a new one", async () => {
  await open();
  await pressButton(box, "Rules for alerts");
  expect(box.querySelector("[aria-label=Rules]")?.textContent).toContain("Every team: Longest wait over 30 min");
  const [, kind] = [...box.querySelectorAll("select")];
  if (!kind) throw new Error("no choice of kinds");
  kind.value = "nobody";
  kind.dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
  await pressButton(box, "Save rule");
  const put = asked.find(({ method }) => method === "PUT");
  expect(put?.body).toEqual({ team: null, kind: "nobody", over: 10, mail_after: null });
  await pressButton(box, /^Remove: Every team/);
  expect(asked.at(-2)).toMatchObject({ method: "DELETE", path: "/alert-rules/r" });
  await pressButton(box, "Back to the board");
  await pressButton(box, "All alerts");
  expect(box.textContent).toContain("Front desk: longest wait over 30 min");
});

it("tells everybody else whose it is, and asks nothing", async () => {
  be("member");
  await open();
  expect(box.textContent).toContain("for supervisors and administrators");
  expect(asked).toEqual([]);
});
