// @vitest-environment happy-dom

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inSlices } from "./slices.ts";

const upTo = (many: number, from = 0) => Array.from({ length: many }, (_, at) => from + at);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("much at once", () => {
  it("is taken in by parts, each by itself and all in order, also what comes meanwhile", () => {
    const parts: number[][] = [];
    const take = inSlices((part: number[]) => void parts.push(part));
    take(upTo(50));
    expect(parts).toEqual([upTo(20)]);
    take(upTo(5, 50));
    expect(parts).toHaveLength(1);
    vi.advanceTimersToNextTimer();
    expect(parts).toHaveLength(2);
    vi.runAllTimers();
    expect(parts.flat()).toEqual(upTo(55));
    expect(Math.max(...parts.map((part) => part.length))).toBe(20);
  });

  it("is taken in at once where nobody looks", () => {
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    const act = vi.fn();
    inSlices(act)(upTo(50));
    expect(act).toHaveBeenCalledExactlyOnceWith(upTo(50));
  });

  it("goes on after a part that went wrong", () => {
    const seen: number[] = [];
    const take = inSlices((part: number[]) => {
      if (part.includes(0)) throw new Error("spoilt");
      seen.push(...part);
    });
    expect(() => take(upTo(30))).toThrow("spoilt");
    vi.runAllTimers();
    expect(seen).toEqual(upTo(10, 20));
  });
});
