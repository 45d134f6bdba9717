/** Files on their way to the server, one after the other, in pieces. In memory only; what the server has is not sent again. */

import { backOff, type Later, timers } from "./later.ts";
import { newKey } from "./outbox.ts";
import type { Upload as Came } from "./wire.gen.ts";

/** What the server answers. */
export type Received = Omit<Came, "file">;

/** `silence`: nobody can say what arrived, so the server is asked under the same key and goes on from there. */
export type Reply =
  | { kind: "received"; upload: Received }
  | { kind: "silence"; after?: number }
  | { kind: "refused"; words: string };

export interface Upload {
  key: string;
  /** Where it goes: a conversation's id, or whatever its owner calls it. */
  to: string;
  name: string;
  /** What is sent; another file than was chosen once it has been made smaller. */
  file: Blob;
  state: "sending" | "waiting" | "kept" | "refused";
  /** Null before the server has heard of it. */
  id: string | null;
  received: number;
  /** Why it was refused. */
  words: string;
}

export interface UploadsOptions {
  begin(upload: Upload): Promise<Reply>;
  put(id: string, at: number, piece: Blob): Promise<Reply>;
  /** Told of one that the server may forget. */
  cancel(id: string): void;
  onChange(uploads: readonly Upload[]): void;
  /** Makes a file smaller before it goes; raises where it cannot, and then the file goes as it is. */
  shrink?: (file: Blob) => Promise<Blob>;
  later?: Later;
}

const LARGEST = 1 << 20;
const SMALLEST = 1 << 16;
/** A piece that was quicker lets the next one be larger: its end is the progress that a person sees. Milliseconds. */
const QUICK = 500;
const BYTES = "application/octet-stream";
const TIMER = "next";
/** Nobody has answered for so long, milliseconds; the last piece's answer comes when the file has been checked. */
const PATIENCE = 60_000;

const silence = (): Reply => ({ kind: "silence" });

const isOnItsWay = (upload?: Upload) => upload?.state === "sending" || upload?.state === "waiting";

export class Uploads {
  all: readonly Upload[] = [];
  #options: UploadsOptions;
  #later: Later;
  #isBusy = false;
  #failures = 0;
  #size = SMALLEST;
  #shrunk = new Set<string>();
  #waiting: (() => void)[] = [];

  constructor(options: UploadsOptions) {
    this.#options = options;
    this.#later = options.later ?? timers();
  }

  /** With `words` it is refused already and stays only to say so. */
  add(file: File, to: string, words = ""): string {
    const key = newKey();
    const state = words ? "refused" : "sending";
    this.#set([...this.all, { key, to, name: file.name, file, state, id: null, received: 0, words }]);
    this.#work();
    return key;
  }

  find(key: string): Upload | undefined {
    return this.all.find((each) => each.key === key);
  }

  /** Nobody wants it any more. */
  drop(key: string): void {
    const id = this.find(key)?.id;
    if (id) this.#options.cancel(id);
    this.forget([key]);
  }

  /** They went with a message. */
  forget(keys: readonly string[]): void {
    this.#set(this.all.filter((each) => !keys.includes(each.key)));
  }

  /** The network is back, or the person asks: go on now. */
  nudge(): void {
    this.#later.cancel(TIMER);
    this.#work();
  }

  /** Once these are no longer on their way: what became of them. */
  async arrived(keys: readonly string[]): Promise<Upload[]> {
    const isOpen = (key: string) => isOnItsWay(this.find(key));
    while (keys.some(isOpen)) await new Promise<void>((done) => this.#waiting.push(done));
    return this.all.filter((each) => keys.includes(each.key));
  }

  #set(all: readonly Upload[]): void {
    this.all = all;
    this.#options.onChange(all);
    for (const done of this.#waiting.splice(0)) done();
  }

  #mark(key: string, change: Partial<Upload>): void {
    this.#set(this.all.map((each) => (each.key === key ? { ...each, ...change } : each)));
  }

  #work(): void {
    const next = this.all.find(isOnItsWay);
    if (!next || this.#isBusy || this.#later.has(TIMER)) return;
    this.#isBusy = true;
    void this.#bring(next.key).then((reply) => {
      this.#isBusy = false;
      this.#take(next.key, reply);
      this.#work();
    });
  }

  /** Until it is there, or something is in the way. */
  async #bring(key: string): Promise<Reply> {
    let reply = await this.#asked(this.#begin(key));
    while (reply.kind === "received" && reply.upload.state === "receiving") {
      const { id, received } = reply.upload;
      const file = this.find(key)?.file;
      if (!file) break;
      this.#mark(key, { id, received, state: "sending" });
      const began = Date.now();
      reply = await this.#asked(this.#options.put(id, received, file.slice(received, received + this.#size, BYTES)));
      this.#size = Date.now() - began < QUICK ? Math.min(LARGEST, this.#size * 2) : SMALLEST;
      if (reply.kind === "received") this.#failures = 0;
    }
    return reply;
  }

  /** A phone that lost its signal may not say so. What comes after all is no harm: its place is taken then. */
  #asked(reply: Promise<Reply>): Promise<Reply> {
    const none = new Promise<Reply>((done) => this.#later.after("none", PATIENCE, () => done(silence())));
    return Promise.race([reply.catch(silence), none]).finally(() => this.#later.cancel("none"));
  }

  async #begin(key: string): Promise<Reply> {
    const { shrink, begin } = this.#options;
    const chosen = this.find(key)?.file;
    if (chosen && shrink && !this.#shrunk.has(key)) {
      this.#shrunk.add(key);
      this.#mark(key, { file: await shrink(chosen).catch(() => chosen) });
    }
    const upload = this.find(key);
    return upload ? begin(upload) : silence();
  }

  #take(key: string, reply: Reply): void {
    const isWanted = this.find(key) !== undefined;
    if (reply.kind === "received") {
      const { id, received, state, words } = reply.upload;
      if (!isWanted) this.#options.cancel(id);
      else if (state !== "receiving") this.#mark(key, { id, received, state, words: words ?? "" });
    } else if (reply.kind === "refused") {
      this.#mark(key, { state: "refused", words: reply.words });
    } else if (isWanted) {
      this.#failures += 1;
      this.#mark(key, { state: "waiting" });
      this.#later.after(TIMER, reply.after ?? backOff(this.#failures + 1, 0.5), () => this.#work());
    }
  }
}
