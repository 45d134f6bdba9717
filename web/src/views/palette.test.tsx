// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { KEYS } from "../keys.ts";
import { lateDialogs } from "../parts.ts";
import { message, thread as page } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { dialog, me, place, thread } from "../store.ts";
import { Dialogs } from "./dialogs.tsx";

let box: HTMLElement;
let asked: string[] = [];

const settled = async () => {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((done) => setTimeout(done, 5));
};
const field = () => box.querySelector("input[role=combobox]") as HTMLInputElement;
const options = () => [...box.querySelectorAll("[role=option]")].map((each) => each.textContent ?? "");

async function open(): Promise<void> {
  dialog.value = { name: "palette" };
  await settled();
}

async function type(text: string): Promise<void> {
  field().value = text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

async function press(key: string): Promise<void> {
  field().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  await settled();
}

function begin(isMember: boolean, role = "member"): void {
  me.value = {
    teams: [{ id: "front", name: "Front desk", is_member: isMember }],
    tags: [],
    user: { id: "dana", role },
  } as unknown as Me;
  thread.value = fromSnapshot(page([message(1)]), null);
  place.value = { team: "all", view: "open", conversation: "a", strays: false };
}

// The search comes late.
beforeAll(lateDialogs.load);

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  asked = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return new Response("{}", { status: 404 });
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

describe("all commands", () => {
  it("know what may be set up also when who is signed in becomes known only then", async () => {
    me.value = null;
    await open();
    expect(options()).not.toContain("Live board");

    begin(true, "supervisor");
    await settled();
    expect(options()).toContain("Live board");
    expect(options()).toContain("Go to Front desk");
  });

  it("are those that can act now, each with its key", async () => {
    begin(true);
    await open();

    const named = options();
    expect(named).toContain("ReplyR");
    expect(named).toContain("Done, or reopenE");
    expect(named).toContain("Go to Front desk");
    expect(named).toContain("Show Needs reply");
    // There is no such button on this screen, and nothing to be undone.
    for (const command of ["later", "undo", "next", "palette"]) {
      const key = KEYS.find((each) => each.command === command);
      expect(named).not.toContain(`${key?.words}${key?.shown}`);
    }
  });

  it("leave out what somebody who observes may not do", async () => {
    begin(false);
    await open();

    expect(options().filter((each) => /^(Reply|Done|Claim|New conversation|Write)/.test(each))).toEqual([]);
    expect(options()).toContain("Show or hide the patientP");
  });

  it("are found by the beginnings of their words, and Enter does the first", async () => {
    begin(true);
    await open();
    await type("keyb lis");
    expect(options()).toEqual(["Search for “keyb lis”"]);
    await type("list");
    expect(options()[0]).toBe("Back to the listEsc");
    await type("this l");
    await press("Enter");

    expect(dialog.value).toEqual({ name: "keys" });
  });

  it("lead to teams and lists", async () => {
    begin(true);
    await open();
    await type("go front");
    await press("Enter");
    expect(place.value.team).toBe("front");

    await open();
    await type("show need");
    await press("Enter");
    expect(place.value.view).toBe("needs_reply");
    expect(dialog.value).toBeNull();
  });

  it("hand over to the search what is no command", async () => {
    begin(true);
    await open();
    await type("refill");
    await press("Enter");

    expect(dialog.value).toEqual({ name: "search", text: "refill" });
    expect(field().value).toBe("refill");
  });

  it("open what is set up, for whoever may change it", async () => {
    begin(true);
    await open();
    expect(options()).not.toContain("Who is on call");
    dialog.value = null;
    await settled();

    begin(true, "supervisor");
    await open();
    expect(options()).toContain("Opening hours");
    expect(options()).not.toContain("Clinic settings");
    await type("on call");
    await press("Enter");
    expect(dialog.value).toEqual({ name: "on-call" });

    begin(true, "admin");
    await open();
    expect(options()).toContain("Clinic settings");
    await type("clinic's pl");
    expect(options()[0]).toBe("Your clinic’s plan");
  });
});
