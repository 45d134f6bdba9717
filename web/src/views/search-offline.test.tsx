// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { connection, dialog, me, place } from "../store.ts";
import { NONE } from "./found.samples.ts";
import { Header } from "./header.tsx";
import { SearchDialog } from "./search-dialog.tsx";

let box: HTMLElement;
let asked: number;

const field = () => box.querySelector("input[role=combobox]") as HTMLInputElement;
const button = () => box.querySelector<HTMLButtonElement>("button.search");

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  asked = 0;
  dialog.value = null;
  const organization = { name: "Mercy Clinic" };
  me.value = { user: { id: "dana", name: "Dana", initials: "D" }, organization, teams: [] } as unknown as Me;
  place.value = { team: "all", view: "open", conversation: null, strays: false };
  vi.stubGlobal("fetch", async () => {
    asked += 1;
    return new Response(JSON.stringify(NONE));
  });
  box = document.createElement("div");
  document.body.append(box);
});

afterEach(() => {
  connection.value = { name: "live", slow: false };
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("is off in the bar while there is no network, and says so", async () => {
  connection.value = { name: "offline" };
  render(<Header />, box);
  expect(button()?.disabled).toBe(true);
  expect(button()?.textContent).toBe("Search works again when you are online");

  connection.value = { name: "live", slow: false };
  await vi.waitFor(() => expect(button()?.disabled).toBe(false));
});

it("says in its field why nothing is found, keeps what was typed, and goes on once there is a network", async () => {
  connection.value = { name: "offline" };
  render(<SearchDialog text="refill" onClose={() => {}} />, box);
  await vi.waitFor(() => expect(field().readOnly).toBe(true));
  expect(field().getAttribute("aria-disabled")).toBe("true");
  const why = document.getElementById(field().getAttribute("aria-describedby") ?? "");
  expect(why?.textContent).toContain("You are offline");
  expect(box.querySelectorAll("[role=option]")).toHaveLength(0);
  expect(asked).toBe(0);

  connection.value = { name: "live", slow: false };
  await vi.waitFor(() => expect(asked).toBe(1), { timeout: 5_000 });
  expect([field().readOnly, field().value]).toEqual([false, "refill"]);
  expect(box.textContent).not.toContain("You are offline");
});
