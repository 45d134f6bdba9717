// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as contacts from "../contacts.ts";
import { settled } from "../stage.ts";
import { dialog, toasts } from "../store.ts";
import { ContactDialog } from "./contact-dialog.tsx";
import { Contacts } from "./contacts.tsx";
import { patient as found } from "./found.samples.ts";

const mobile: contacts.Contact = {
  id: "c1",
  kind: "phone",
  value: "+13125550142",
  display: "(312) 555-0142",
  preferred: true,
  label: "mobile",
  owner: null,
  owner_name: null,
  line: null,
  line_from: null,
  verified_at: null,
  verified_how: null,
  proven_at: null,
  shared: false,
  paused: false,
  why: null,
  words: null,
};
const home: contacts.Contact = {
  ...mobile,
  id: "c2",
  value: "+13125550170",
  display: "(312) 555-0170",
  preferred: false,
  label: "home",
  owner: "child",
  owner_name: "Luz Vega",
  line: "landline",
  line_from: "carrier",
  shared: true,
  why: "landline",
  words: "this phone is a landline and gets no texts",
};
const both = { patient: "p1", rev: 4, contacts: [mobile, home] };
const ines = { ...found("Ines Calderon", []), id: "p1", rev: 4 };
let asked: string[] = [];
let answers: Record<string, { status?: number; body: unknown }> = {};
let box: HTMLElement;

async function press(name: string): Promise<void> {
  const all = [...box.querySelectorAll("button")];
  const there = all.find((each) => (each.getAttribute("aria-label") ?? each.textContent?.trim()) === name);
  if (!there) throw new Error(`no button ${name}`);
  there.click();
  await settled();
}

async function submit(): Promise<void> {
  box.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await settled();
}

async function type(at: number, value: string): Promise<void> {
  const input = box.querySelectorAll<HTMLInputElement>("input[type=text]")[at];
  if (!input) throw new Error("no such field");
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

beforeEach(() => {
  asked = [];
  answers = { "GET /patients/p1/contacts": { body: both } };
  box = document.body.appendChild(document.createElement("div"));
  contacts.known.value = both;
  vi.stubGlobal("fetch", (address: string, { method, body }: RequestInit) => {
    const call = `${method} ${address.split("/api/v1")[1]}`;
    asked.push(body ? `${call} ${body}` : call);
    const { status = 200, body: said } = answers[call] ?? { body: both };
    return Promise.resolve(new Response(JSON.stringify(said), { status }));
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  [contacts.known.value, dialog.value, toasts.value] = [null, null, []];
  vi.unstubAllGlobals();
});

describe("the list", () => {
  it("says of each contact whose it is, which line, how sure we are, and which is preferred", async () => {
    render(<Contacts patient={ines} />, box);
    await settled();
    const [first, second] = [...box.querySelectorAll("li")].map((each) => each.textContent ?? "");
    expect(first).toContain("Preferred");
    expect(first).toContain("Mobile · the patient’s own");
    expect(first).toContain("Not verified · never proven");
    expect(second).not.toContain("Preferred");
    expect(second).toContain("Home · of Luz Vega, adult child · landline, gets no texts (says the carrier)");
    expect(second).toContain("Another patient has it too");
  });

  it("is of the patient who is shown, and of nobody else; what stands on the entry is there at once", () => {
    render(<Contacts patient={{ ...ines, id: "p2", phone: "+13125550199", phone_display: "(312) 555-0199" }} />, box);
    expect(box.textContent).toContain("(312) 555-0199");
    expect(box.textContent).not.toContain("555-0170");
  });

  it("makes another one preferred at the revision that is shown", async () => {
    render(<Contacts patient={ines} />, box);
    await settled();
    await press("Make preferred: (312) 555-0170");
    expect(asked.at(-1)).toBe('POST /patients/p1/contacts/c2/prefer {"rev":4}');
    expect(toasts.value.map((each) => each.words)).toEqual(["Messages go to (312) 555-0170 from now on"]);
  });
});

describe("the dialog", () => {
  it("adds a phone", async () => {
    const close = vi.fn();
    render(<ContactDialog patient="p1" contact={null} onClose={close} />, box);
    await type(0, "312 555 0171");
    await submit();
    const [call, body] = (asked.at(-1) ?? "").split(/ (?={)/);
    expect(call).toBe("POST /patients/p1/contacts");
    expect(JSON.parse(body ?? "")).toMatchObject({ kind: "phone", said: { value: "312 555 0171" }, rev: 4 });
    expect(close).toHaveBeenCalled();
  });

  it("says why not, and stays open with what was typed", async () => {
    const detail = "This contact is on the patient's entry already. Change that one instead.";
    const body = { type: "about:blank", title: "no", status: 409, code: "same_contact", detail };
    answers["POST /patients/p1/contacts"] = { status: 409, body };
    const close = vi.fn();
    render(<ContactDialog patient="p1" contact={null} onClose={close} />, box);
    await type(0, "312 555 0170");
    await submit();
    expect(box.querySelector("[role=alert]")?.textContent).toContain("already");
    expect(box.querySelector<HTMLInputElement>("input[type=text]")?.value).toBe("312 555 0170");
    expect(close).not.toHaveBeenCalled();
  });

  it("sends only what was changed, and says that links end with the number", async () => {
    render(<ContactDialog patient="p1" contact="c2" onClose={() => undefined} />, box);
    expect(box.textContent).not.toContain("Links that were sent");
    await type(0, "+13125550171");
    expect(box.textContent).toContain("Links that were sent to (312) 555-0170 end");
    await submit();
    expect(asked.at(-1)).toBe('PATCH /patients/p1/contacts/c2 {"said":{"value":"+13125550171"},"rev":4}');
  });

  it("asks once more before it removes one", async () => {
    render(<ContactDialog patient="p1" contact="c2" onClose={() => undefined} />, box);
    await press("Remove it from the entry…");
    expect(asked).toEqual([]);
    expect(box.textContent).toContain("Links that were sent there end");
    await submit();
    expect(asked.at(-1)).toBe('POST /patients/p1/contacts/c2/remove {"rev":4}');
  });
});
