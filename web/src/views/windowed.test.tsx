// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pressKey, settled } from "../stage.ts";
import { drawn, focusRow, moved, target, Windowed } from "./windowed.tsx";

const MANY = 10_000;
const names = (many: number, from = 0) => Array.from({ length: many }, (_, at) => `r${from + at}`);

describe("which rows are drawn", () => {
  it.each([
    ["at the top", { from: 0, to: 10 }, 100, [], [0, 15]],
    ["in the middle", { from: 40, to: 50 }, 100, [], [34, 55]],
    ["at the end", { from: 90, to: 100 }, 100, [], [84, 99]],
    ["of a short list", { from: 0, to: 10 }, 3, [], [0, 2]],
    ["after the list became shorter than the view", { from: 90, to: 100 }, 20, [], [14, 19]],
    ["with a row above that must stay", { from: 40, to: 50 }, 100, [2], [2, 55]],
    [
      "with a row that is there anyway, and one that is in the list no more",
      { from: 0, to: 10 },
      100,
      [3, -1],
      [0, 15],
    ],
  ])("%s", (_, view, many, kept, [first, last]) => {
    const rows = drawn(view, many, kept);
    expect([rows[0], rows.at(-1)]).toEqual([first, last]);
    expect(rows).toEqual([...new Set(rows)].sort((one, other) => one - other));
  });

  it("none of an empty list", () => expect(drawn({ from: 0, to: 10 }, 0, [-1])).toEqual([]));
});

describe("where a key leads", () => {
  it.each([
    ["ArrowDown", 5, 6],
    ["ArrowDown", 99, 99],
    ["ArrowUp", 5, 4],
    ["ArrowUp", 0, 0],
    ["PageDown", 5, 15],
    ["PageDown", 95, 99],
    ["PageUp", 15, 5],
    ["PageUp", 3, 0],
    ["Home", 50, 0],
    ["End", 50, 99],
    ["ArrowLeft", 5, null],
    ["j", 5, null],
  ])("%s from %i to %s", (key, at, to) => expect(target(key, at, 100, 10)).toBe(to));
});

describe("how far what is in view has moved", () => {
  const before = names(30);
  const view = { from: 10, to: 15 };
  it.each([
    ["not at all", before, 0],
    ["down, as rows came above", ["x", "y", ...before], 2],
    ["up, as rows went above", before.slice(3), -3],
    ["not, as rows changed below", before.slice(0, 20), 0],
    ["not, though one of them went to the top", ["r12", ...before.filter((id) => id !== "r12")], 0],
    ["nowhere, as all are other rows", names(30, 100), 0],
  ])("%s", (_, after, by) => expect(moved(before, after, view)).toBe(by));
});

let box: HTMLElement;
let isNear: number;
let moves: string[];

async function show(ids: readonly string[], next: string | null = null): Promise<void> {
  render(
    <Windowed
      ids={ids}
      draw={(id) => <a href={`/${id}`}>{id}</a>}
      next={next}
      onNear={() => {
        isNear += 1;
      }}
      onMove={(from, to, isExtending) => {
        moves.push(`${from} ${to} ${isExtending}`);
        focusRow(to);
      }}
      listeners={{}}
    />,
    box,
  );
  await settled();
}

const scroller = () => box.querySelector<HTMLElement>(".rows") as HTMLElement;
const rows = () => [...box.querySelectorAll<HTMLElement>("li")].map((row) => row.dataset.id);
const focused = () => document.activeElement?.textContent;

async function scrollTo(row: number): Promise<void> {
  scroller().scrollTop = row * 88;
  scroller().dispatchEvent(new Event("scroll"));
  await settled();
}

const press = (key: string, held: KeyboardEventInit = {}) => pressKey(document.activeElement, key, held);

