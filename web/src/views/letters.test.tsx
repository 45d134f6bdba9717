// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ClinicLetter, Me } from "../../../realtime/client/wire.gen.ts";
import { lateDialogs } from "../parts.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { dialog, me } from "../store.ts";
import { topic, topicNames } from "../words/help.ts";
import { Dialogs } from "./dialogs.tsx";
import { PlanChip } from "./no-plan.tsx";

const OURS: ClinicLetter = { id: "b", by: null, at: "2026-11-28T15:00:00Z", body: "Send us your bill", seen: false };
let known: ClinicLetter[];
let asked: Asked[];
let box: HTMLElement;

beforeEach(async () => {
  await lateDialogs.load();
  HTMLDialogElement.prototype.showModal = () => {};
  known = [OURS];
  box = document.createElement("div");
  document.body.append(box);
  asked = serve(({ path, body }) => {
    if (path.endsWith("/plan")) return { status: 503, said: { code: "not_now", detail: "" } };
    if (path.endsWith("/seen")) return { status: 204, said: null };
    if (body.body) known = [...known, { ...OURS, id: String(body.id), by: "Ana Duarte", body: String(body.body) }];
    return { status: 200, said: { letters: known } };
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  dialog.value = null;
  me.value = null;
  vi.unstubAllGlobals();
});

function be(role: string, letters: number): void {
  const organization = { plan: "paid", plan_ends_at: null };
  me.value = {
    user: { id: "ana", role },
    organization,
    letters,
    build: "abc",
    teams: [],
    saved_views: [],
  } as unknown as Me;
}

it("counts an answer in the bar, shows it and says that it was seen", async () => {
  be("admin", 1);
  render(
    <>
      <PlanChip />
      <Dialogs />
    </>,
    box,
  );
  await pressButton(box, "1 letter from BloomText");
  expect(box.textContent).toContain("Send us your bill");
  expect(asked.map((each) => each.path)).toEqual(["/organization/letters", "/organization/letters/seen"]);
});

it("sends a letter once with an id of its own", async () => {
  be("admin", 0);
  dialog.value = { name: "letters" };
  render(<Dialogs />, box);
  await settled();
  const field = box.querySelector("textarea");
  if (field) field.value = "How do we bring our number?";
  field?.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  await pressButton(box, "Send");
  expect(asked.at(-1)?.body).toMatchObject({ body: "How do we bring our number?" });
  expect(box.querySelector("ol")?.textContent).toContain("Ana Duarte");
  expect(box.querySelector("textarea")?.value).toBe("");
});

it("has help for the open screen, for a dialog, and the way to write for admins alone", async () => {
  be("member", 0);
  dialog.value = { name: "keys" };
  render(<Dialogs />, box);
  await settled();
  expect(box.querySelector(".help h3")?.textContent).toBe(topic("inbox").title);
  expect(box.textContent).toContain("Version abc");
  expect(box.textContent).toContain("ask an admin of your clinic");
  be("admin", 0);
  await settled();
  await pressButton(box, /Write to BloomText/);
  expect(box.querySelector("h2")?.textContent).toBe("Write to BloomText");
  dialog.value = { name: "plan" };
  await settled();
  await pressButton(box, /Help: Your plan/);
  expect(box.querySelector(".help-here")?.textContent).toContain("seven days");
  for (const name of topicNames) expect(topic(name).lines.length).toBeGreaterThan(0);
});
