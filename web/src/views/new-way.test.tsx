// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Ahead, Me, Patient } from "../../../realtime/client/wire.gen.ts";
import { patient } from "../state/samples.ts";
import { me } from "../store.ts";
import { NewWay } from "./new-way.tsx";

const LINK = "https://m.example/m/xxxxxxxxxxxxxxxxxxxxxx";
const yes = { can: true, why: null };
const ALL = { sms: yes, secure_sms: yes, secure_email: yes };

function ahead(change: Partial<Ahead> = {}): Ahead {
  return {
    ways: ALL,
    may_send: true,
    proof: "birth_date",
    secure_sms: { words: `Mercy: a message waits: ${LINK} Reply STOP.`, link: LINK, segments: 1 },
    secure_email: { subject: "From Mercy", words: `Mercy wrote.\n\nRead:\n${LINK}\n\nQuestions?\n`, link: LINK },
    also: [],
    ...change,
  };
}

let box: HTMLElement;
let asked: string[];
const started = vi.fn(async () => undefined);
const back = vi.fn();

const radio = (value: string) => box.querySelector<HTMLInputElement>(`input[value="${value}"]`);
const shown = () => box.querySelector("figure")?.textContent ?? "";
const described = (input: HTMLInputElement | null) =>
  (input?.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent)
    .join(" ");

async function show(answer: Ahead | null, who: Patient = patient()): Promise<void> {
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return answer ? new Response(JSON.stringify(answer)) : new Response("{}", { status: 500 });
  });
  render(<NewWay patient={who} team="front" onBack={back} onStart={started} />, box);
  const isThere = () => expect(box.querySelector("figure, .new-way-shown .bad")).not.toBeNull();
  await vi.waitFor(isThere);
}

beforeEach(() => {
  asked = [];
  started.mockClear();
  box = document.createElement("div");
  document.body.append(box);
  me.value = {
    teams: [{ id: "front", name: "Front desk", is_member: true, numbers: ["+13125550100"] }],
  } as unknown as Me;
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("shows the server's words and no others, the link as a place-holder that is not read aloud", async () => {
  await show(ahead());

  expect(asked).toEqual([expect.stringMatching(/\/teams\/front\/patients\/.+\/ahead$/)]);
  expect(shown()).toContain("Mercy: a message waits: ");
  expect(shown()).toContain(" Reply STOP.");
  expect(box.querySelector("[aria-hidden=true].link-ahead")?.textContent).toBe(LINK);
  expect(shown()).toContain("1 text message");
  expect(document.activeElement).toBe(radio("secure_sms"));

  radio("secure_email")?.click();
  await vi.waitFor(() => expect(shown()).toContain("From Mercy"));
  expect(shown()).not.toContain("Questions?");
});

it("says of each way what it means, and of what cannot be chosen why not", async () => {
  const ways = {
    sms: { can: false, why: "no_consent" },
    secure_sms: { can: false, why: "opted_out" },
    secure_email: { can: false, why: "no_email" },
  };
  await show(ahead({ ways, may_send: false }));
  await vi.waitFor(() => expect(radio("secure_sms")?.disabled).toBe(true));

  expect(described(radio("secure_sms"))).toContain("The patient stopped texts. Only they can start them again");
  expect(described(radio("secure_email"))).toContain("No e-mail address on file");
  expect(radio("sms")?.disabled).toBe(false);
  expect(described(radio("sms"))).toContain("You are asked to record it next");
  expect(described(radio("sms"))).toContain("Anyone who sees the phone");
  expect(box.textContent).toContain("no plan that is running");
});

it("begins with the way that was chosen", async () => {
  await show(ahead());
  radio("sms")?.click();
  await vi.waitFor(() => expect(shown()).toContain("Your words, exactly"));
  box.querySelector<HTMLButtonElement>("button.primary")?.click();

  await vi.waitFor(() => expect(started).toHaveBeenCalledWith("sms"));
});

it("warns of a shared phone: who, and what is asked; by e-mail there is nothing to warn of", async () => {
  const leo = { id: "leo", name: "Leo Garcia", born: 2012, relation: null, acts_for: null };
  const rosa = { id: "rosa", name: "Rosa Vega", born: null, relation: "mother", acts_for: "Leo Garcia" } as const;
  await show(ahead({ also: [leo, rosa] }), patient({ shared_phone: true }));
  const warning = () => box.querySelector(".shared-phone")?.textContent ?? null;

  await vi.waitFor(() => expect(warning()).toContain("Leo Garcia (born 2012), Rosa Vega (mother of Leo Garcia)"));
  expect(warning()).toContain("This phone is shared.");
  expect(warning()).toContain("Maria’s own date of birth");
  radio("sms")?.click();
  await vi.waitFor(() => expect(warning()).toContain("They can read a plain text to Maria"));
  radio("secure_email")?.click();
  await vi.waitFor(() => expect(warning()).toBeNull());
});

it("can be begun also when the words did not load", async () => {
  await show(null);
  expect(box.textContent).toContain("did not load");
  box.querySelector<HTMLButtonElement>("button.primary")?.click();

  await vi.waitFor(() => expect(started).toHaveBeenCalledWith("secure_sms"));
});

it("names what is missing of a new entry", async () => {
  await show(ahead(), patient({ first_name: "", last_name: "", date_of_birth: null, incomplete: true }));

  expect(box.textContent).toContain("marked as not complete. The name and the date of birth are missing.");
});

it("asks from which of several numbers, shows what goes from there, and remembers the choice", async () => {
  const numbers = ["+13125550100", "+13125550109"];
  me.value = { teams: [{ id: "front", name: "Front desk", is_member: true, numbers }] } as unknown as Me;
  await show(ahead(), patient({ conversations: [] }));
  const from = () => box.querySelector<HTMLSelectElement>("select");
  expect([...(from()?.options ?? [])].map((each) => each.text)).toEqual(["(312) 555-0100", "(312) 555-0109"]);
  expect(asked.at(-1)).toMatch(/number=%2B13125550100$/);

  const select = from();
  if (select) select.value = "+13125550109";
  select?.dispatchEvent(new Event("change", { bubbles: true }));
  await vi.waitFor(() => expect(asked.at(-1)).toMatch(/number=%2B13125550109$/));
  box.querySelector<HTMLButtonElement>("button.primary")?.click();
  await vi.waitFor(() => expect(started).toHaveBeenCalledWith("secure_sms", "+13125550109"));

  render(null, box);
  await show(ahead(), patient({ conversations: [] }));
  expect(from()?.value).toBe("+13125550109");
  render(null, box);
  await show(ahead(), patient({ conversations: [{ id: "a", team: "front" }] }));
  expect(from()).toBeNull();
});
