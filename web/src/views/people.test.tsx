// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ClinicPeople, Me } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../people.ts";
import { hear, heard } from "../people-heard.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { me } from "../store.ts";
import { PeopleDialog } from "./people-dialog.tsx";

const NOW = Date.parse("2026-11-28T15:00:00Z");
const AT = new Date(NOW).toISOString();
const LEFT = { code: "last_member", detail: "Sam is the last member of Front desk. Nobody would answer it." };
const PROVE = { code: "prove_again", detail: "Type your password or a code first." };

const person = (id: string, name: string, teams: string[], role: "member" | "admin" = "member") => ({
  id,
  name,
  initials: name.slice(0, 1),
  email: `${id}@mercy.example`,
  role,
  teams,
  state: "active" as const,
  seen_at: AT,
  left_at: null,
  has_code: true,
});

const ALL: ClinicPeople = {
  people: [person("ana", "Ana", [], "admin"), person("sam", "Sam", ["front"])],
  invites: [
    {
      id: "i1",
      name: "Nia",
      email: "nia@mercy.example",
      role: "member",
      teams: [],
      by: { id: "ana", name: "Ana", initials: "A" },
      at: AT,
      ends_at: new Date(NOW + 86_400_000).toISOString(),
      opens: true,
      anew: false,
    },
  ],
  teams: [{ id: "front", name: "Front desk", numbers: ["+13125550100"], open: 3 }],
};

let known: ClinicPeople;
let refusals: { code: string; detail: string }[];
let asked: Asked[];
let box: HTMLElement;

beforeEach(() => {
  known = ALL;
  refusals = [];
  desk.people.value = null;
  clock.now.value = NOW;
  me.value = { user: { id: "ana", role: "admin" }, organization: {} } as unknown as Me;
  box = document.createElement("div");
  document.body.append(box);
  asked = serve(({ method, path }) => {
    // Whether it is asked is all that matters here.
    if (path === "/me") return { status: 503, said: {} };
    if (path.endsWith("/prove")) return { status: 200, said: { csrf: "x" } };
    if (path.includes("/history")) return { status: 200, said: { steps: [], next: null } };
    const no = method === "GET" ? undefined : refusals.shift();
    return no ? { status: 409, said: no } : { status: 200, said: known };
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

const acts = () => asked.filter((one) => one.method !== "GET").map((one) => [one.method, one.path, one.body]);

async function show(): Promise<void> {
  render(<PeopleDialog onClose={() => {}} />, box);
  await settled();
}

const tick = async (name: RegExp) => {
  const label = [...box.querySelectorAll("label")].find((each) => each.textContent?.match(name));
  label?.querySelector("input")?.click();
  await settled();
};

it("shows who works here, who is asked to, and in which teams", async () => {
  await show();
  expect(box.textContent).toContain("Sam");
  expect(box.textContent).toContain("Front desk");
  expect(box.textContent).toContain("Invited by Ana; the link works until tomorrow");
});

it("takes somebody out only after a yes where nobody would be left", async () => {
  await show();
  await pressButton(box, /^Sam$/);
  refusals = [LEFT];
  await tick(/Front desk/);
  expect(box.querySelector("[role=alert]")?.textContent).toContain("Nobody would answer it");
  expect(box.querySelector<HTMLInputElement>("input[type=checkbox]")?.checked).toBe(true);

  known = { ...ALL, people: ALL.people.map((each) => ({ ...each, teams: [] })) };
  await pressButton(box, "Do it all the same");

  expect(acts()).toEqual([
    ["POST", "/teams/front/members/remove", { user: "sam", sure: false }],
    ["POST", "/teams/front/members/remove", { user: "sam", sure: true }],
  ]);
  expect(box.querySelector("[role=alert]")).toBeNull();
  expect(box.querySelector<HTMLInputElement>("input[type=checkbox]")?.checked).toBe(false);
});

it("asks who is there before a role changes, and goes on with it", async () => {
  await show();
  await pressButton(box, /^Sam$/);
  refusals = [PROVE];
  await tick(/^Admin/);
  const secret = box.querySelector<HTMLInputElement>("input[name=secret]");
  if (secret) secret.value = "123 456";
  await pressButton(box, "Continue");

  expect(acts()).toEqual([
    ["POST", "/people/sam/role", { role: "admin" }],
    ["POST", "/session/prove", { code: "123456" }],
    ["POST", "/people/sam/role", { role: "admin" }],
  ]);
  expect(box.querySelector("input[name=secret]")).toBeNull();
});

it("says why a team stays", async () => {
  await show();
  await pressButton(box, /^Teams$/);
  await pressButton(box, /^Front desk$/);
  refusals = [{ code: "team_in_use", detail: "Front desk cannot be deleted: it has a phone number." }];
  await pressButton(box, /^Delete$/);
  expect(box.querySelector("[role=alert]")?.textContent).toContain("it has a phone number");
});

it("asks again when the wire says so, and for me where it is about me", async () => {
  await show();
  const before = asked.length;
  await act(async () => hear({ kind: "people.changed", n: 1, users: ["sam"], teams: false }));
  await settled();
  expect(asked.slice(before).map((one) => one.path)).toEqual(["/people"]);
  await act(async () => hear({ kind: "people.changed", n: 2, users: ["ana"], teams: false }));
  await settled();
  expect(
    asked
      .slice(before + 1)
      .map((one) => one.path)
      .sort(),
  ).toEqual(["/me", "/people"]);
  expect(heard.value).toBeGreaterThan(1);
});
