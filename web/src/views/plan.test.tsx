// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ClinicPlan, Me } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { type Asked, serve, settled } from "../stage.ts";
import { dialog, me } from "../store.ts";
import { left, standing } from "../words/plans.ts";
import { PlanChip } from "./no-plan.tsx";
import { PlanDialog } from "./plan-dialog.tsx";

const NOW = Date.parse("2026-11-28T15:00:00Z");
const DAY = 86_400_000;
const in_ = (days: number) => new Date(NOW + days * DAY).toISOString();

const NONE: ClinicPlan = {
  plan: "none",
  ends_at: null,
  may_send: false,
  had_trial: false,
  wish: null,
  steps: [],
  text_price: null,
  plan_price: null,
};
const WISH = { wants: "trial", by: "Ada Park", at: in_(0), words: "We open in May", area_code: "312" } as const;

let known: ClinicPlan;
let refusal: { code: string; detail: string } | null;
let asked: Asked[];
let box: HTMLElement;

function be(role: string, plan: string, endsAt: string | null = null): void {
  me.value = { user: { id: "ada", role }, organization: { plan, plan_ends_at: endsAt } } as unknown as Me;
}

beforeEach(() => {
  known = NONE;
  refusal = null;
  clock.now.value = NOW;
  box = document.createElement("div");
  document.body.append(box);
  asked = serve(({ method }) => {
    if (refusal && method === "POST") return { status: 409, said: refusal };
    return { status: 200, said: method === "POST" ? { ...known, wish: WISH } : known };
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

async function show(): Promise<void> {
  render(<PlanDialog onClose={() => {}} />, box);
  await settled();
}

it("says what it costs, also where nobody has set a price", async () => {
  be("member", "none");
  await show();
  expect(box.textContent).toContain("A paid plan: we tell you when you ask");
  render(null, box);

  known = { ...NONE, text_price: "0.0113", plan_price: "$49 a month" };
  await show();
  expect(box.textContent).toContain("A paid plan: $49 a month.");
  expect(box.textContent).toContain("Each text segment: $0.0113");
});

it("lets an admin ask for a trial, and says that it waits", async () => {
  be("admin", "none");
  await show();
  expect(box.textContent).toContain("Your clinic has no plan. Nothing goes out yet.");
  box.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await settled();

  expect(asked.at(-1)).toMatchObject({
    method: "POST",
    path: "/organization/plan/wish",
    body: { wants: "trial", body: "", area_code: null },
  });
  expect(box.textContent).toContain("Ada Park asked for a trial");
  expect(box.textContent).toContain("area code 312");
  expect(box.querySelector("form")).toBeNull();
});

it("offers no second trial, and nothing to whoever is no admin", async () => {
  known = { ...NONE, had_trial: true };
  be("admin", "none");
  await show();
  expect([...box.querySelectorAll("input[type=radio]")]).toHaveLength(0);

  render(null, box);
  be("member", "none");
  await show();
  expect(box.querySelector("form")).toBeNull();
  expect(box.textContent).toContain("An admin of your clinic can ask");
});

it("says why it is refused", async () => {
  refusal = { code: "trial_used", detail: "Your clinic has had its trial. Ask for a paid plan." };
  be("admin", "none");
  await show();
  box.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await settled();
  expect(box.querySelector("[role=alert]")?.textContent).toContain("has had its trial");
});

it("asks again when the plan became another one", async () => {
  be("member", "none");
  await show();
  known = { ...NONE, plan: "trial", ends_at: in_(7), may_send: true, had_trial: true };
  be("member", "trial", in_(7));
  await settled();
  expect(box.textContent).toContain("7 days left");
});

it("counts down, and never says more than is left", () => {
  expect([
    left(in_(6.99), NOW),
    left(in_(1), NOW),
    left(in_(0.5), NOW),
    left(in_(0.01), NOW),
    left(in_(-1), NOW),
  ]).toEqual(["6 days left", "1 day left", "12 hours left", "less than an hour left", "over"]);
  expect(standing({ plan: "trial", ends_at: in_(-1) }, NOW)).toContain("Nothing was deleted");
});

it("stands in the bar while it is a trial or nothing goes out", async () => {
  const shown = async (plan: string, ends: string | null) => {
    be("member", plan, ends);
    render(<PlanChip />, box);
    await settled();
    return box.textContent;
  };
  expect(await shown("paid", null)).toBe("");
  expect(await shown("trial", in_(3))).toBe("Trial: 3 days left");
  expect(await shown("trial", in_(-3))).toBe("Sending is off");
  expect(await shown("suspended", null)).toBe("Sending is off");
  box.querySelector("button")?.click();
  expect(dialog.value).toEqual({ name: "plan" });
});