beforeEach(() => {
  isNear = 0;
  moves = [];
  box = document.createElement("div");
  document.body.append(box);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(880);
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(readonly look: (seen: { target: Element }[]) => void) {}
      observe(target: Element) {
        this.look([{ target }]);
      }
      disconnect() {}
    },
  );
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("a list of ten thousand", () => {
  it("gives all rows the height of the highest", async () => {
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(120);
    await show(names(MANY));

    expect(box.querySelector<HTMLElement>("ul")?.style.blockSize).toBe(`${MANY * 120}px`);
  });

  it("has few rows in the document, wherever one scrolls", async () => {
    await show(names(MANY));
    for (const at of [0, 17, 5_000, MANY - 10, 3]) {
      await scrollTo(at);
      expect(rows()).toContain(`r${at}`);
      expect(rows()).toContain(`r${at + 9}`);
      expect(rows().length).toBeLessThanOrEqual(40);
    }
  });

  it("is as high as all of them, and says how many there are and which one this is", async () => {
    await show(names(MANY));
    await scrollTo(5_000);
    const row = box.querySelector<HTMLElement>('[data-id="r5000"]');
    expect(box.querySelector("ul")?.style.blockSize).toBe(`${MANY * 88}px`);
    expect(row?.style.insetBlockStart).toBe(`${5_000 * 88}px`);
    expect([row?.getAttribute("aria-posinset"), row?.getAttribute("aria-setsize")]).toEqual(["5001", "10000"]);
  });

  it("says that the number is not known while more are to come", async () => {
    await show(names(50), "cursor");
    expect(box.querySelector("li")?.getAttribute("aria-setsize")).toBe("-1");
  });

  it("keeps the row with the focus in the document, in its order, however far one scrolls", async () => {
    await show(names(MANY));
    box.querySelector<HTMLElement>('[data-id="r3"] a')?.focus();
    await scrollTo(5_000);
    expect(focused()).toBe("r3");
    expect(rows()[0]).toBe("r3");
    await press("ArrowDown");
    expect(focused()).toBe("r4");
  });

  it("walks by keys to rows that were not drawn", async () => {
    await show(names(MANY));
    box.querySelector<HTMLElement>('[data-id="r0"] a')?.focus();
    for (const [key, to] of [
      ["End", "r9999"],
      ["PageUp", "r9991"],
      ["ArrowUp", "r9990"],
      ["Home", "r0"],
      ["PageDown", "r8"],
    ] as const) {
      await press(key);
      expect(focused()).toBe(to);
    }
  });

  it("tells an extending step from a plain one, and leaves other keys alone", async () => {
    await show(names(MANY));
    box.querySelector<HTMLElement>('[data-id="r0"] a')?.focus();
    await press("ArrowDown", { shiftKey: true });
    await press("ArrowDown", { ctrlKey: true });
    await press("x");
    expect(moves).toEqual(["r0 r1 true"]);
  });

  it("gives the focus to any row that is asked for, and to none that is not in the list", async () => {
    await show(names(MANY));
    focusRow("r7777");
    await settled();
    expect(focused()).toBe("r7777");
    focusRow("elsewhere");
    await settled();
    expect(focused()).toBe("r7777");
  });
});

describe("when rows come or go", () => {
  it("what is in view stays in view", async () => {
    await show(names(MANY));
    await scrollTo(500);
    await show(["x", "y", ...names(MANY)]);
    expect(scroller().scrollTop).toBe(502 * 88);
    await show(names(MANY - 10, 10));
    expect(scroller().scrollTop).toBe(490 * 88);
    expect(rows()).toContain("r500");
  });

  it("the top stays the top", async () => {
    await show(names(100));
    await show(["x", ...names(100)]);
    expect(scroller().scrollTop).toBe(0);
    expect(rows()[0]).toBe("x");
  });
});

describe("the next page", () => {
  it("is asked for as its end comes near, and not before", async () => {
    await show(names(50), "cursor");
    expect(isNear).toBe(0);
    await scrollTo(30);
    expect(isNear).toBe(1);
    await show(names(100), "further");
    expect(isNear).toBe(1);
    await scrollTo(80);
    expect(isNear).toBe(2);
  });

  it("is not asked for where there is none", async () => {
    await show(names(5));
    expect(isNear).toBe(0);
  });

  it("is asked for at once where the first does not fill the view", async () => {
    await show(names(5), "cursor");
    expect(isNear).toBe(1);
  });
});
