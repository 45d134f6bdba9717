// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AuditLine, Me, Seers } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { me } from "../store.ts";
import { useZone } from "../words/time.ts";
import { AuditDialog } from "./audit-dialog.tsx";

const NOW = Date.parse("2026-11-28T15:00:00Z");
const INES = { id: "ines", name: "Ines Calderon" };
const LINE: AuditLine = {
  id: "1",
  at: "2026-11-28T14:00:00Z",
  did: "patient:read",
  sort: "looked",
  words: "opened the patient’s entry",
  who: { kind: "staff", id: "dana", name: "Dana Reyes" },
  patient: INES,
  outcome: "done",
  source: "203.0.113.7",
  session: null,
  number: 41,
};
const SEERS: Seers = {
  patient: INES,
  seers: [
    {
      who: LINE.who,
      times: 3,
      first: "2026-11-27T14:00:00Z",
      last: "2026-11-28T14:00:00Z",
      sources: ["203.0.113.7", "203.0.113.8"],
      ways: [
        { did: "patient:read", words: "opened the patient’s entry", times: 2 },
        { did: "conversation:read", words: "read the conversation", times: 1 },
      ],
    },
  ],
};

let asked: Asked[];
let box: HTMLElement;

function be(role: string): void {
  me.value = { user: { id: "val", role }, organization: {}, teams: [] } as unknown as Me;
}

beforeEach(() => {
  useZone("America/Chicago");
  clock.now.value = NOW;
  box = document.createElement("div");
  document.body.append(box);
  asked = serve(({ path }) => {
    if (path.startsWith("/coworkers")) return { status: 200, said: { coworkers: [] } };
    if (path.includes("/seen-by")) return { status: 200, said: SEERS };
    const isSecond = path.includes("before=");
    const refused = { ...LINE, id: "2", outcome: "refused", number: null };
    return { status: 200, said: { lines: [isSecond ? refused : LINE], next: isSecond ? null : "later" } };
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

async function show(patient?: typeof INES): Promise<void> {
  render(<AuditDialog patient={patient} onClose={() => {}} />, box);
  await settled();
}

const questions = () => asked.filter(({ path }) => path.startsWith("/audit")).map(({ path }) => path);

it("says who did what to whom, when and from where, page by page", async () => {
  be("admin");
  await show();
  expect(box.querySelector(".audit")?.textContent).toBe(
    "Dana Reyes  opened the patient’s entry · Ines Calderon today at 8:00 AM · from 203.0.113.7 · entry 41",
  );
  await pressButton(box, "Earlier entries");

  expect(questions()).toEqual(["/audit?", "/audit?before=later"]);
  expect(box.querySelectorAll(".audit li")).toHaveLength(2);
  expect(box.querySelector(".audit li:last-child")?.textContent).toContain("refused");
  expect(box.textContent).toContain("not sealed yet");
});

it("asks for whole days of the clinic's calendar", async () => {
  be("admin");
  await show();
  const field = (name: string) => box.querySelector<HTMLInputElement>(`[name=${name}]`) as HTMLInputElement;
  field("from").value = "2026-11-27";
  field("to").value = "2026-11-28";
  field("sort").value = "looked";
  field("failed").checked = true;
  await pressButton(box, /^Show$/);

  const query = new URLSearchParams(questions().at(-1)?.split("?")[1]);
  expect(Object.fromEntries(query)).toEqual({
    sort: "looked",
    since: "2026-11-27T06:00:00.000Z",
    until: "2026-11-29T06:00:00.000Z",
    failed: "true",
  });
});

it("leads from a patient to who saw them, and on to every entry", async () => {
  be("admin");
  await show(INES);
  expect(box.textContent).toContain("Who saw Ines Calderon");
  expect(box.querySelector(".audit")?.textContent).toContain(
    "Dana Reyes  3 times: opened the patient’s entry twice, read the conversation",
  );
  expect(box.querySelector(".audit")?.textContent).toContain("from 203.0.113.7, 203.0.113.8");
  await pressButton(box, "Every entry");
  expect(questions().at(-1)).toBe("/audit?patient=ines");
});

it("asks nothing for whoever is no admin", async () => {
  be("supervisor");
  await show(INES);
  expect(box.textContent).toContain("An admin of your clinic can read the audit.");
  expect(asked).toEqual([]);
});
