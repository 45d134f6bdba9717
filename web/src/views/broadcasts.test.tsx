// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Detail } from "../broadcasts.ts";
import { settled } from "../stage.ts";
import { me } from "../store.ts";
import { BroadcastsDialog } from "./broadcasts-dialog.tsx";

const asked: { call: string; body: unknown }[] = [];
let answers: Record<string, () => unknown> = {};
let box: HTMLElement;

const FUNNEL = { sent: 0, delivered: 0, viewed: 0, replied: 0, undelivered: 0 };
const detail = (said: Partial<Detail["broadcast"]>, more: Partial<Detail> = {}): Detail => ({
  broadcast: {
    ...{ id: "b", team: "front", title: "Flu clinic", state: "draft", rev: 1, by: "Dana", at: "2026-11-24T02:00:00Z" },
    ...{ due_at: null, began_at: null, ended_at: null, words: null },
    ...{ total: 0, waiting: 0, posted: 0, left_out: 0, failed: 0, stopped: 0 },
    ...said,
  } as Detail["broadcast"],
  ...{ bodies: { en: "Monday" }, way: "secure", news: true, per_hour: null, listed: 0, checked_at: null },
  filters: [{ kind: "filter", ours: true, group: null, patient_tag: null, tag: null, language: null, days: null }],
  ...{ approved_by: null, sums: [], funnel: FUNNEL, alone: 200, can_write: true, can_approve: false },
  check: { segments: 0, fallback: 0, shared: 0, vias: {}, languages: {}, cents: null },
  ...more,
});

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = () => {};
  asked.length = 0;
  me.value = {
    teams: [{ id: "front", name: "Front desk", is_member: true }],
    tags: [],
    organization: { plan: "paid" },
  } as never;
  vi.stubGlobal("fetch", async (address: string, { method, body }: RequestInit) => {
    const call = `${method} ${address.replace("/api/v1", "")}`;
    asked.push({ call, body: typeof body === "string" ? JSON.parse(body) : null });
    const answer = answers[call];
    if (!answer) throw new TypeError(`nobody answers ${call}`);
    const said = answer();
    return said instanceof Response ? said : new Response(JSON.stringify(said), { status: 200 });
  });
  box = document.createElement("div");
  document.body.append(box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  me.value = null;
  vi.unstubAllGlobals();
});

const button = (name: string) => {
  const found = [...box.querySelectorAll("button")].find((each) => each.textContent?.includes(name));
  if (!found) throw new Error(`no button ${name} in ${box.textContent}`);
  return found;
};

async function press(name: string): Promise<void> {
  const pressed = button(name);
  if (pressed.type === "submit") pressed.form?.requestSubmit(pressed);
  else pressed.click();
  await settled();
}

function type(field: HTMLInputElement | HTMLTextAreaElement | null, text: string): void {
  if (!field) throw new Error("no such field");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function open(list: Detail["broadcast"][]): Promise<void> {
  answers["GET /broadcasts"] = () => ({ broadcasts: list });
  render(<BroadcastsDialog onClose={() => {}} />, box);
  await settled();
}

it("goes from whom to the check without sending anything, and asks to go with what was checked", async () => {
  const checked = detail({ total: 12, waiting: 9, left_out: 3, rev: 1 }, { checked_at: "2026-11-24T02:00:00Z" });
  answers = {
    "POST /broadcasts": () => detail({}),
    "POST /broadcasts/b/check": () => checked,
    "POST /broadcasts/b/submit": () => detail({ state: "counting", waiting: 9, due_at: "2026-11-24T02:01:00Z" }),
  };
  await open([]);
  await press("New broadcast");
  type(box.querySelector("input:not([type])"), "Flu clinic");
  await settled();
  await press("Next: words");
  type(box.querySelector("textarea"), "Monday");
  await settled();
  await press("Next: check");

  expect(box.textContent).toContain("Will reach 9 patients. 3 patients left out:");
  await press("Next: when");
  await press("Next: go");
  await press("Send to 9 patients");

  expect(asked.map(({ call }) => call)).toEqual([
    "GET /broadcasts",
    "GET /groups",
    "POST /broadcasts",
    "POST /broadcasts/b/check",
    "POST /broadcasts/b/submit",
  ]);
  expect(asked[2]?.body).toMatchObject({ team: "front", title: "Flu clinic", bodies: { en: "Monday" }, way: "secure" });
  expect(asked[4]?.body).toEqual({ rev: 1, at: null, per_hour: null, sure: false });
  expect(box.textContent).toContain("Goes to 9 patients in a minute.");
});

it("goes to a group that was chosen", async () => {
  answers = {
    "GET /groups": () => ({
      groups: [
        { id: "g1", name: "Diabetes class", patients: 3 },
        { id: "g2", name: "Flu", patients: 1 },
      ],
    }),
    "POST /broadcasts": () => detail({}),
  };
  await open([]);
  await press("New broadcast");
  type(box.querySelector("input:not([type])"), "Flu clinic");
  await settled();
  [...box.querySelectorAll("label")]
    .find((each) => each.textContent === "A group of patients")
    ?.querySelector("input")
    ?.click();
  await settled();
  const group = [...box.querySelectorAll("select")].find((each) =>
    each.textContent?.includes("Diabetes class (3 patients)"),
  );
  if (!group) throw new Error("no groups");
  group.value = "g2";
  group.dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
  await press("Next: words");
  type(box.querySelector("textarea"), "Monday");
  await settled();
  await press("Next: check");

  const begun = asked.find(({ call }) => call === "POST /broadcasts");
  expect(begun?.body).toMatchObject({ filters: [{ kind: "filter", ours: false, group: "g2", tag: null }] });
});

it("asks once more before plain texts go that look private", async () => {
  const checked = detail({ total: 2, waiting: 2 }, { checked_at: "2026-11-24T02:00:00Z", way: "sms" });
  let tries = 0;
  answers = {
    "GET /broadcasts/b": () => checked,
    "POST /broadcasts/b/submit": () => {
      tries += 1;
      const no = { code: "looks_private", detail: "This looks private.", found: ["word"] };
      return tries === 1 ? new Response(JSON.stringify(no), { status: 409 }) : detail({ state: "counting" });
    },
  };
  await open([checked.broadcast]);
  await press("Flu clinic");
  await press("Next: when");
  await press("Next: go");
  await press("Send to 2 patients");
  await press("Send it all the same");

  expect(
    asked.filter(({ call }) => call.endsWith("submit")).map(({ body }) => (body as { sure: boolean }).sure),
  ).toEqual([false, true]);
});

it("offers whoever observes to stop, and not to go on", async () => {
  const paused = detail({ state: "paused", words: "the team has no phone number" }, { can_write: false });
  answers = { "GET /broadcasts/b": () => paused, "POST /broadcasts/b/stop": () => detail({ state: "stopped" }) };
  await open([paused.broadcast]);
  await press("Flu clinic");

  expect(box.textContent).toContain("It paused by itself: the team has no phone number.");
  expect(() => button("Go on")).toThrow();
  await press("Stop");
  expect(() => button("Stop")).toThrow();
});
