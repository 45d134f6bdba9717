// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it } from "vitest";
import { muted } from "../bell.ts";
import { settled } from "../stage.ts";
import { asOf, connection, me, updateReady } from "../store.ts";
import { ConnectionChip, ConnectionStrip } from "./connection.tsx";

let box: HTMLElement;

async function show(state: typeof connection.value): Promise<string> {
  connection.value = state;
  await settled();
  return box.textContent ?? "";
}

beforeEach(() => {
  me.value = { organization: { zone: "UTC" } } as never;
  asOf.value = Date.parse("2026-11-28T14:14:00Z");
  box = document.createElement("div");
  render(
    <>
      <ConnectionChip />
      <ConnectionStrip />
    </>,
    box,
  );
});

afterEach(() => {
  render(null, box);
  connection.value = { name: "catching-up" };
  asOf.value = 0;
  updateReady.value = muted.value = false;
  me.value = null;
});

it("is not spoken of while all is well", async () => {
  expect(await show({ name: "live", slow: false })).toBe("");
});

it("is a line alone while the screen catches up", async () => {
  expect(await show({ name: "catching-up" })).toBe("");
  expect(box.querySelector(".catching-up")).not.toBeNull();
});

it("that is being sought says of when the screen is", async () => {
  expect(await show({ name: "reconnecting" })).toMatch(/^ ?Reconnecting… as of 2:14\sPM$/u);
});

it("that is away says so aloud, from when the screen is, and that what is sent will wait", async () => {
  await show({ name: "offline" });
  const strip = box.querySelector("[role=status]");
  expect(strip?.textContent).toMatch(/^You are offline. Messages you send will wait.As of 2:14\sPMTry now$/u);
});

it("over a slow way says so", async () => {
  expect(await show({ name: "live", slow: true })).toBe("Slow connection mode");
});

it("leaves a new build its word, but not where the server cannot be reached", async () => {
  updateReady.value = true;
  expect(await show({ name: "live", slow: true })).toBe("Update ready – reload");
  expect(await show({ name: "reconnecting" })).not.toContain("Update ready");
});
