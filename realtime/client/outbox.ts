/** What has been written here and not yet taken by the server. In memory only; survives reconnects, not the page. */

import { backOff, type Later, timers } from "./later.ts";

/** `silence`: nobody can say whether it arrived, so the same key is sent again. `refused`: it did not, and here is why. */
export type Answer<M, R> =
  | { kind: "sent"; message: M }
  | { kind: "silence"; after?: number }
  | { kind: "refused"; refusal: R };

export interface Entry<D, R> {
  key: string;
  draft: D;
  state: "sending" | "waiting" | "refused";
  refusal: R | null;
  /** Milliseconds since 1970, by this computer: for the local echo only. */
  at: number;
}

export interface OutboxOptions<D, M, R> {
  post(key: string, draft: D): Promise<Answer<M, R>>;
  /** Entries of one line go one after the other, so that messages keep their order. */
  lineOf(draft: D): string;
  onSent(message: M): void;
  onChange(entries: readonly Entry<D, R>[]): void;
  newKey?: () => string;
  later?: Later;
}

/** A random UUID; `crypto.randomUUID` is missing where the page is not on https or this computer. */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, at) => {
    const value = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, "0");
  });
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export class Outbox<D, M, R> {
  entries: readonly Entry<D, R>[] = [];
  #options: OutboxOptions<D, M, R>;
  #later: Later;
  #posting = new Set<string>();
  #failures = new Map<string, number>();

  constructor(options: OutboxOptions<D, M, R>) {
    this.#options = options;
    this.#later = options.later ?? timers();
  }

  add(draft: D): string {
    const key = (this.#options.newKey ?? newKey)();
    this.#set([...this.entries, { key, draft, state: "sending", refusal: null, at: Date.now() }]);
    this.#work(this.#options.lineOf(draft));
    return key;
  }

  /** After a refusal: the same words, perhaps changed, under a new key. */
  again(key: string, change: Partial<D> = {}): void {
    const entry = this.entries.find((each) => each.key === key);
    if (entry?.state !== "refused") return;
    this.drop(key);
    this.add({ ...entry.draft, ...change });
  }

  drop(key: string): void {
    if (this.entries.some((each) => each.key === key)) this.#set(this.entries.filter((each) => each.key !== key));
  }

  /** The wire brought this message: it has arrived, whatever became of the answer. */
  heard(key: string): void {
    this.drop(key);
  }

  /** The network is back, or the person asks: try all lines now. */
  nudge(): void {
    for (const line of new Set(this.entries.map((each) => this.#options.lineOf(each.draft)))) this.#work(line);
  }

  #set(entries: readonly Entry<D, R>[]): void {
    this.entries = entries;
    this.#options.onChange(entries);
  }

  #mark(key: string, change: Partial<Entry<D, R>>): void {
    this.#set(this.entries.map((each) => (each.key === key ? { ...each, ...change } : each)));
  }

  #work(line: string): void {
    const next = this.entries.find((each) => each.state !== "refused" && this.#options.lineOf(each.draft) === line);
    if (!next || this.#posting.has(line)) return;
    this.#later.cancel(line);
    this.#posting.add(line);
    void this.#post(line, next);
  }

  async #post(line: string, entry: Entry<D, R>): Promise<void> {
    const answer = await this.#options.post(entry.key, entry.draft).catch((): Answer<M, R> => ({ kind: "silence" }));
    this.#posting.delete(line);
    if (answer.kind === "silence") return this.#wait(line, entry.key, answer.after);
    this.#failures.delete(line);
    if (answer.kind === "refused") this.#mark(entry.key, { state: "refused", refusal: answer.refusal });
    else {
      this.#options.onSent(answer.message);
      this.drop(entry.key);
    }
    this.#work(line);
  }

  #wait(line: string, key: string, after?: number): void {
    if (!this.entries.some((each) => each.key === key)) return this.#work(line);
    const failures = (this.#failures.get(line) ?? 0) + 1;
    this.#failures.set(line, failures);
    this.#mark(key, { state: "waiting" });
    this.#later.after(line, after ?? backOff(failures + 1, 0.5), () => this.#work(line));
  }
}
