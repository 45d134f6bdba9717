import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ServerFrame, StaffFact } from "../../../realtime/client/wire.gen.ts";
import * as inboxState from "./inbox.ts";
import { inbox, row, thread } from "./samples.ts";
import * as threadState from "./thread.ts";

const FOLDER = new URL("../../../tests/wire/", import.meta.url);

/** Every facts frame that the Python side holds up as an example, wherever it stands in its file. */
function frames(value: unknown): Extract<ServerFrame, { t: "facts" }>[] {
  if (Array.isArray(value)) return value.flatMap(frames);
  if (value === null || typeof value !== "object") return [];
  const candidate = value as { t?: string; list?: unknown };
  if (candidate.t === "facts") return [candidate as Extract<ServerFrame, { t: "facts" }>];
  return Object.values(value).flatMap(frames);
}

const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".json")) : [];

describe.skipIf(files.length === 0)("the golden frames of the wire", () => {
  const golden = files.map((name) => ({
    name,
    facts: frames(JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")))
      .flatMap((frame) => frame.list)
      .filter((fact): fact is StaffFact => !("conversation" in fact && "messages" in fact)),
  }));

  it.each(golden)("$name: applying twice is applying once", ({ facts }) => {
    const teams = facts.flatMap((fact) => ("row" in fact ? [fact.row.team] : []));
    const list = inboxState.fromSnapshot(inbox([], { view: "open" }), new Set(teams), null);
    const once = inboxState.apply(list, facts);
    expect(inboxState.apply(once, facts)).toEqual(once);
    for (const fact of facts) if ("row" in fact) expect(once.rows.get(fact.row.id)).toBeDefined();
  });

  it.each(golden)("$name: a thread takes the messages of its conversation", ({ facts }) => {
    for (const fact of facts) {
      if (fact.kind !== "message.posted") continue;
      const open = threadState.fromSnapshot(thread([], { row: row(fact.row.id, { rev: 0 }) }), null);
      const applied = threadState.apply(open, [fact]);
      expect(applied.messages.map((each) => each.id).sort()).toEqual(fact.messages.map((each) => each.id).sort());
    }
  });
});
