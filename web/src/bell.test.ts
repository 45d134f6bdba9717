// @vitest-environment happy-dom

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

/** The browser's locks: the first to ask for one alone has it until its work ends; shared ones stand side by side. */
class Locks {
  held: { name: string }[] = [];
  async request(name: string, ...rest: unknown[]): Promise<void> {
    const work = rest.at(-1) as () => Promise<unknown>;
    const isShared = rest.length > 1;
    if (!isShared && this.held.some((each) => each.name === name)) return;
    const mine = { name };
    this.held.push(mine);
    await work();
    this.held = this.held.filter((each) => each !== mine);
  }
  query = async () => ({ held: [...this.held] });
}

const played: string[] = [];
/** Of each tone that was played. */
const pitches: number[] = [];
const peaks: number[] = [];
const shown: string[] = [];

class Sounds {
  state = "running";
  currentTime = 0;
  destination = {};
  resume = async () => {};
  createOscillator = () => {
    const frequency = { value: 0 };
    const start = () => {
      played.push("tone");
      pitches.push(frequency.value);
    };
    return { frequency, connect: (next: object) => next, start, stop() {} };
  };
  createGain = () => ({
    gain: { setValueAtTime: (loud: number) => peaks.push(loud), exponentialRampToValueAtTime() {} },
    connect: (next: object) => next,
  });
}

class Notice {
  static permission = "granted";
  static requestPermission = async () => Notice.permission;
  constructor(words: string) {
    shown.push(words);
  }
}

let locks: Locks;
let visibility: DocumentVisibilityState;

function see(state: DocumentVisibilityState): void {
  visibility = state;
  document.dispatchEvent(new Event("visibilitychange"));
}

/** A tab of its own: the module begins anew, on locks that it shares with the others. */
async function tab(): Promise<typeof import("./bell.ts")> {
  vi.resetModules();
  const bell = await import("./bell.ts");
  bell.watch();
  dispatchEvent(new Event("pointerdown"));
  return bell;
}

beforeEach(() => {
  locks = new Locks();
  visibility = "hidden";
  played.length = 0;
  pitches.length = 0;
  peaks.length = 0;
  shown.length = 0;
  Notice.permission = "granted";
  localStorage.clear();
  vi.stubGlobal("AudioContext", Sounds);
  vi.stubGlobal("Notification", Notice);
  Object.defineProperty(navigator, "locks", { value: locks, configurable: true });
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
});

afterEach(() => vi.unstubAllGlobals());

describe("the bell", () => {
  it("rings once however many tabs there are", async () => {
    const tabs = [await tab(), await tab(), await tab()];
    for (const bell of tabs) await bell.ring("New message in Front desk", false);
    expect(played).toEqual(["tone"]);
  });

  it("is silent while somebody looks at any of them, and rings again once nobody does", async () => {
    const bell = await tab();
    see("visible");
    await bell.ring("New message in Front desk", false);
    expect(played).toEqual([]);
    see("hidden");
    await vi.waitFor(() => expect(locks.held).toHaveLength(1));
    await bell.ring("New message in Front desk", false);
    expect(played).toEqual(["tone"]);
  });

  it("holds its peace in the quiet hours of this computer, but for words that may be urgent", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const bell = await tab();
    const rung = async (at: number, sound: "new" | "urgent") => {
      vi.setSystemTime(new Date(2026, 10, 24, at, 30));
      const before = played.length;
      await bell.ring("New message in Front desk", false, sound);
      return played.length > before;
    };
    bell.setQuiet([20, 8]);
    expect([await rung(23, "new"), await rung(7, "new"), await rung(20, "new")]).toEqual([false, false, false]);
    expect(await rung(23, "urgent")).toBe(true);
    vi.spyOn(performance, "now").mockReturnValue(1e9);
    expect(await rung(8, "new")).toBe(true);
    vi.spyOn(performance, "now").mockReturnValue(2e9);
    bell.setQuiet([12, 13]);
    expect([await rung(12, "new"), await rung(13, "new")]).toEqual([false, true]);
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("keeps its quiet hours for the next time, and has none where nobody chose any", async () => {
    (await tab()).setQuiet([21, 6]);
    expect((await tab()).quiet.value).toEqual([21, 6]);
    (await tab()).setQuiet(null);
    expect((await tab()).quiet.value).toBeNull();
    localStorage.clear();
    expect((await tab()).quiet.value).toBeNull();
  });

  it("rings once for a burst", async () => {
    const bell = await tab();
    for (let nth = 0; nth < 5; nth += 1) await bell.ring("New message in Front desk", false);
    expect(played).toEqual(["tone"]);
  });

  it("sounds once for what is new, rising for what may be urgent, falling for a wait that is too long", async () => {
    const bell = await tab();
    const heard: number[][] = [];
    for (const sound of ["new", "urgent", "late"] as const) {
      await bell.tryOut(sound);
      heard.push(pitches.splice(0));
    }
    expect(heard.map((each) => each.length)).toEqual([1, 2, 2]);
    const [, [low = 0, high = 0] = [], [from = 0, to = 0] = []] = heard;
    expect(high).toBeGreaterThan(low);
    expect(to).toBeLessThan(from);
  });

  it("rings for urgent words in the middle of a burst of what is new, once", async () => {
    const bell = await tab();
    await bell.ring("New message in Front desk", false);
    await bell.ring("A message may be urgent in Front desk", true, "urgent");
    await bell.ring("A message may be urgent in Front desk", true, "urgent");
    await bell.ring("New message in Front desk", false);
    expect(played).toHaveLength(3);
  });

  it("is as loud as was chosen, here and after a reload, and silent at nothing", async () => {
    const bell = await tab();
    await bell.tryOut("new");
    bell.setVolume(3);
    await bell.tryOut("new");
    const [usual = 0, quiet = 0] = peaks;
    expect(quiet).toBeLessThan(usual);
    expect((await tab()).volume.value).toBe(3);

    bell.setVolume(0);
    await bell.tryOut("urgent");
    expect([played.length, bell.muted.value]).toEqual([2, false]);
  });

  it.each([
    ["My teams", false, 1],
    ["My teams", true, 1],
    ["Mine", false, 0],
    ["Mine", true, 1],
    ["Off", true, 0],
  ] as const)("for %s, with something that is mine (%s), rings %d times", async (chosen, isMine, times) => {
    const bell = await tab();
    bell.choose(chosen);
    await bell.ring("New message in Front desk", isMine);
    expect(played).toHaveLength(times);
  });

  it("says that it was muted where the browser lets nothing sound, until somebody presses something", async () => {
    vi.resetModules();
    const bell = await import("./bell.ts");
    bell.watch();
    await bell.ring("New message in Front desk", false);
    expect([played.length, bell.muted.value]).toEqual([0, true]);
    dispatchEvent(new Event("keydown"));
    expect(bell.muted.value).toBe(false);
  });

  it("shows the system's notice only where both the person and the browser allow it", async () => {
    const bell = await tab();
    await bell.ring("New message in Front desk", false);
    expect(shown).toEqual([]);
    Notice.permission = "denied";
    await bell.showNotices(true);
    expect(bell.notices.value).toBe(false);
    Notice.permission = "granted";
    await bell.showNotices(true);
    vi.spyOn(performance, "now").mockReturnValue(performance.now() + 10_000);
    await bell.ring("New message in Nurses", false);
    expect(shown).toEqual(["New message in Nurses"]);
  });
});
