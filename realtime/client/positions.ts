/** How far this screen has heard each stream. Facts at or below a position have been applied already. */

import type { HelloStream, StreamAt } from "./wire.gen.ts";

/** A `facts` frame; `at` is how far the stream has been said, which may be beyond the last `n`. */
export interface FactsOf<F> {
  t: "facts";
  stream: string;
  at: number;
  list: F[];
}

export class Positions {
  #streams = new Map<string, StreamAt>();

  /** Begins at a snapshot; nothing of before counts. */
  replace(streams: readonly StreamAt[]): void {
    this.#streams = new Map(streams.map((stream) => [stream.id, { ...stream }]));
  }

  /**
   * Takes on streams that are new here or whose history began anew; true if there were any. A stream that is followed
   * stays where it is, though the snapshot be further: what is on its way still matters to the rest of the screen.
   */
  rebase(streams: readonly StreamAt[]): boolean {
    let changed = false;
    for (const stream of streams) {
      if (this.#streams.get(stream.id)?.epoch === stream.epoch) continue;
      this.#streams.set(stream.id, { ...stream });
      changed = true;
    }
    return changed;
  }

  keepOnly(streams: readonly StreamAt[]): void {
    const kept = new Set(streams.map((stream) => stream.id));
    for (const id of this.#streams.keys()) if (!kept.has(id)) this.#streams.delete(id);
  }

  /** The server cannot go on from here: the next snapshot says where to. */
  forget(stream: string): void {
    this.#streams.delete(stream);
  }

  ids(): string[] {
    return [...this.#streams.keys()];
  }

  of(stream: string): StreamAt | null {
    const known = this.#streams.get(stream);
    return known ? { ...known } : null;
  }

  cursors(): HelloStream[] {
    return [...this.#streams.values()].map(({ id, epoch, at }) => ({ id, epoch, after: at }));
  }

  isBehind(stream: string, head: number): boolean {
    const known = this.#streams.get(stream);
    return known !== undefined && known.at < head;
  }

  raise(heads: Record<string, number>): void {
    for (const [stream, at] of Object.entries(heads)) {
      const known = this.#streams.get(stream);
      if (known) known.at = Math.max(known.at, at);
    }
  }

  /** The facts of a frame that are new here; the position moves past the whole frame. */
  take<F extends { n: number }>(frame: FactsOf<F>): F[] {
    const known = this.#streams.get(frame.stream);
    if (!known) return [];
    const fresh = frame.list.filter((fact) => fact.n > known.at);
    known.at = Math.max(known.at, frame.at);
    return fresh;
  }
}
