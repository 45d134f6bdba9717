import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answer, newKey, Outbox } from "./outbox.ts";

interface Words {
  conversation: string;
  body: string;
}

const sent = (message: string): Answer<string, string> => ({ kind: "sent", message });
const silence: Answer<string, string> = { kind: "silence" };
const refused: Answer<string, string> = { kind: "refused", refusal: "too_long" };

function begin(...answers: Answer<string, string>[]) {
  const posts: { key: string; body: string }[] = [];
  const arrived: string[] = [];
  let made = 0;
  const outbox = new Outbox<Words, string, string>({
    post: async (key, words) => {
      posts.push({ key, body: words.body });
      return answers.shift() ?? sent(words.body);
    },
    lineOf: (words) => words.conversation,
    onSent: (message) => arrived.push(message),
    onChange: () => {},
    newKey: () => {
      made += 1;
      return `key ${made}`;
    },
  });
  const write = (body: string, conversation = "c1") => outbox.add({ conversation, body });
  return { outbox, posts, arrived, write };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("sending", () => {
  it("shows the words at once and lets them go when the server has them", async () => {
    const { outbox, arrived, write } = begin();
    write("hello");
    expect(outbox.entries.map((entry) => entry.state)).toEqual(["sending"]);
    await settle();
    expect(arrived).toEqual(["hello"]);
    expect(outbox.entries).toEqual([]);
  });

  it("keeps the order of a conversation, one after the other", async () => {
    const { posts, write } = begin(silence);
    write("first");
    write("second");
    await settle();
    expect(posts.map((post) => post.body)).toEqual(["first"]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(posts.map((post) => post.body)).toEqual(["first", "first", "second"]);
  });

  it("does not let one conversation wait for another", async () => {
    const { posts, write } = begin(silence);
    write("stuck");
    write("elsewhere", "c2");
    await settle();
    expect(posts.map((post) => post.body)).toEqual(["stuck", "elsewhere"]);
  });
});

describe("after silence", () => {
  it("the same key goes out again", async () => {
    const { outbox, posts, write } = begin(silence);
    write("hello");
    await settle();
    expect(outbox.entries.map((entry) => entry.state)).toEqual(["waiting"]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(posts.map((post) => post.key)).toEqual(["key 1", "key 1"]);
    expect(outbox.entries).toEqual([]);
  });

  it("it goes out at once when the network is back", async () => {
    const { outbox, posts, write } = begin(silence);
    write("hello");
    await settle();
    outbox.nudge();
    await settle();
    expect(posts).toHaveLength(2);
  });

  it("it is not sent again when the wire has brought it already", async () => {
    const { outbox, posts, write } = begin(silence);
    write("hello");
    await settle();
    outbox.heard("key 1");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posts).toHaveLength(1);
    expect(outbox.entries).toEqual([]);
  });

  it("the server's own waiting time is kept", async () => {
    const { posts, write } = begin({ kind: "silence", after: 20_000 });
    write("hello");
    await vi.advanceTimersByTimeAsync(19_000);
    expect(posts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(posts).toHaveLength(2);
  });
});

describe("after a refusal", () => {
  it("the words stay with the reason and are not repeated", async () => {
    const { outbox, posts, write } = begin(refused);
    write("hello");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posts).toHaveLength(1);
    expect(outbox.entries).toMatchObject([{ state: "refused", refusal: "too_long" }]);
  });

  it("changed words go out under a new key", async () => {
    const { outbox, posts, write } = begin(refused);
    write("hello, far too long");
    await settle();
    outbox.again("key 1", { body: "hello" });
    await settle();
    expect(posts).toEqual([
      { key: "key 1", body: "hello, far too long" },
      { key: "key 2", body: "hello" },
    ]);
  });

  it("the next words of the conversation are not held up", async () => {
    const { arrived, write } = begin(refused);
    write("refused");
    write("fine");
    await settle();
    expect(arrived).toEqual(["fine"]);
  });
});

describe("a key", () => {
  it("is a random UUID also where the page has no secure origin", () => {
    vi.stubGlobal("crypto", { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) });
    expect(newKey()).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
    vi.unstubAllGlobals();
  });
});
