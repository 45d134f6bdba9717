import { describe, expect, it } from "vitest";
import type { StaffFact } from "../../../realtime/client/wire.gen.ts";
import * as state from "./inbox.ts";
import { inbox, waiting } from "./samples.ts";

const begin = (...rows: Parameters<typeof inbox>) => state.fromSnapshot(inbox(...rows), new Set(["front"]), null);

describe("where I have begun to write", () => {
  const changed = (n: number, conversation: string, kept: boolean): StaffFact => ({
    n,
    kind: "draft.changed",
    conversation,
    kept,
  });

  it("is told by each page for its rows, and by the wire in between, and moves nothing", () => {
    const list = begin([waiting("a", 1), waiting("b", 2)], { drafts: ["a"], next: "cursor" });
    const told = state.apply(list, [changed(11, "a", false), changed(12, "b", true)]);
    expect([...told.drafts]).toEqual(["b"]);
    expect([told.order, told.counts]).toEqual([list.order, list.counts]);
    const more = state.withPage(told, inbox([waiting("c", 3)], { drafts: ["c"] }));
    expect([...more.drafts]).toEqual(["b", "c"]);
    expect([...state.withCounts(more, inbox([waiting("b", 2)])).drafts]).toEqual(["c"]);
  });
});
