// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { settled } from "../stage.ts";
import { dialog, me, toasts } from "../store.ts";
import { DuplicatesDialog } from "./duplicates-dialog.tsx";
import { patient as found } from "./found.samples.ts";
import { MergeDialog } from "./merge-dialog.tsx";
import { SamePerson } from "./same-person.tsx";

const ines = {
  ...found("Ines Calderon", []),
  id: "p1",
  first_name: "Ines",
  last_name: "Calderon",
  rev: 3,
  email: "ines@example.com",
  phone: "+13125550142",
  phone_display: "(312) 555-0142",
  mrn: null,
};
const twin = {
  ...ines,
  id: "p2",
  first_name: "Inés",
  name: "Inés Calderon",
  rev: 7,
  email: null,
  phone: "+13125550177",
  phone_display: "(312) 555-0177",
  mrn: "M-2",
};
const evidence = ["name_and_birth_date"];
const ahead = (kept: unknown, merged: unknown) => ({
  kept,
  merged,
  evidence,
  conversations: [{ team: "front", earlier: true, scheduled: 1 }],
  groups: 0,
  acting: 2,
});
let asked: string[] = [];
let answers: Record<string, { status?: number; body: unknown }> = {};
let box: HTMLElement;

const button = (name: RegExp) =>
  [...box.querySelectorAll("button")].find((each) =>
    (each.getAttribute("aria-label") ?? each.textContent ?? "").match(name),
  );

async function press(name: RegExp): Promise<void> {
  const there = button(name);
  if (!there) throw new Error(`no button ${name}`);
  there.click();
  await settled();
}

async function choose(label: string): Promise<void> {
  box.querySelector<HTMLInputElement>(`[aria-label="${label}"]`)?.click();
  await settled();
}

async function submit(): Promise<void> {
  box.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await settled();
}

function begin(role: string): void {
  me.value = { teams: [{ id: "front", name: "Front desk" }], user: { id: "val", role } } as unknown as Me;
}

beforeEach(() => {
  asked = [];
  answers = {
    "GET /patients/p1/merge?other=p2": { body: ahead(ines, twin) },
    "GET /patients/p2/merge?other=p1": { body: ahead(twin, ines) },
    "GET /patients/p1/duplicates": { body: { duplicates: [{ patient: twin, evidence }], merges: [] } },
    "GET /duplicates": { body: { pairs: [{ one: ines, other: twin, evidence }], more: false } },
    "POST /patients/p1/merge": { body: { merge: "m1", patient: ines } },
    "POST /patients/p2/merge": { body: { merge: "m2", patient: twin } },
    "POST /patients/p1/apart": { status: 204, body: null },
  };
  box = document.createElement("div");
  document.body.append(box);
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    const name = `${request.method ?? "GET"} ${address.replace("/api/v1", "")}`;
    asked.push(request.body ? `${name} ${request.body}` : name);
    const { status = 200, body } = answers[name] ?? { body: {} };
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  [dialog.value, toasts.value] = [null, []];
  vi.unstubAllGlobals();
});

describe("the two entries", () => {
  it("are merged with the details that were chosen; what only one has stays by itself", async () => {
    begin("supervisor");
    const close = vi.fn();
    render(<MergeDialog kept="p1" other="p2" onClose={close} />, box);
    await settled();
    expect(box.textContent).toContain("Same name and date of birth.");
    expect(box.textContent).toContain("with Front desk is marked done");
    expect(box.textContent).toContain("1 scheduled message in it will not be sent");
    expect(box.textContent).toContain("(312) 555-0177 stays on file as another phone");
    await choose("Phone: (312) 555-0177");
    expect(box.textContent).not.toContain("another phone");
    await submit();
    expect(asked.at(-1)).toBe('POST /patients/p1/merge {"other":"p2","take":["mrn","phone"],"rev":3,"other_rev":7}');
    expect(close).toHaveBeenCalled();
    toasts.value.at(-1)?.undo?.();
    await settled();
    expect(asked).toContain("POST /merges/m1/undo {}");
  });

  it("are looked at again after one of them was changed", async () => {
    begin("supervisor");
    answers["POST /patients/p1/merge"] = { status: 409, body: { code: "moved_on", detail: "Look again." } };
    render(<MergeDialog kept="p1" other="p2" onClose={() => undefined} />, box);
    await settled();
    await submit();
    expect(box.querySelector('[role="alert"]')?.textContent).toContain("Look again.");
    expect(asked.filter((each) => each.startsWith("GET"))).toHaveLength(2);
  });

  it("change their places", async () => {
    begin("supervisor");
    render(<MergeDialog kept="p1" other="p2" onClose={() => undefined} />, box);
    await settled();
    await press(/^Keep the other entry/);
    await submit();
    expect(asked.at(-1)).toContain('POST /patients/p2/merge {"other":"p1","take":["email"],"rev":7,"other_rev":3}');
  });

  it("are told apart", async () => {
    begin("supervisor");
    render(<MergeDialog kept="p1" other="p2" onClose={() => undefined} />, box);
    await settled();
    await press(/^Not the same person/);
    expect(asked.at(-1)).toBe('POST /patients/p1/apart {"other":"p2"}');
  });
});

describe("the panel", () => {
  it("names who may be the same person, for a manager to compare", async () => {
    begin("supervisor");
    render(<SamePerson patient="p1" rev={1} />, box);
    await settled();
    expect(box.textContent).toContain("May be the same person as Inés Calderon");
    await press(/^Compare/);
    expect(dialog.value).toEqual({ name: "merge", kept: "p1", other: "p2" });
  });

  it("says to others who can merge them", async () => {
    begin("member");
    render(<SamePerson patient="p1" rev={1} />, box);
    await settled();
    expect(button(/^Compare/)).toBeUndefined();
    expect(box.textContent).toContain("A supervisor can merge them.");
  });

  it("undoes a merge", async () => {
    begin("admin");
    const merged = {
      id: "m1",
      name: "Inés Calderon",
      at: "2026-11-01T12:00:00Z",
      by: "Val",
      until: "2026-12-01T12:00:00Z",
    };
    answers["GET /patients/p1/duplicates"] = { body: { duplicates: [], merges: [merged] } };
    render(<SamePerson patient="p1" rev={1} />, box);
    await settled();
    await press(/^Undo the merge with Inés Calderon/);
    expect(asked).toEqual(["GET /patients/p1/duplicates", "POST /merges/m1/undo {}", "GET /patients/p1/duplicates"]);
  });
});

describe("the list", () => {
  it("leads to each pair and forgets it once they were told apart", async () => {
    begin("admin");
    render(<DuplicatesDialog onClose={() => undefined} />, box);
    await settled();
    answers["GET /duplicates"] = { body: { pairs: [], more: false } };
    await press(/are not the same person$/);
    expect(asked).toEqual(["GET /duplicates", 'POST /patients/p1/apart {"other":"p2"}', "GET /duplicates"]);
    expect(box.textContent).toContain("There are none");
  });
});
