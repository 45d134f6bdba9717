import { describe, expect, it } from "vitest";
import type { Signal } from "../../../realtime/client/wire.gen.ts";
import * as presence from "./presence.ts";

const said = (kind: Signal["kind"]): Signal => ({
  t: "signal",
  kind,
  conversation: "a",
  who: { kind: "staff", id: "nia", name: "Nia" },
});
const kinds = (marks: presence.Presence) => marks.get("a")?.map((mark) => mark.kind) ?? [];

describe("marks", () => {
  it("of writing fade after six seconds to looking, and then away", () => {
    let marks = presence.apply(new Map(), said("viewing"), 0);
    marks = presence.apply(marks, said("typing"), 1_000);
    expect(kinds(marks)).toEqual(["typing"]);
    marks = presence.sweep(marks, 7_100);
    expect(kinds(marks)).toEqual(["viewing"]);
    expect(kinds(presence.sweep(marks, 60_000))).toEqual([]);
  });

  it("of somebody who only writes vanish after six seconds", () => {
    const marks = presence.apply(new Map(), said("typing"), 0);
    expect(kinds(presence.sweep(marks, 6_000))).toEqual([]);
  });

  it("go at once when somebody leaves, or when their message is here", () => {
    const marks = presence.apply(new Map(), said("typing"), 0);
    expect(kinds(presence.apply(marks, said("gone"), 1))).toEqual([]);
    expect(kinds(presence.stopTyping(marks, "a", "nia"))).toEqual([]);
  });

  it("of looking stay when a message ends the writing", () => {
    const looking = presence.apply(new Map(), said("viewing"), 0);
    const marks = presence.apply(looking, said("typing"), 1_000);
    expect(kinds(presence.stopTyping(marks, "a", "nia"))).toEqual(["viewing"]);
  });

  it("are the same value while nothing fades, so nothing is drawn again", () => {
    const marks = presence.apply(new Map(), said("viewing"), 0);
    expect(presence.sweep(marks, 1_000)).toBe(marks);
  });
});
