import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backOff } from "./later.ts";
import { begin, thing } from "./line.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("coming back", () => {
  const waited = (attempts: number): number[] => {
    const { line, lines } = begin();
    return Array.from({ length: attempts }, () => {
      line().drop();
      const before = lines.length;
      let wait = 0;
      for (; lines.length === before; wait += 250) vi.advanceTimersByTime(250);
      return wait;
    });
  };

  it("is tried after half a second, then soon and again for about a minute, then ever more rarely", () => {
    const waits = waited(36);
    expect(waits.slice(0, 5)).toEqual([500, 1000, 2000, 2000, 2000]);
    expect(waits.slice(5, 30).every((wait) => wait === 2000)).toBe(true);
    expect(waits.slice(30)).toEqual([4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it("comes within three seconds of a server that was away for up to a minute", () => {
    expect(Math.max(...Array.from({ length: 30 }, (_, failures) => backOff(failures + 1, 1)))).toBeLessThan(3000);
  });

  it("is immediate when the person looks at the page", () => {
    const { line, live, lines, goLive } = begin();
    goLive();
    line().drop();
    live.nudge();
    expect(lines).toHaveLength(2);
  });

  it("is immediate when the network is back, and not tried without one", () => {
    const { live, lines, goLive } = begin();
    goLive();
    live.online(false);
    expect(live.state.name).toBe("offline");
    vi.advanceTimersByTime(120_000);
    expect(lines).toHaveLength(1);
    live.online(true);
    expect(lines).toHaveLength(2);
  });

  it("does not happen after a close code from 4500 up", () => {
    const { line, live, lines, goLive } = begin();
    goLive();
    line().drop(4501);
    vi.advanceTimersByTime(120_000);
    live.nudge();
    expect(live.state).toEqual({ name: "ended", code: 4501 });
    expect(lines).toHaveLength(1);
  });

  it("happens after 4000 and 1012, and slowly after 4429", () => {
    const { line, lines, goLive } = begin();
    goLive();
    line().drop(1012);
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(2);
    line().connect();
    line().drop(4429);
    vi.advanceTimersByTime(7_000);
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(1_100);
    expect(lines).toHaveLength(3);
  });
});

describe("what the person is told", () => {
  it("is nothing for five seconds, then reconnecting, then offline, and live again", () => {
    const { line, live, goLive } = begin();
    goLive();
    line().drop();
    vi.advanceTimersByTime(4_900);
    expect(live.state.name).toBe("live");
    vi.advanceTimersByTime(200);
    expect(live.state.name).toBe("reconnecting");
    vi.advanceTimersByTime(25_000);
    expect(live.state.name).toBe("offline");
    goLive();
    expect(live.state.name).toBe("live");
  });

  it("stays offline while further attempts fail", () => {
    const { line, live, goLive } = begin();
    goLive();
    line().drop();
    for (let second = 0; second < 60; second += 1) {
      vi.advanceTimersByTime(1_000);
      if (line().readyState === 0) line().drop();
    }
    expect(live.state.name).toBe("offline");
  });
});

describe("where sockets do not get through", () => {
  it("the same facts come by asking after three failed attempts", async () => {
    const { line, live, heard } = begin([
      { t: "facts", stream: "team", at: 11, list: [thing(11)] },
      { t: "live", streams: { team: 11 } },
    ]);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      line().drop();
      await vi.advanceTimersByTimeAsync(attempt < 2 ? 1_000 * 2 ** attempt : 10);
    }
    expect(heard).toEqual([11]);
    expect(live.state).toEqual({ name: "live", slow: true });
  });

  it("a page may ask later, less often, and not while nobody looks", async () => {
    let isLookedAt = true;
    const polling = { after: 5, every: 5_000, may: () => isLookedAt };
    const { line, lines, fetchFacts } = begin([], polling);
    const fail = async () => {
      const before = lines.length;
      line().drop();
      while (lines.length === before) await vi.advanceTimersByTimeAsync(500);
    };
    for (let attempt = 0; attempt < 4; attempt += 1) await fail();
    expect(fetchFacts).not.toHaveBeenCalled();
    line().drop();
    await vi.advanceTimersByTimeAsync(10);
    expect(fetchFacts).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(fetchFacts).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(fetchFacts).toHaveBeenCalledTimes(2);
    isLookedAt = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(fetchFacts).toHaveBeenCalledTimes(2);
    isLookedAt = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(fetchFacts).toHaveBeenCalledTimes(3);
  });

  it("asking stops as soon as a socket is live again", async () => {
    const { line, live, goLive, fetchFacts } = begin([]);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      line().drop();
      await vi.advanceTimersByTimeAsync(attempt < 2 ? 1_000 * 2 ** attempt : 2_000);
    }
    goLive();
    const asked = fetchFacts.mock.calls.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(fetchFacts.mock.calls.length).toBe(asked);
    expect(live.state).toEqual({ name: "live", slow: false });
  });
});

describe("signals", () => {
  it("are sent while live and dropped otherwise, never kept", () => {
    const { line, live, goLive } = begin();
    live.signal("typing", "c1");
    goLive();
    expect(line().sent.map((frame) => frame.t)).toEqual(["hello"]);
    live.signal("typing", "c1");
    expect(line().sent.at(-1)).toEqual({ t: "signal", kind: "typing", conversation: "c1" });
  });
});
