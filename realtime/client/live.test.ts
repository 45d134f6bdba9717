import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { begin, thing } from "./line.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a new socket", () => {
  it("says hello with the positions of the snapshot and is live when the server says so", () => {
    const { line, live, goLive } = begin();
    expect(live.state.name).toBe("catching-up");
    goLive();
    expect(line().sent).toEqual([{ t: "hello", streams: [{ id: "team", epoch: "e1", after: 10 }], build: "b1" }]);
    expect(live.state).toEqual({ name: "live", slow: false });
  });

  it("says hello with what it has heard since, after the line dropped", () => {
    const { line, lines, goLive } = begin();
    goLive();
    line().say({ t: "facts", stream: "team", at: 14, list: [thing(12)] });
    line().drop();
    vi.advanceTimersByTime(500);
    line().connect();
    expect(lines).toHaveLength(2);
    expect(line().sent[0]?.streams).toEqual([{ id: "team", epoch: "e1", after: 14 }]);
  });

  it("is given up when it does not answer for fifteen seconds", () => {
    const { lines } = begin();
    vi.advanceTimersByTime(15_000 + 500);
    expect(lines).toHaveLength(2);
    expect(lines[0]?.closedWith).toBe(4000);
  });
});

describe("facts", () => {
  it("are handed over once, whatever is repeated", () => {
    const { line, goLive, heard } = begin();
    goLive();
    line().say({ t: "facts", stream: "team", at: 12, list: [thing(10), thing(11), thing(12)] });
    line().say({ t: "facts", stream: "team", at: 13, list: [thing(12), thing(13)] });
    expect(heard).toEqual([11, 12, 13]);
  });

  it("of a stream that is not followed are not taken", () => {
    const { line, goLive, heard } = begin();
    goLive();
    line().say({ t: "facts", stream: "other", at: 12, list: [thing(12)] });
    expect(heard).toEqual([]);
  });

  it("that a beat shows to be missing for two seconds are asked for", async () => {
    const { line, goLive, heard, fetchFacts } = begin([{ t: "facts", stream: "team", at: 11, list: [thing(11)] }]);
    goLive();
    line().say({ t: "beat", streams: { team: 11 }, now: "2026-11-23T15:00:00Z" });
    await vi.advanceTimersByTimeAsync(1_900);
    expect(fetchFacts).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(fetchFacts).toHaveBeenCalledWith(expect.objectContaining({ id: "team", at: 10 }));
    expect(heard).toEqual([11]);
  });

  it("that arrive within the two seconds are not asked for", async () => {
    const { line, goLive, fetchFacts } = begin();
    goLive();
    line().say({ t: "beat", streams: { team: 11 }, now: "2026-11-23T15:00:00Z" });
    line().say({ t: "facts", stream: "team", at: 11, list: [thing(11)] });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(fetchFacts).not.toHaveBeenCalled();
  });
});

describe("afresh", () => {
  it("asks for a snapshot, and its positions are said on the same line", () => {
    const { line, live, goLive, afresh } = begin();
    goLive();
    line().say({ t: "afresh", stream: "team", why: "epoch" });
    expect(afresh).toEqual(["team"]);
    live.rebase([{ id: "team", epoch: "e2", at: 3 }]);
    expect(line().sent.at(-1)?.streams).toEqual([{ id: "team", epoch: "e2", after: 3 }]);
  });

  it("may go on further ahead in the same history", () => {
    const { line, live, goLive } = begin();
    goLive();
    line().say({ t: "afresh", stream: "team", why: "too_far" });
    live.rebase([{ id: "team", epoch: "e1", at: 9_000 }]);
    expect(line().sent.at(-1)?.streams).toEqual([{ id: "team", epoch: "e1", after: 9_000 }]);
  });
});

describe("a snapshot of another part of the screen", () => {
  it("does not make facts disappear that are still on their way", () => {
    const { line, live, goLive, heard } = begin();
    goLive();
    live.rebase([{ id: "team", epoch: "e1", at: 12 }]);
    expect(line().sent).toHaveLength(1);
    line().say({ t: "facts", stream: "team", at: 12, list: [thing(11), thing(12)] });
    expect(heard).toEqual([11, 12]);
  });

  it("adds the streams it knows to those that are followed", () => {
    const { line, live, goLive } = begin();
    goLive();
    live.rebase([{ id: "nurses", epoch: "e1", at: 3 }]);
    expect(line().sent.at(-1)?.streams).toEqual([
      { id: "team", epoch: "e1", after: 10 },
      { id: "nurses", epoch: "e1", after: 3 },
    ]);
  });
});
