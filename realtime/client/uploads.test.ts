import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Carrier, carrier, type Reply, type Upload } from "./uploads.ts";

const KB = 1024;
const silence: Reply = {};

type Next = (Reply | "lost answer")[];

/** Keeps what arrives, as the server would; what is given here is answered first. */
function begin({ toBegin = [], toPut = [] }: { toBegin?: Next; toPut?: Next } = {}) {
  const kept = new Map<string, { id: string; size: number; parts: number[] }>();
  const asked: string[] = [];
  const cancelled: string[] = [];
  const received = (id: string) => kept.get(id)?.parts.reduce((sum, part) => sum + part, 0) ?? 0;
  const answer = (id: string): Reply => {
    const state = received(id) === kept.get(id)?.size ? "kept" : "receiving";
    return { upload: { id, received: received(id), state, words: null } };
  };
  const uploads = carrier({
    async begin({ key, file }: Upload) {
      asked.push(`begin ${file.size}`);
      const first = toBegin.shift();
      if (first && first !== "lost answer") return first;
      const id = `id of ${key}`;
      if (!kept.has(id)) kept.set(id, { id, size: file.size, parts: [] });
      return first === "lost answer" ? silence : answer(id);
    },
    async put(id, at, piece) {
      asked.push(`put ${at}+${piece.size}`);
      const first = toPut.shift();
      if (first && first !== "lost answer") return first;
      kept.get(id)?.parts.push(piece.size);
      return first === "lost answer" ? silence : answer(id);
    },
    cancel: (id) => cancelled.push(id),
    onChange: () => {},
  });
  return { uploads, asked, cancelled };
}

const file = (kilobytes: number, name = "lab.pdf") => new File([new Uint8Array(kilobytes * KB)], name);
const settle = () => vi.advanceTimersByTimeAsync(0);
const states = (uploads: Carrier) => uploads.all().map((each) => each.state);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a file", () => {
  it("goes in pieces that grow while the network is quick", async () => {
    const { uploads, asked } = begin();
    uploads.add(file(300), "c1");
    await settle();
    expect(asked).toEqual([`begin ${300 * KB}`, "put 0+65536", "put 65536+131072", "put 196608+110592"]);
    expect(uploads.all()).toMatchObject([{ state: "kept", name: "lab.pdf", to: "c1", received: 300 * KB }]);
  });

  it("waits until the one before it is there", async () => {
    const { uploads, asked } = begin({ toBegin: [silence] });
    uploads.add(file(1), "c1");
    uploads.add(file(2), "c1");
    await settle();
    expect(asked).toEqual([`begin ${KB}`]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(states(uploads)).toEqual(["kept", "kept"]);
  });

  it("that is refused at once never reaches the server, and stands in nobody's way", async () => {
    const { uploads, asked } = begin();
    uploads.add(file(1), "c1", "Too large");
    uploads.add(file(2), "c1");
    await settle();
    expect(asked[0]).toBe(`begin ${2 * KB}`);
    expect(uploads.all()).toMatchObject([{ state: "refused", words: "Too large" }, { state: "kept" }]);
  });

  it("is made smaller once, and goes as it is where that fails", async () => {
    const sizes: number[] = [];
    const shrink = vi.fn(async (chosen: Blob) => {
      if (chosen.size > 20 * KB) throw new Error("not a picture");
      return chosen.slice(0, KB);
    });
    const answers = [silence];
    const uploads = carrier({
      async begin({ file: sent }) {
        sizes.push(sent.size);
        return answers.shift() ?? { upload: { id: "u", received: sent.size, state: "kept", words: null } };
      },
      put: async () => silence,
      cancel: () => {},
      onChange: () => {},
      shrink,
    });
    uploads.add(file(10), "c1");
    uploads.add(file(30), "c1");
    await vi.advanceTimersByTimeAsync(3_000);
    expect(sizes).toEqual([KB, KB, 30 * KB]);
    expect(shrink).toHaveBeenCalledTimes(2);
  });
});

describe("after silence", () => {
  it("the server is asked what it has, and only what is missing is sent again", async () => {
    const { uploads, asked } = begin({ toPut: ["lost answer", silence] });
    uploads.add(file(300), "c1");
    await settle();
    expect(states(uploads)).toEqual(["waiting"]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(states(uploads)).toEqual(["kept"]);
    expect(asked.filter((each) => each.startsWith("put 0+"))).toHaveLength(1);
    expect(asked.filter((each) => each.startsWith("put 65536+"))).toHaveLength(2);
    expect(asked.filter((each) => each.startsWith("begin"))).toHaveLength(3);
  });

  it("it goes on at once when the network is back", async () => {
    const { uploads } = begin({ toBegin: [{ after: 60_000 }] });
    uploads.add(file(1), "c1");
    await settle();
    uploads.nudge();
    await settle();
    expect(states(uploads)).toEqual(["kept"]);
  });
});

describe("what nobody wants any more", () => {
  it("is not sent on, and the server hears of it", async () => {
    const { uploads, cancelled } = begin();
    const { key } = uploads.add(file(1), "c1");
    await settle();
    uploads.drop(key);
    expect(uploads.all()).toEqual([]);
    expect(cancelled).toEqual([`id of ${key}`]);
  });

  it("is cancelled too when the server only learns of it now", async () => {
    const { uploads, asked, cancelled } = begin();
    const { key } = uploads.add(file(100), "c1");
    uploads.drop(key);
    await settle();
    expect(asked.some((each) => each.startsWith("put"))).toBe(false);
    expect(uploads.all()).toEqual([]);
    expect(cancelled).toEqual([`id of ${key}`]);
  });

  it("went with a message, and stays where it is", async () => {
    const { uploads, cancelled } = begin();
    const { key } = uploads.add(file(1), "c1");
    await settle();
    uploads.forget([key]);
    expect(uploads.all()).toEqual([]);
    expect(cancelled).toEqual([]);
  });
});

it("says why the server did not take it", async () => {
  const { uploads } = begin({ toBegin: [{ words: "Not a PDF" }] });
  uploads.add(file(1), "c1");
  await settle();
  expect(uploads.all()).toMatchObject([{ state: "refused", words: "Not a PDF" }]);
});
