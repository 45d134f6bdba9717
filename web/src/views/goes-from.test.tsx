// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me, Row } from "../../../realtime/client/wire.gen.ts";
import { thread as page } from "../state/samples.ts";
import { fromSnapshot, withRow } from "../state/thread.ts";
import { me, thread } from "../store.ts";
import { Composer } from "./composer.tsx";

const FIRST = "+13125550100";
const SECOND = "+13125550109";
let box: HTMLElement;
let asked: string[];

const from = () => box.querySelector<HTMLSelectElement>("select.from");

function show(change: Partial<Row>, numbers: readonly string[] = [FIRST, SECOND]): void {
  const all = page([]);
  me.value = {
    organization: { plan: "paid" },
    limits: { body: 5000, plain: 1000, undo_seconds: 5 },
    teams: [{ id: all.row.team, name: "Front desk", is_member: true, numbers }],
    user: { id: "dana" },
  } as unknown as Me;
  thread.value = fromSnapshot({ ...all, row: { ...all.row, ...change } }, null);
  render(<Composer open={thread.value} />, box);
}

beforeEach(() => {
  box = document.createElement("div");
  document.body.append(box);
  asked = [];
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    if (request.method !== "POST") return new Response("{}", { status: 503 });
    asked.push(`${address.replace("/api/v1", "")} ${request.body}`);
    const row = thread.value?.row;
    return new Response(JSON.stringify({ ...row, rev: (row?.rev ?? 0) + 1, number: SECOND }));
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("says from which of several numbers a text leaves, and another can be chosen", async () => {
  show({ number: FIRST });
  const select = from();
  expect(select?.value).toBe(FIRST);
  expect(select?.labels?.[0] ?? select?.getAttribute("aria-label")).toBeTruthy();

  if (select) select.value = SECOND;
  select?.dispatchEvent(new Event("change", { bubbles: true }));
  await vi.waitFor(() => expect(thread.value?.row.number).toBe(SECOND));

  expect(asked).toEqual([`/conversations/a/number {"number":"${SECOND}"}`]);
  // Whether the patient can be written to depends on the number.
  expect(thread.value?.patientIsStale).toBe(true);
});

it("shows nothing of it with one number", () => {
  show({ number: null }, [FIRST]);

  expect(from()).toBeNull();
  expect(box.textContent).not.toContain("cannot be used now");
});

it("says that another number stands in for one that cannot be used", () => {
  show({ number: FIRST, number_lost: true }, [FIRST]);

  expect(box.querySelector("[role=status].hint")?.textContent).toContain("Texts go from (312) 555-0100");
});

it("leaves the patient as they are where the number is the same", () => {
  show({ number: FIRST });
  const open = thread.value;
  if (!open) throw new Error("no conversation");

  expect(withRow(open, { ...open.row, rev: open.row.rev + 1 }).patientIsStale).toBe(false);
});
