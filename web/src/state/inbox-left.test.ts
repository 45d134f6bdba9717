import { describe, expect, it } from "vitest";
import type { StaffFact } from "../../../realtime/client/wire.gen.ts";
import * as state from "./inbox.ts";
import { inbox, waiting } from "./samples.ts";

const begin = (...rows: Parameters<typeof inbox>) => state.fromSnapshot(inbox(...rows), new Set(["front"]), null);

describe("a conversation that went to another team", () => {
  const left: StaffFact = { n: 11, kind: "conversation.left", conversation: "a", team: waiting("a", 1).team };

  it("leaves the list, unless its new team has told of it already", () => {
    const list = begin([waiting("a", 1), waiting("b", 2)]);
    expect(state.apply(list, [left]).rows.has("a")).toBe(false);
    const there = { ...waiting("a", 1, 2), team: "elsewhere" };
    const moved: StaffFact = { n: 4, kind: "conversation.changed", row: there, events: [] };
    const after = state.apply(list, [moved, left]);
    expect(after.rows.get("a")?.team).toBe("elsewhere");
    expect(after.countsInDoubt).toBe(true);
  });
});
