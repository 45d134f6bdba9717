// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { hearTags } from "../directory-place.ts";
import { settled } from "../stage.ts";
import { me } from "../store.ts";
import { PatientTags } from "./patient-tags.tsx";

const diabetes = { id: "t1", name: "Diabetes", colour: "blue" };
const retired = { id: "t2", name: "Old", colour: "grey" };
let asked: string[] = [];
let on: unknown[] = [];
let box: HTMLElement;

const shown = () => [...box.querySelectorAll("ul .tag")].map((each) => each.textContent);
const button = (words: string) => [...box.querySelectorAll("button")].find((each) => each.textContent?.includes(words));

function begin(role: string, is_member: boolean): void {
  me.value = { teams: [{ id: "t", is_member }], user: { id: "dana", role }, tags: [diabetes] } as unknown as Me;
}

beforeEach(async () => {
  asked = [];
  on = [retired];
  begin("staff", true);
  box = document.createElement("div");
  document.body.append(box);
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    asked.push(`${request.method ?? "GET"} ${address.replace("/api/v1", "")} ${request.body ?? ""}`.trim());
    return request.method === "POST" ? new Response(null, { status: 204 }) : new Response(JSON.stringify({ tags: on }));
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("shows what the patient has, puts a tag on and takes a retired one off", async () => {
  render(<PatientTags patient="p1" rev={1} />, box);
  await settled();
  expect(shown()).toEqual(["Old"]);

  button("Change")?.click();
  await settled();
  on = [retired, diabetes];
  button("Diabetes")?.click();
  await settled();
  expect(asked).toContain('POST /tags/t1/patients {"patients":["p1"]}');
  expect(shown()).toContain("Diabetes");

  button("Old")?.click();
  await settled();
  expect(asked).toContain('POST /tags/t2/patients/remove {"patients":["p1"]}');
});

it("asks again when the wire says so, and when a merge made another revision of the entry", async () => {
  render(<PatientTags patient="p1" rev={1} />, box);
  await settled();
  hearTags();
  await settled();
  render(<PatientTags patient="p1" rev={2} />, box);
  await settled();

  expect(asked.filter((each) => each === "GET /patients/p1/tags")).toHaveLength(3);
});

it("offers no change to who writes to nobody and manages nothing", async () => {
  begin("staff", false);
  render(<PatientTags patient="p1" rev={1} />, box);
  await settled();

  expect(shown()).toEqual(["Old"]);
  expect(button("Change")).toBeUndefined();
});
