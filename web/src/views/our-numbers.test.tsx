// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ClinicNumbers, Me, OurNumber } from "../../../realtime/client/wire.gen.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { me } from "../store.ts";
import { OurNumbersDialog } from "./our-numbers.tsx";

const AT = "2026-11-28T15:00:00Z";
const FRONT: OurNumber = {
  id: "n1",
  number: "+13125550100",
  label: null,
  team: "front",
  team_name: "Front desk",
  goes_to: "live",
  status: "active",
  why: null,
  since: AT,
  released_at: null,
  conversations: 3,
  test: null,
};
const NOTHING: ClinicNumbers = {
  numbers: [],
  orders: [],
  registration: [],
  teams: [{ id: "front", name: "Front desk" }],
  area_code: "212",
  may_order: true,
  start: { number: false, people: true, tried: false },
};

let known: ClinicNumbers;
let asked: Asked[];
let refusal: { code: string; detail: string } | null;
let box: HTMLElement;

function be(role: string, is_starting = false): void {
  me.value = { user: { id: "ana", role }, organization: { plan: "paid", is_starting } } as unknown as Me;
}

beforeEach(() => {
  known = NOTHING;
  refusal = null;
  box = document.createElement("div");
  document.body.append(box);
  asked = serve(({ path }) => {
    if (refusal) {
      const said = refusal;
      refusal = null;
      return { status: 403, said };
    }
    if (path.endsWith("/search")) {
      return { status: 200, said: { code: "646", offers: [{ number: "+16465550300" }], none_in: ["212"] } };
    }
    return { status: 200, said: known };
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  me.value = null;
  vi.unstubAllGlobals();
});

async function show(): Promise<void> {
  render(<OurNumbersDialog onClose={() => {}} />, box);
  await settled();
}

const type = async (label: string, words: string) => {
  const field = [...box.querySelectorAll("label")].find((each) => each.textContent?.includes(label));
  const input = field?.querySelector("input") as HTMLInputElement;
  input.value = words;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
};

it("finds a number near the clinic, says why it is not from there, and orders it", async () => {
  be("admin");
  await show();
  expect(box.textContent).toContain("Your clinic has no phone number yet");

  await pressButton(box, "Find numbers");
  expect(asked.at(-1)?.body).toEqual({ area_code: "212" });
  expect(box.textContent).toContain("No number is free in 212. Free in 646");
  await pressButton(box, /^Take/);

  expect(asked.at(-1)).toMatchObject({
    path: "/organization/numbers/order",
    body: { number: "+16465550300", team_id: "front" },
  });
});

it("warns before a number is given up, and asks again who is there", async () => {
  known = { ...NOTHING, numbers: [FRONT] };
  be("admin");
  await show();
  await pressButton(box, /^Give up…/);
  expect(box.textContent).toContain("3 open conversations of Front desk go on from this number");
  expect(box.textContent).toContain("The team then has no number");
  await type("to give it up", "312 555 0100");
  refusal = { code: "prove_again", detail: "Type your password or a code first." };
  await pressButton(box, "Give it up for good");

  expect(asked.at(-1)).toMatchObject({ path: "/organization/numbers/n1/release", body: { typed: "312 555 0100" } });
  expect(box.textContent).toContain("You signed in a while ago");
});

it("shows what carriers said, what works until then, and what they send back", async () => {
  const note = "The website has no privacy policy";
  known = {
    ...NOTHING,
    numbers: [{ ...FRONT, status: "pending", why: "the team's number is not registered with carriers yet" }],
    registration: [{ at: AT, of: "brand", state: "refused", note }],
  };
  be("supervisor");
  await show();

  expect(box.textContent).toContain("The team's number is not registered with carriers yet");
  expect(box.textContent).toContain("Who you are (brand): refused");
  expect(box.textContent).toContain(note);
  expect(box.textContent).toContain("Secure e-mail goes out");
  expect(box.textContent).toContain("privacy policy that says");
  expect(box.textContent).not.toContain("Give up…");
});

it("leads through the first steps, which end only when all are done", async () => {
  be("admin", true);
  await show();
  const done = [...box.querySelectorAll("button")].find((each) => each.textContent === "All done");
  expect(done?.disabled).toBe(true);
  expect(box.querySelector('a[href="/people"]')).not.toBeNull();

  known = { ...NOTHING, numbers: [FRONT], start: { number: true, people: true, tried: true } };
  be("admin", true);
  await settled();
  await pressButton(box, "All done");
  expect(asked.at(-1)?.path).toBe("/organization/start/done");
});
