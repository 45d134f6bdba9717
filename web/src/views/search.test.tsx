// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Found, Me, Thread } from "../../../realtime/client/wire.gen.ts";
import { lateDialogs } from "../parts.ts";
import { isHereOnly, recent } from "../search.ts";
import { message, note, thread as page } from "../state/samples.ts";
import { dialog, me, place, pointed, thread, toasts } from "../store.ts";
import { Dialogs } from "./dialogs.tsx";
import { hit, NONE, patient } from "./found.samples.ts";

let asked: { address: string; body: unknown }[] = [];
let answer: (body: { q: string; team?: string; before?: string }) => Found | number | Promise<Found>;
let pages: Thread[];
let box: HTMLElement;

const wait = (time: number) => new Promise((done) => setTimeout(done, time));
const settled = async () => {
  for (let turn = 0; turn < 6; turn += 1) await wait(5);
};
const field = () => box.querySelector("input[role=combobox]") as HTMLInputElement;
const options = () => [...box.querySelectorAll("[role=option]")];
const marked = () => box.querySelector("[aria-selected=true]");

function put(text: string): void {
  field().value = text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

/** Types, and waits for what comes of it. */
async function type(text: string): Promise<void> {
  const before = searches().length;
  put(text);
  await asks(before + 1);
}

async function asks(times: number): Promise<void> {
  await vi.waitFor(() => expect(searches().length).toBe(times), { timeout: 5_000 });
  await settled();
}

async function press(key: string): Promise<void> {
  field().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  await settled();
}

async function open(): Promise<void> {
  dialog.value = { name: "search" };
  await settled();
}

beforeAll(lateDialogs.load);

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  asked = [];
  pages = [];
  answer = () => NONE;
  recent.value = [];
  isHereOnly.value = false;
  thread.value = null;
  toasts.value = [];
  pointed.value = null;
  me.value = {
    teams: [{ id: "front", name: "Front desk", is_member: true, numbers: [] }],
    user: { id: "dana" },
  } as unknown as Me;
  place.value = { team: "all", view: "open", conversation: null, strays: false };
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    const body = request.body ? JSON.parse(String(request.body)) : null;
    asked.push({ address, body });
    const isThread = address.includes("/conversations/") && request.method === "GET";
    const said = address.endsWith("/search") ? await answer(body) : (isThread && pages.shift()) || 404;
    if (typeof said === "number") {
      const code = said === 429 ? "too_many" : "broken";
      return new Response(JSON.stringify({ code, detail: "" }), { status: said });
    }
    return new Response(JSON.stringify(said), { status: 200 });
  });
  box = document.createElement("div");
  document.body.append(box);
  render(<Dialogs />, box);
});

