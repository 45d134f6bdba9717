// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me, Row } from "../../../realtime/client/wire.gen.ts";
import { run } from "../commands.ts";
import { commandOf } from "../keys.ts";
import { lateDialogs } from "../parts.ts";
import { settled } from "../stage.ts";
import { colleague, row, waiting } from "../state/samples.ts";
import { dialog, me, members, toasts } from "../store.ts";
import { Dialogs } from "./dialogs.tsx";

let box: HTMLElement;
let asked: { ids: string[]; act: Record<string, unknown> }[];
let answers: (() => Response)[];
const sam = colleague("sam", "Sam Okafor");
const dana = colleague("dana", "Dana Reyes");
const named = (it: Row, name: string): Row => ({ ...it, patient: { ...it.patient, name } });
const rows: Row[] = [
  { ...named(waiting("a", 1), "Maria Garcia"), assignee: dana },
  named(row("b", { snoozed_until: "2026-11-24T15:00:00Z" }), "Earl Jones"),
  { ...named(row("c", { snoozed_until: "2026-11-24T15:00:00Z" }), "Tomás Vega"), assignee: sam },
  named(waiting("d", 2), "Ines Calderon"),
];
const shift = { rows, mine: ["a"], promised: ["b", "c"], waiting: ["d"], undelivered: [] };

const said = (body: unknown) => () => new Response(JSON.stringify(body), { status: 200 });
const given = (id: string) => ({ id, row: { ...row(id, { rev: 9 }), assignee: sam }, refused: null });

beforeAll(lateDialogs.load);

beforeEach(async () => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  asked = [];
  answers = [];
  toasts.value = [];
  members.value = new Map();
  me.value = {
    user: { id: "dana", name: "Dana Reyes" },
    limits: { body: 5000 },
    teams: [{ id: "front", name: "Front desk", is_member: true }],
  } as unknown as Me;
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    if (address.endsWith("/members")) return said({ members: [dana, sam] })();
    if (address.endsWith("/shift")) return said(shift)();
    asked.push(JSON.parse(String(request.body)));
    const next = answers.shift();
    if (!next) throw new TypeError("offline");
    return next();
  });
  box = document.createElement("div");
  document.body.append(box);
  render(<Dialogs />, box);
  const press = { key: "H", code: "KeyH", altKey: false, ctrlKey: false, metaKey: false, shiftKey: true };
  const command = commandOf(press, { inField: false, inDialog: false });
  if (command) run(command);
  await settled();
});

afterEach(() => {
  dialog.value = null;
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

const part = (title: string) => box.querySelector(`section[aria-label="${title}"]`)?.textContent ?? "";
const submit = () => box.querySelector<HTMLButtonElement>("[type=submit]") as HTMLButtonElement;

async function handOver(): Promise<void> {
  const select = box.querySelector("select") as HTMLSelectElement;
  select.value = "sam";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  const area = box.querySelector("textarea") as HTMLTextAreaElement;
  area.value = "Please go on with these.";
  area.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  submit().click();
  await settled();
}

describe("the end of a shift", () => {
  it("shows what is left by what it is to me, and says where there is nothing", () => {
    expect(part("Mine")).toContain("Maria Garcia");
    expect(part("I promised")).toContain("Earl JonesSnoozed until");
    expect(part("Waiting longest in my teams")).toContain("Ines Calderon");
    expect(part("Undelivered in my teams")).toContain("Everything else arrived.");
  });

  it("hands over what is mine, and not what a colleague has or what waits for anybody", async () => {
    answers = [said({ outcomes: [given("a"), given("b")] })];
    expect(submit().disabled).toBe(true);
    await handOver();
    expect(asked.map(({ ids }) => ids)).toEqual([["a", "b"]]);
    expect(asked[0]?.act).toMatchObject({ do: "hand_over", to: "sam", body: "Please go on with these." });
    expect(toasts.value.map((each) => each.words)).toEqual(["2 handed over to Sam Okafor"]);
    expect(dialog.value).toBeNull();
  });

  it("stays, with names, where some were refused", async () => {
    const refused = { id: "b", row: null, refused: { code: "not_a_member", detail: "No." } };
    answers = [said({ outcomes: [given("a"), refused] })];
    await handOver();
    expect(dialog.value).not.toBeNull();
    expect(box.querySelector("[role=alert]")?.textContent).toContain(
      "1 handed over. 1 belongs to another team than theirs: Earl J.",
    );
  });

  it("asks with the same key after a lost answer, and keeps the words", async () => {
    await handOver();
    answers = [said({ outcomes: [given("a"), given("b")] })];
    submit().click();
    await settled();
    expect(asked).toHaveLength(2);
    expect(asked[0]?.act.key).toBe(asked[1]?.act.key);
    expect(dialog.value).toBeNull();
  });
});
