// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me, PatientFiles as Page, PatientFile } from "../../../realtime/client/wire.gen.ts";
import { isUnfolded, withMore, withNewest } from "../patient-files.ts";
import * as heard from "../patient-heard.ts";
import { settled } from "../stage.ts";
import { file, message, thread as page, posted, row } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import { dialog, me } from "../store.ts";
import { PatientFiles, standing } from "./patient-files.tsx";

const AT = "2026-11-23T15:02:00Z";

const line = (id: string, change: Partial<PatientFile> = {}): PatientFile => ({
  file: file({ id, name: `${id}.pdf` }),
  conversation: "a",
  team: "front",
  number: 3,
  from: "staff",
  who: "Dana Reyes",
  at: AT,
  taken_back: false,
  ...change,
});
const pageOf = (ids: string[], next: string | null = null): Page => ({ files: ids.map((id) => line(id)), next });

let box: HTMLElement;
let answers: Page[];
let asked: string[];

const shown = () => [...box.querySelectorAll(".file-name")].map((each) => each.textContent);
const press = (words: string) =>
  [...box.querySelectorAll("button")].find((each) => each.textContent?.startsWith(words))?.click();

beforeEach(() => {
  box = document.createElement("div");
  document.body.append(box);
  me.value = {
    teams: [
      { id: "front", name: "Front desk" },
      { id: "billing", name: "Billing" },
    ],
  } as unknown as Me;
  asked = [];
  answers = [pageOf(["new", "old"])];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address.replace(/^.*\/api\/v1/, ""));
    return new Response(JSON.stringify(answers.shift()));
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  dialog.value = null;
  isUnfolded.value = false;
  vi.unstubAllGlobals();
});

async function show(): Promise<void> {
  isUnfolded.value = true;
  render(<PatientFiles open={fromSnapshot(page([message(1)]), null)} />, box);
  await settled();
}

it("asks for nothing before somebody unfolds it", async () => {
  render(<PatientFiles open={fromSnapshot(page([message(1)]), null)} />, box);
  await settled();

  expect(asked).toEqual([]);
});

it("says what each is, from whom and where, and opens it", async () => {
  const theirs = line("photo", { from: "patient", who: "Maria Garcia", team: "billing" });
  answers = [
    { files: [line("form"), { ...theirs, file: file({ id: "photo", kind: "picture", name: null }) }], next: null },
  ];

  await show();

  const [first, second] = [...box.querySelectorAll("li")].map((each) => each.textContent);
  expect(first).toContain("form.pdf");
  expect(first).toContain("PDF · 2 pages · 120 KB");
  expect(first).toContain("Sent by Dana Reyes");
  expect(first).toContain("Not opened yet");
  expect(first).not.toContain("Front desk");
  expect(second).toContain("From Maria Garcia");
  expect(second).toContain("Billing");
  press("form.pdf");
  expect(dialog.value).toMatchObject({ name: "document", file: { id: "form" } });
});

it("says what is the matter with one that cannot be opened", async () => {
  const refused = line("bad", { file: file({ id: "bad", state: "refused", words: "it is too large" }) });
  const waiting = line("soon", { file: file({ id: "soon", state: "waiting" }) });
  answers = [{ files: [refused, waiting], next: null }];

  await show();

  expect(box.querySelectorAll("button.document")).toHaveLength(0);
  expect(box.textContent).toContain("Not taken – it is too large");
  expect(box.textContent).toContain("Being fetched and checked");
  expect(standing(line("gone", { taken_back: true }))).toMatch(/^Taken back/);
});

it("brings older ones a page at a time, and the focus to the first of them", async () => {
  answers = [pageOf(["c", "b"], "cursor"), pageOf(["a"])];
  await show();

  press("Show more");
  await settled();

  expect(asked).toEqual(
    ["/patients/patient%20of%20a/files", "/patients/patient%20of%20a/files?before=cursor"].map(decodeURI),
  );
  expect(shown()).toEqual(["c.pdf", "b.pdf", "a.pdf"]);
  expect(document.activeElement?.textContent).toContain("a.pdf");
  expect([...box.querySelectorAll("button")].some((each) => each.textContent === "Show more")).toBe(false);
});

it("shows a new file when one comes, and asks nothing for another patient’s", async () => {
  await show();
  answers = [pageOf(["newest", "new"])];

  heard.hear(posted(1, row("elsewhere"), [message(1, { files: [file()] })]));
  heard.hear(posted(2, row("a"), [message(2)]));
  await settled();
  expect(asked).toHaveLength(1);

  heard.hear(posted(3, row("a"), [message(2, { files: [file()] })]));
  await settled();
  heard.hear(posted(4, row("elsewhere"), [message(1, { files: [file()] })]));
  await settled();

  expect(asked).toHaveLength(2);
  expect(shown()).toEqual(["newest.pdf", "new.pdf"]);
});

it("shows nothing of an inbox that may not be read any more", async () => {
  await show();
  answers = [pageOf(["old"])];

  me.value = { teams: [{ id: "front", name: "Front desk" }] } as unknown as Me;
  await settled();

  expect(shown()).toEqual(["old.pdf"]);
});

it("can be asked again where it did not come", async () => {
  vi.stubGlobal("fetch", async () => new Response("", { status: 503 }));
  await show();
  expect(box.querySelector('[role="alert"]')?.textContent).toContain("did not load");
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(pageOf(["form"]))));

  press("Try again");
  await settled();

  expect(shown()).toEqual(["form.pdf"]);
  expect(box.querySelector('[role="alert"]')).toBeNull();
});

it("keeps older ones under a newer page, and drops them where it cannot tell how the two join", () => {
  const ids = ({ files, next }: Page) => [files.map((each) => each.file.id), next];
  const known = pageOf(["c", "b", "a"], "older");

  expect(ids(withNewest(known, pageOf(["d", "c", "b"], "b")))).toEqual([["d", "c", "b", "a"], "older"]);
  expect(ids(withNewest(known, pageOf(["f", "e"], "e")))).toEqual([["f", "e"], "e"]);
  expect(ids(withNewest(known, pageOf(["b"])))).toEqual([["b"], null]);
  expect(ids(withMore(pageOf(["c", "b"], "b"), pageOf(["b", "a"])))).toEqual([["c", "b", "a"], null]);
});
