// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import * as lock from "../lock.ts";
import { dialog, locked, me, said } from "../store.ts";
import { later, MINE, minutes, press, setUp, stage, times } from "./lock-stage.tsx";

setUp();

it("locks after ten minutes without keyboard or pointer, and not before", async () => {
  await minutes(9);
  press();
  await minutes(9.5);
  expect(locked.value).toBeNull();

  await minutes(1);

  expect(locked.value).not.toBeNull();
  expect(stage.asked.at(-1)).toBe("POST /session/lock");
});

it("does not take the page's own movement under a resting pointer for the person", async () => {
  const move = (screenX: number) => dispatchEvent(Object.assign(new Event("pointermove"), { screenX, screenY: 1 }));
  move(5);
  await minutes(9);
  move(5);
  await minutes(1.5);
  expect(locked.value).not.toBeNull();
  lock.open();

  await minutes(9);
  move(6);
  await minutes(1.5);

  expect(locked.value).toBeNull();
});

it("counts what is done in another tab of the session", async () => {
  await minutes(9);
  localStorage.setItem("bt-acted", String(Date.now()));

  await minutes(9);
  expect(locked.value).toBeNull();
  await minutes(1.1);

  expect(locked.value).not.toBeNull();
});

it("does not stay open by a time that lies in the future, as after the clock was put back", async () => {
  localStorage.setItem("bt-acted", String(Date.now() + 3_600_000));

  await minutes(10.1);

  expect(locked.value).not.toBeNull();
});

it("locks as soon as the clinic's server says", async () => {
  me.value = { ...MINE, limits: { ...MINE.limits, lock_seconds: 120 } };

  await minutes(1.9);
  expect(locked.value).toBeNull();
  await minutes(0.2);

  expect(locked.value).not.toBeNull();
});

const warning = () => stage.box.querySelector(".lock-warning")?.textContent ?? null;

it("says two minutes before that it will lock, once to screen readers, and counts down", async () => {
  await minutes(7.9);
  expect(warning()).toBeNull();

  await minutes(0.2);
  expect(warning()).toContain("This screen locks in 2 minutes.");
  expect(said.value).toBe("This screen locks in 2 minutes. Press any key to stay signed in.");
  said.value = "";
  await minutes(1);
  expect(warning()).toContain("This screen locks in 1 minute.");
  expect(said.value).toBe("");

  await minutes(1);
  expect(locked.value).not.toBeNull();
  expect(warning()).toBeNull();
});

it("stays open by any key, and says so to the other tabs at once", async () => {
  await minutes(8.1);
  localStorage.removeItem("bt-acted");

  press();
  await later();

  expect(warning()).toBeNull();
  expect(localStorage.getItem("bt-acted")).toBe(String(Date.now()));
  await minutes(9);
  expect(locked.value).toBeNull();
});

it("stays open by its button, also where no pointer moved for it", async () => {
  await minutes(8.1);

  stage.box.querySelector<HTMLButtonElement>(".lock-warning button")?.click();
  await later();

  expect(warning()).toBeNull();
  await minutes(7.5);
  expect(warning()).toBeNull();
});

it("stops warning as soon as the person does something in another tab", async () => {
  await minutes(8.1);
  expect(warning()).not.toBeNull();
  localStorage.setItem("bt-acted", String(Date.now()));

  dispatchEvent(Object.assign(new Event("storage"), { key: "bt-acted" }));
  await later();

  expect(warning()).toBeNull();
});

it("warns in a dialog too, where a screen reader hears only what is in it", async () => {
  dialog.value = { name: "search" };
  await later();

  await minutes(8.1);

  expect(stage.box.querySelector("dialog [aria-live=polite]")?.textContent).toContain("locks in 2 minutes");
});

it("takes the first key after a long sleep for no sign that the person was there", async () => {
  const sends = vi.fn();
  document.addEventListener("keydown", sends, { once: true });
  vi.setSystemTime(Date.now() + 11 * 60_000);

  const key = new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true });
  document.body.dispatchEvent(key);

  expect(locked.value).not.toBeNull();
  expect(sends).not.toHaveBeenCalled();
  expect(key.defaultPrevented).toBe(true);
  document.removeEventListener("keydown", sends);
});

it("says to whoever comes back that the session has ended, before they type", async () => {
  void lock.lock();
  await minutes(6);
  stage.answer = () => [401, { code: "signed_out" }];

  press();
  await later();

  expect(stage.box.querySelector("dialog h2")?.textContent).toBe("Sign in again");
});

it("tells the server at most once a minute that the person is here", async () => {
  await later(60_000);
  const writes = vi.spyOn(Storage.prototype, "setItem");
  for (let second = 0; second < 50; second += 1) {
    press();
    await later(1_000);
  }

  expect(times("POST /session/active")).toBe(1);
  expect(writes.mock.calls.length).toBeLessThanOrEqual(11);
  writes.mockRestore();
});
