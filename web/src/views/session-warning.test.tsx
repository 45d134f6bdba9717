// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { locked, me, renewing, said, signedOut } from "../store.ts";
import { HERE, later, MINE, opened, press, setUp, stage, Tabs, usual } from "./lock-stage.tsx";

setUp();

const HOUR = 3_600_000;
const endsIn = (milliseconds: number): Me => ({
  ...MINE,
  organization: { ...MINE.organization, zone: "America/Chicago" },
  sending: [],
  csrf: "new",
  session_ends_at: new Date(Date.now() + milliseconds).toISOString(),
});
const warning = () => stage.box.querySelector(".session-warning");
const button = (name: string) =>
  [...stage.box.querySelectorAll("button")].find((each) => each.textContent?.trim() === name);
const title = () => stage.box.querySelector("dialog h2")?.textContent ?? null;

/** Somebody works all the while. */
async function pass(minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= 1) {
    press();
    await later(Math.min(left, 1) * 60_000);
    clock.tick();
  }
  await later(200);
}

async function give(fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    (stage.box.querySelector(`input[name=${name}]`) as HTMLInputElement).value = value;
  }
  stage.box.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await later(200);
}

beforeEach(async () => {
  localStorage.clear();
  clock.tick();
  me.value = endsIn(20 * 60_000);
  renewing.value = false;
  said.value = "";
  await later(200);
});

it("says ten minutes before, and again two, that the session ends, once each to screen readers", async () => {
  await pass(9);
  expect(warning()).toBeNull();

  await pass(1);
  expect(warning()?.textContent).toContain("Your session ends in 10 minutes.");
  expect(said.value).toContain("Your session ends in 10 minutes. Sign in again to go on");
  said.value = "";
  await pass(1);
  expect(warning()?.textContent).toContain("in 9 minutes");
  expect(said.value).toBe("");

  await pass(7);
  expect(said.value).toContain("Your session ends in 2 minutes.");
  expect(locked.value).toBeNull();
});

it("is put off until it is nearly over, in every tab", async () => {
  await pass(10);
  button("Later")?.click();
  await later(200);
  expect(warning()).toBeNull();
  expect(localStorage.getItem("bt-session-later")).toBe(me.value?.session_ends_at);

  await pass(8);
  expect(warning()?.textContent).toContain("in 2 minutes");
  expect(button("Later")).toBeUndefined();
});

it("hears from another tab that it was put off", async () => {
  await pass(10);
  const newValue = me.value?.session_ends_at ?? "";

  dispatchEvent(Object.assign(new Event("storage"), { key: "bt-session-later", newValue }));
  await later(200);

  expect(warning()).toBeNull();
});

it("signs in again in place before the end, and tells the other tabs", async () => {
  await pass(10);
  button("Sign in again")?.click();
  await later(200);
  expect([title(), signedOut.value, warning()]).toEqual(["Sign in again", true, null]);
  stage.answer = (call) => {
    if (call === "POST /session") return [200, { step: "code" }];
    return call === "POST /session/code" || call === "GET /me" ? [200, endsIn(12 * HOUR)] : usual(call);
  };

  await give({ email: "dana@mercy.example", password: "correct" });
  expect(button("Not now")).toBeUndefined();
  await give({ code: "123456" });

  expect(signedOut.value).toBe(false);
  expect(Tabs.said).toContain("signed in");
  await pass(11);
  expect(warning()).toBeNull();
});

it("goes back to work where the person would rather go on", async () => {
  await pass(10);
  button("Sign in again")?.click();
  await later(200);
  stage.answer = (call) => (call === "GET /session" ? [200, { ...HERE, locked: false }] : usual(call));

  button("Not now")?.click();
  await later(200);

  expect([signedOut.value, locked.value]).toEqual([false, null]);
  expect(warning()).not.toBeNull();
});

it("does not open by Not now what would have been locked meanwhile, or is", async () => {
  await pass(10);
  button("Sign in again")?.click();
  await later(9.9 * 60_000);
  stage.answer = (call) => (call === "GET /session" ? [200, { ...HERE, locked: false }] : usual(call));
  await later(0.2 * 60_000);
  button("Not now")?.click();
  await later(200);
  expect([signedOut.value, locked.value !== null]).toEqual([false, true]);
});

it("says so where the session has ended meanwhile", async () => {
  await pass(10);
  button("Sign in again")?.click();
  await later(200);
  stage.answer = (call) => (call === "GET /session" ? [401, { code: "signed_out" }] : usual(call));

  button("Not now")?.click();
  await later(200);

  expect(signedOut.value).toBe(true);
  expect(stage.box.querySelector("dialog")?.textContent).toContain("Your session has ended");
  expect(button("Not now")).toBeUndefined();
});

it("goes on with the new session when another tab has signed in again, also where this one had lost the old", async () => {
  signedOut.value = true;
  await later(200);

  Tabs.opened?.onmessage?.({ data: "signed in" });
  await later(200);

  expect(stage.asked.at(-1)).toBe("GET /me");
  expect(opened).toHaveBeenCalledOnce();
});
