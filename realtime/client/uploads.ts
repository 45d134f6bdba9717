/** Files on their way to the server, one after the other, in pieces. In memory only; what the server has is not sent again. */

import { backOff } from "./later.ts";
import { newKey } from "./outbox.ts";
import type { Upload as Came } from "./wire.gen.ts";

/** What the server answers. */
export type Received = Omit<Came, "file">;

/** With `words` it was refused; with neither nobody can say what arrived, so the server is asked again after a pause. */
export interface Reply {
  upload?: Received;
  words?: string;
  /** Milliseconds, where the server says how long. */
  after?: number;
}

/** A file that the server has already, of which this page has no bytes. */
export interface Known {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

export interface Upload {
  readonly key: string;
  /** Where it goes: a conversation's id, or whatever its owner calls it. */
  readonly to: string;
  readonly name: string;
  /** As it was chosen. */
  readonly chosen: File | Known;
  /** What is sent: made smaller, perhaps. */
  file: Blob;
  state: "sending" | "waiting" | "kept" | "refused";
  /** Null before the server has heard of it. */
  id: string | null;
  received: number;
  /** Why it was refused. */
  words: string;
}

export interface Carrying {
  /** The same key again is the same upload, with what has come of it. */
  begin(upload: Upload): Promise<Reply>;
  put(id: string, at: number, piece: Blob): Promise<Reply>;
  /** The server may forget it. */
  cancel(id: string): void;
  onChange(uploads: readonly Upload[]): void;
  /** Makes a file smaller before it goes; raises where it cannot, and then the file goes as it is. */
  shrink?(file: Blob): Promise<Blob>;
}

export interface Carrier {
  all(): readonly Upload[];
  /** With `words` it is refused already and stays only to say so; with an `id` the server has it. */
  add(file: File | Known, to: string, words?: string, id?: string | null): Upload;
  /** Nobody wants it any more. */
  drop(key: string): void;
  /** They went with a message. */
  forget(keys: readonly string[]): void;
  /** Once these are no longer on their way: what became of them. */
  arrived(keys: readonly string[]): Promise<Upload[]>;
  /** The network is back, or the person asks: go on now. */
  nudge(): void;
}

const BYTES = "application/octet-stream";
const LARGEST = 1 << 20;
const SMALLEST = 1 << 16;
/** A piece that was quicker lets the next one be larger: its end is the progress that a person sees. Milliseconds. */
const QUICK = 500;
/** Nobody has answered for so long, milliseconds; the last piece's answer comes when the file has been checked. */
const PATIENCE = 60_000;

const isOnItsWay = ({ state }: Upload) => state === "sending" || state === "waiting";

/** A phone that lost its signal may not say so. What arrives after all is no harm: its place is taken then. */
function patiently(reply: Promise<Reply>): Promise<Reply> {
  return Promise.race([reply.catch(() => ({})), new Promise<Reply>((done) => setTimeout(done, PATIENCE, {}))]);
}

export function carrier({ begin, put, cancel, onChange, shrink }: Carrying): Carrier {
  let all: readonly Upload[] = [];
  let isBusy = false;
  let failures = 0;
  let size = SMALLEST;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let waiting: (() => void)[] = [];
  const small = new Set<Upload>();

  function set(uploads: readonly Upload[]): void {
    all = uploads;
    onChange(all);
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
  }

  function change(upload: Upload, news: Partial<Upload>): void {
    Object.assign(upload, news);
    set([...all]);
  }

  const forget = (keys: readonly string[]) => set(all.filter((each) => !keys.includes(each.key)));
  const some = (keys: readonly string[]) => all.filter((each) => keys.includes(each.key));

  /** Until it is there, or something is in the way. */
  async function bring(upload: Upload): Promise<Reply> {
    if (shrink && !small.has(upload)) {
      small.add(upload);
      change(upload, { file: await shrink(upload.file).catch(() => upload.file) });
    }
    let reply = await patiently(begin(upload));
    while (reply.upload?.state === "receiving" && all.includes(upload)) {
      const { id, received } = reply.upload;
      change(upload, { id, received, state: "sending" });
      const began = Date.now();
      reply = await patiently(put(id, received, upload.file.slice(received, received + size, BYTES)));
      size = Date.now() - began < QUICK ? Math.min(LARGEST, size * 2) : SMALLEST;
      if (reply.upload) failures = 0;
    }
    return reply;
  }

  function take(upload: Upload, { upload: came, words, after }: Reply): void {
    if (!all.includes(upload)) {
      if (came) cancel(came.id);
    } else if (came && came.state !== "receiving") {
      change(upload, { id: came.id, received: came.received, state: came.state, words: came.words ?? "" });
    } else if (words) {
      change(upload, { state: "refused", words });
    } else {
      failures += 1;
      pause = setTimeout(nudge, after ?? backOff(failures + 1, 0.5));
      change(upload, { state: "waiting" });
    }
  }

  async function work(): Promise<void> {
    const next = all.find(isOnItsWay);
    if (!next || isBusy || pause) return;
    isBusy = true;
    const reply = await bring(next);
    isBusy = false;
    take(next, reply);
    void work();
  }

  function nudge(): void {
    clearTimeout(pause);
    pause = undefined;
    void work();
  }

  return {
    all: () => all,
    add(file, to, words = "", id = null) {
      const state = id ? "kept" : words ? "refused" : "sending";
      const upload: Upload = {
        key: newKey(),
        to,
        name: file.name,
        chosen: file,
        // Of what the server has nothing is sent, so its size is enough.
        file: file as Blob,
        state,
        id,
        received: 0,
        words,
      };
      set([...all, upload]);
      void work();
      return upload;
    },
    drop(key) {
      for (const { id } of some([key])) if (id) cancel(id);
      forget([key]);
    },
    forget,
    async arrived(keys) {
      while (some(keys).some(isOnItsWay)) await new Promise<void>((done) => waiting.push(done));
      return some(keys);
    },
    nudge,
  };
}
