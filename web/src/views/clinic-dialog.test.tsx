// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import { me } from "../store.ts";
import { ClinicDialog } from "./clinic-dialog.tsx";

let box: HTMLElement;
let sent: unknown[];
const closed = vi.fn();

beforeEach(() => {
  me.value = {
    limits: { undo_seconds: 5 },
    organization: {
      review_age: 18,
      claim_minutes: 10,
      broadcast_alone: 200,
      broadcast_most: 3,
      private_words: { more: ["alpha"], fewer: [] },
    },
  } as unknown as Me;
  sent = [];
  closed.mockClear();
  box = document.createElement("div");
  document.body.append(box);
  render(<ClinicDialog onClose={closed} />, box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  me.value = null;
  vi.unstubAllGlobals();
});

function answering(status: number, body: unknown): void {
  vi.stubGlobal("fetch", async (_: string, asked: RequestInit) => {
    sent.push(JSON.parse(String(asked.body)));
    return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  });
}

async function save(value: string, label = "Age in years"): Promise<void> {
  const field = box.querySelector(`[aria-label="${label}"]`) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => setTimeout(done, 5));
  box.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setTimeout(done, 5));
}

it("begins with the age that is set, and keeps another one", async () => {
  expect(box.querySelector("input")?.value).toBe("18");
  answering(200, { years: 16 });

  await save("16");

  expect(sent).toEqual([{ years: 16 }]);
  expect(me.value?.organization.review_age).toBe(16);
  expect(closed).toHaveBeenCalledOnce();
});

it("keeps another length of a claim, and asks for nothing that is as before", async () => {
  answering(200, { minutes: 5 });

  await save("5", "Length in minutes");

  expect(sent).toEqual([{ minutes: 5 }]);
  expect(me.value?.organization.claim_minutes).toBe(5);
});

it("keeps for how long what is sent can be undone", async () => {
  answering(200, { seconds: 0 });

  await save("0", "Time in seconds");

  expect(sent).toEqual([{ seconds: 0 }]);
  expect(me.value?.limits.undo_seconds).toBe(0);
});

it("keeps to how many patients one person may send", async () => {
  answering(200, { many: 50 });

  await save("50", "Number of patients");

  expect(sent).toEqual([{ many: 50 }]);
  expect(me.value?.organization.broadcast_alone).toBe(50);
});

it("keeps how many broadcasts one patient gets", async () => {
  answering(200, { many: 1 });

  await save("1", "Number of broadcasts");

  expect(sent).toEqual([{ many: 1 }]);
  expect(me.value?.organization).toMatchObject({ broadcast_most: 1, broadcast_alone: 200 });
});

it("keeps the words that look private, one in each line", async () => {
  answering(200, { more: ["alpha", "beta*"], fewer: [] });
  const [more] = box.querySelectorAll("textarea");
  if (!more) throw new Error("no field");
  more.value = "alpha\nbeta*";
  more.dispatchEvent(new Event("input", { bubbles: true }));

  await save("18");

  expect(sent).toEqual([{ more: ["alpha", "beta*"], fewer: [""] }]);
  expect(me.value?.organization.private_words.more).toEqual(["alpha", "beta*"]);
});

it("says what was refused, and stays open", async () => {
  answering(422, { detail: "Choose an age from 12 to 21 years.", code: "wrong_age", status: 422 });

  await save("30");

  expect(box.querySelector("[role=alert]")?.textContent).toContain("Choose an age from 12 to 21 years");
  expect(me.value?.organization.review_age).toBe(18);
  expect(closed).not.toHaveBeenCalled();
});

it("leaves alone what another admin set while it was open", async () => {
  const mine = me.value as Me;
  me.value = { ...mine, organization: { ...mine.organization, review_age: 16 } };
  answering(200, { minutes: 5 });

  await save("5", "Length in minutes");

  expect(sent).toEqual([{ minutes: 5 }]);
  expect(me.value?.organization).toMatchObject({ review_age: 16, claim_minutes: 5 });
});