afterEach(() => {
  dialog.value = null;
  thread.value = null;
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

const searches = () => asked.filter((each) => each.address.endsWith("/search"));

describe("searching", () => {
  it("asks once the typing rests, with the words in the body and in no address", async () => {
    await open();
    put("k");
    put("kn");
    await type("knee");
    await wait(250);

    expect(asked.map((each) => each.body)).toEqual([{ q: "knee" }]);
    expect(asked.some((each) => each.address.includes("knee"))).toBe(false);
    expect(location.href).not.toContain("knee");
  });

  it("shows patients, messages and notes apart, with the words marked", async () => {
    answer = () => ({
      patients: [patient("Kneeland, Ann", [])],
      hits: [hit(3), hit(1, { kind: "note", id: "n1" })],
      next: null,
    });
    await open();
    await type("knee");

    const groups = [...box.querySelectorAll("[role=group]")].map((each) => each.getAttribute("aria-label"));
    expect(groups).toEqual(["Patients", "Messages", "Notes"]);
    expect(options().length).toBe(3);
    expect([...box.querySelectorAll("mark")].map((each) => each.textContent)).toEqual(["knee", "knee"]);
    expect(box.querySelector("[role=status]")?.textContent).toBe("1 patient, 2 messages and notes");
  });

  it("goes by arrows and Enter to the message, loading older pages until it is there", async () => {
    answer = () => ({ ...NONE, hits: [hit(99, { id: "m99" }), hit(2)] });
    pages = [
      page([message(5), message(6)], { before: 5 }),
      page([message(3), message(4)], { before: 3 }),
      page([message(1), message(2)], { before: null }),
    ];
    await open();
    await type("knee");
    expect(field().getAttribute("aria-activedescendant")).toBe(options()[0]?.id);
    await press("ArrowDown");
    expect(marked()).toBe(options()[1]);
    expect(field().getAttribute("aria-activedescendant")).toBe(options()[1]?.id);
    await press("Enter");

    expect(dialog.value).toBeNull();
    expect(place.value.conversation).toBe("a");
    expect(thread.value?.messages.map((each) => each.number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(pointed.value).toEqual({ conversation: "a", kind: "message", number: 2 });
  });

  it("stops loading where what was found is there", async () => {
    answer = () => ({ ...NONE, hits: [hit(1, { kind: "note", id: "n1", at_message: 5 })] });
    pages = [page([message(5), message(6)], { before: 5, notes: [note(1, 5)] })];
    await open();
    await type("knee");
    await press("Enter");

    expect(asked.filter((each) => each.address.includes("/conversations/")).length).toBe(1);
    expect(pointed.value).toEqual({ conversation: "a", kind: "note", number: 1 });
  });

  it("says so where older messages do not load", async () => {
    answer = () => ({ ...NONE, hits: [hit(1)] });
    pages = [page([message(5)], { before: 5 })];
    await open();
    await type("knee");
    await press("Enter");

    expect(pointed.value).toBeNull();
    expect(toasts.value.map((each) => each.words)).toEqual(["That message did not load. Try again"]);
  });

  it("keeps the old results meanwhile, and Enter does not choose one of them", async () => {
    let release = () => {};
    const held = new Promise<Found>((done) => {
      release = () => done(NONE);
    });
    answer = ({ q }) => (q === "knee" ? { ...NONE, hits: [hit(1)] } : held);
    await open();
    await type("knee");
    await type("elbow");
    expect(options().length).toBe(1);
    await press("Enter");
    expect(dialog.value).toEqual({ name: "search" });

    release();
    await settled();
    expect(options().length).toBe(0);
    expect(box.textContent).toContain("Nothing found for “elbow”");
  });

  it("opens a patient's conversation, or offers to begin one", async () => {
    answer = ({ q }) => ({ ...NONE, patients: [patient(q, q === "maria" ? ["a"] : [])] });
    pages = [page([message(1)])];
    await open();
    await type("maria");
    await press("Enter");
    expect([dialog.value, place.value.conversation]).toEqual([null, "a"]);

    await open();
    await type("carl");
    await press("Enter");
    expect(dialog.value?.name).toBe("new");
    expect(box.textContent).toContain("From which team do you write to");
  });

  it("searches the inbox that is shown where that is wanted", async () => {
    place.value = { ...place.value, team: "front" };
    await open();
    await type("knee");
    (box.querySelector("input[type=checkbox]") as HTMLInputElement).click();
    await asks(2);

    expect(searches().map((each) => each.body)).toEqual([{ q: "knee" }, { q: "knee", team: "front" }]);
  });

  it("appends what is older, when asked", async () => {
    answer = ({ before }) => ({ ...NONE, hits: [hit(before ? 1 : 2)], next: before ? null : "c2" });
    await open();
    await type("knee");
    await press("ArrowUp");
    expect(marked()?.textContent).toBe("Show older ones");
    await press("Enter");

    expect(searches().map((each) => each.body)).toEqual([{ q: "knee" }, { q: "knee", before: "c2" }]);
    expect(options().map((each) => each.id.split("-").at(-1))).toEqual(["m2", "m1"]);
  });

  it.each([
    [503, "Search is not available"],
    [429, "That were many searches"],
  ])("says why not: %s", async (status, words) => {
    answer = () => status;
    await open();
    await type("knee");

    expect(box.querySelector("[role=alert]")?.textContent).toContain(words);
  });

  it("remembers what led somewhere, on this page alone", async () => {
    answer = () => ({ ...NONE, hits: [hit(1)] });
    pages = [page([message(1)])];
    await open();
    await type("knee");
    await press("Enter");
    await open();

    expect(options().map((each) => each.textContent?.trim())).toEqual(["knee"]);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain("knee");
    await press("Enter");
    expect(field().value).toBe("knee");
  });
});
