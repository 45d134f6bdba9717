// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Stray } from "../../../realtime/client/wire.gen.ts";
import { settled } from "../stage.ts";
import { me, place, strays, straysLoading } from "../store.ts";
import * as actions from "../stray-actions.ts";
import { StraysPane } from "./strays.tsx";

const TEAM = {
  id: "front",
  name: "Front desk",
  is_member: true,
  numbers: [],
  needs_reply: 0,
  oldest_wait: null,
  strays: 1,
};
const TOMAS = { id: "tomas", rev: 1, name: "Tomás García", initials: "TG", language: "es" };
let box: HTMLElement;

function stray(over: Partial<Stray> = {}): Stray {
  return {
    id: "s",
    team: "front",
    number: "+13125550100",
    sender: "+13125550160",
    sender_display: "(312) 555-0160",
    texts: [{ id: "s", body: "Please stop texting me", at: "2026-11-24T02:00:00Z" }],
    candidates: [],
    acting: [{ proxy: "rosa", name: "Rosa García (mother of Tomás)", patient: TOMAS }],
    may_be_opt_out: false,
    ...over,
  };
}

async function show(found: Stray, isMember = true): Promise<void> {
  me.value = { teams: [{ ...TEAM, is_member: isMember }] } as unknown as NonNullable<typeof me.value>;
  place.value = { team: "all", view: "open", conversation: null, strays: true };
  straysLoading.value = "ready";
  strays.value = [found];
  render(<StraysPane />, box);
  await settled();
}

const buttons = () => [...box.querySelectorAll("button")].map((each) => each.textContent?.trim());
const press = (words: string) =>
  [...box.querySelectorAll("button")].find((each) => each.textContent?.trim() === words)?.click();

beforeEach(() => {
  vi.restoreAllMocks();
  box = document.createElement("div");
  document.body.append(box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  me.value = null;
  strays.value = null;
});

it("says whose phone it is and gives the words to whoever acts, by one press", async () => {
  const attach = vi.spyOn(actions, "attach").mockReturnValue(new Promise(() => {}));
  await show(stray());

  expect(box.textContent).toContain("From the phone of Rosa García (mother of Tomás).");
  press("It is Rosa García (mother of Tomás)");
  expect(attach).toHaveBeenCalledWith("s", "tomas", "rosa");
});

it("asks first whether texts to that phone go on", async () => {
  const decide = vi.spyOn(actions, "decide").mockResolvedValue(undefined);
  await show(stray({ may_be_opt_out: true }));

  expect(buttons()).toEqual(["Stop texts", "Keep texting"]);
  expect(box.textContent).toContain("It is about (312) 555-0160 only.");
  press("Stop texts");
  await settled();

  expect(decide).toHaveBeenCalledWith("s", "stop_texts");
  expect(buttons()).toContain("Set aside");
});

it("lets who observes know, and do nothing", async () => {
  await show(stray({ may_be_opt_out: true }), false);

  expect(box.textContent).toContain("This may be an opt-out.");
  expect(buttons()).toEqual([]);
});
