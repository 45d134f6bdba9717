import { describe, expect, it } from "vitest";
import { follow, type Lately, left, reopened } from "./lately.ts";
import { message, posted, row, thread } from "./samples.ts";
import { fromSnapshot, type ThreadState } from "./thread.ts";

const open = (id: string): ThreadState => {
  const page = thread([message(1, { conversation: id })]);
  return { ...fromSnapshot(page, null), row: row(id) };
};
const names = (lately: Lately) => lately.map((each) => each.row.id);
const all = (...ids: string[]) => ids.reduce<Lately>((lately, id) => left(lately, open(id)), []);

describe("what was open lately", () => {
  it("is the latest dozen, each once", () => {
    const many = Array.from({ length: 15 }, (_, at) => `c${at}`);
    expect(names(all(...many, "c13"))).toEqual(["c13", "c14", ...many.slice(4, 13).reverse(), "c3"]);
  });

  it("is as it is now when somebody comes back to it", () => {
    const lately = follow(all("a", "b"), [posted(11, row("a", { rev: 9 }), [message(2, { conversation: "a" })])]);
    const [known, rest] = reopened(lately, "a");
    expect(known?.messages.map((each) => each.number)).toEqual([1, 2]);
    expect(names(rest)).toEqual(["b"]);
  });

  it("is forgotten where a message is missing", () => {
    const gap = [posted(12, row("a", { rev: 9 }), [message(3, { conversation: "a" })])];
    expect(names(follow(all("a", "b"), gap))).toEqual(["b"]);
    expect(names(left(all("b"), { ...open("a"), hasGap: true }))).toEqual(["b"]);
  });

  it("is nothing of a conversation that was not open", () => {
    expect(reopened(all("a"), "b")).toEqual([null, all("a")]);
  });
});
