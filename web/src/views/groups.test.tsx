// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../groups.ts";
import { pressButton, settled } from "../stage.ts";
import { dialog, me } from "../store.ts";
import { GroupChips } from "./group-chips.tsx";
import { GroupsDialog } from "./groups-dialog.tsx";

const flu = { id: "g1", name: "Flu shots", patients: 1 };
const ines = {
  patient: { id: "p1", rev: 1, name: "Ines Calderon", initials: "IC", language: "en" },
  date_of_birth: "1985-03-14",
  mrn: "M-1001",
  phone_end: "42",
};
let asked: string[] = [];
let answers: Record<string, unknown> = {};
let box: HTMLElement;

const press = (name: RegExp) => pressButton(box, name);

function begin(role: string, is_member = true): void {
  me.value = { teams: [{ id: "t", is_member }], user: { id: "dana", role } } as unknown as Me;
}

beforeEach(() => {
  asked = [];
  desk.groups.value = null;
  answers = {
    "GET /groups": { groups: [flu] },
    "GET /groups/g1/members": { members: [ines], next: null },
    "GET /patients/p1/groups": { groups: [{ id: "g1", name: "Flu shots" }] },
  };
  box = document.createElement("div");
  document.body.append(box);
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    const name = `${request.method ?? "GET"} ${address.replace("/api/v1", "")}`;
    asked.push(request.body ? `${name} ${request.body}` : name);
    const said = answers[name] ?? {};
    return new Response(JSON.stringify(said), { status: name.startsWith("POST /groups ") ? 201 : 200 });
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  dialog.value = null;
  vi.unstubAllGlobals();
});

describe("the groups", () => {
  it("are shown with how many are in them, and opened by everybody, but changed by managers alone", async () => {
    begin("member");
    render(<GroupsDialog onClose={() => undefined} />, box);
    await settled();
    expect(box.textContent).toContain("1 patient");
    expect(box.querySelector('[aria-label="Delete Flu shots"]')).toBeNull();
    await press(/^Open Flu shots/);
    expect(box.querySelector("h2")?.textContent).toBe("Flu shots");
    expect(box.textContent).toContain("born 1985 · phone ··42 · MRN M-1001");
  });

  it("are made, and the new one is open", async () => {
    begin("supervisor");
    answers["POST /groups"] = { ...flu, id: "g2", name: "Asthma" };
    answers["GET /groups"] = { groups: [{ ...flu, id: "g2", name: "Asthma", patients: 0 }, flu] };
    answers["GET /groups/g2/members"] = { members: [], next: null };
    render(<GroupsDialog onClose={() => undefined} />, box);
    await settled();
    await press(/^New group/);
    const field = box.querySelector<HTMLInputElement>("input");
    if (!field) throw new Error("no field");
    field.value = "Asthma";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await settled();
    box.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settled();
    expect(asked).toContain('POST /groups {"name":"Asthma"}');
    expect(box.querySelector("h2")?.textContent).toBe("Asthma");
  });

  it("are put back after they were deleted", async () => {
    begin("admin");
    render(<GroupsDialog onClose={() => undefined} />, box);
    await settled();
    answers["GET /groups"] = { groups: [] };
    await press(/^Delete Flu shots/);
    expect(box.querySelector(".put-back")?.textContent).toContain("Deleted “Flu shots”");
    await press(/^Put it back/);
    expect(asked.filter((each) => !each.startsWith("GET"))).toEqual([
      "DELETE /groups/g1",
      "POST /groups/g1/restore {}",
    ]);
  });
});

describe("a patient", () => {
  it("is taken out of a group and put back", async () => {
    begin("member");
    render(<GroupsDialog group="g1" onClose={() => undefined} />, box);
    await settled();
    await press(/^Take out Ines Calderon/);
    await press(/^Put it back/);
    expect(asked.filter((each) => each.startsWith("POST"))).toEqual([
      'POST /groups/g1/members/remove {"patients":["p1"]}',
      'POST /groups/g1/members {"patients":["p1"]}',
    ]);
  });

  it("has its groups in the panel, changed in a menu by who works in a team", async () => {
    begin("member");
    render(<GroupChips patient="p1" />, box);
    await settled();
    expect(box.querySelector(".group-chips .tag")?.textContent).toBe("Flu shots");
    await press(/^Change the groups of/);
    answers["GET /patients/p1/groups"] = { groups: [] };
    await press(/^Flu shots$/);
    await settled();
    expect(asked.at(-1)).toBe("GET /patients/p1/groups");
    expect(box.querySelector(".group-chips")?.textContent).toContain("In none.");
  });

  it("is in the panel of who works in no team without a way to change it", async () => {
    begin("member", false);
    render(<GroupChips patient="p1" />, box);
    await settled();
    expect(box.querySelector("[aria-label^='Change the groups']")).toBeNull();
  });
});
