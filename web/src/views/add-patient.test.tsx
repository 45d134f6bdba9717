// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import { settled } from "../stage.ts";
import { patient } from "../state/samples.ts";
import { AddPatient } from "./add-patient.tsx";
import { Find } from "./find-patient.tsx";

let box: HTMLElement;
const added = vi.fn();

const field = (name: string) => box.querySelector<HTMLInputElement>(`#new-${name}`);
const doubt = (name: string) => box.querySelector(`#doubt-${name}`)?.textContent ?? "";

function type(name: string, value: string): void {
  const input = field(name);
  if (!input) throw new Error(`no field ${name}`);
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function find(found: Patient[], text: string): void {
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ patients: found })));
  render(<Find text={text} onText={() => undefined} onChoose={() => undefined} onAdd={() => undefined} />, box);
}

beforeEach(() => {
  box = document.createElement("div");
  document.body.append(box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("explains a number only when it was left, and what the search box brought at once", async () => {
  render(<AddPatient typed="(312) 555-014" onAdded={added} onBack={() => undefined} />, box);
  expect(doubt("phone")).toContain("it has 9 of ten digits");
  expect(field("phone")?.getAttribute("aria-describedby")).toBe("doubt-phone");

  type("email", "ana@gma");
  await settled();
  expect(doubt("email")).toBe("");
  field("email")?.dispatchEvent(new Event("blur"));
  await settled();
  expect(doubt("email")).toContain("not complete");
});

it("puts the address in that was probably meant", async () => {
  render(<AddPatient typed="ana@gmial.com" onAdded={added} onBack={() => undefined} />, box);
  box.querySelector<HTMLButtonElement>("#doubt-email button")?.click();
  await settled();

  expect(field("email")?.value).toBe("ana@gmail.com");
  expect(doubt("email")).toBe("");
});

it("says what the entry will miss", async () => {
  render(<AddPatient typed="" onAdded={added} onBack={() => undefined} />, box);
  expect(box.textContent).toContain("give a phone or an e-mail");
  type("phone", "312 555 0142");
  await settled();
  expect(box.textContent).toContain("marked as not complete");
  type("first_name", "Ana");
  await settled();
  expect(box.textContent).toContain("asks for a code instead");
});

it("says that a found phone is shared, of however many of one phone", async () => {
  const maria = patient({ shared_phone: true });
  find([maria, { ...maria, id: "leo", name: "Leo Garcia" }], "3125550142");
  await vi.waitFor(() => expect(box.textContent).toContain("This phone is shared by 2 patients"));
  expect(box.querySelector("#found-1")?.textContent).toContain("shared phone ··42");
});

it("does not say so of two phones", async () => {
  const maria = patient({ shared_phone: true });
  find([maria, { ...maria, id: "leo", phone: "+13125550199" }], "garcia");
  await vi.waitFor(() => expect(box.querySelectorAll("[role=option]").length).toBe(3));
  expect(box.textContent).not.toContain("This phone is shared");
});

it("explains what was typed where nobody is found", async () => {
  find([], "312 555 01423");
  await vi.waitFor(() => expect(box.querySelectorAll("[role=option]").length).toBe(1));
  expect(box.textContent).toContain("too long");
});
