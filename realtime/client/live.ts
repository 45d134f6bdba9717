/** The browser's half of the wire: one socket that comes back by itself and loses nothing. No DOM. */

import { backOff, type Later, spread, timers } from "./later.ts";
import { type FactsOf, Positions } from "./positions.ts";
import type { ServerFrame, Signal, SignalKind, StaffFact, StreamAt } from "./wire.gen.ts";

/** What a person is told about the connection; `slow` means that sockets do not get through and we ask instead. */
export type LiveState =
  | { name: "live"; slow: boolean }
  | { name: "catching-up" }
  | { name: "reconnecting" }
  | { name: "offline" }
  | { name: "ended"; code: number };

/** Any frame of the server; which facts it carries depends on whose socket it is. */
export type Frame<F> = Exclude<ServerFrame, { t: "facts" }> | FactsOf<F>;

export type Socket = Pick<WebSocket, "send" | "close" | "readyState" | "onopen" | "onmessage" | "onclose">;

/** When to ask because sockets do not get through: after so many failures, so often (milliseconds), and only if it may. */
export interface Polling {
  after: number;
  every: number;
  may(): boolean;
}

export interface LiveOptions<F> {
  /** ws:// or wss:// address, with the slot's prefix. */
  url: string;
  build: string;
  /** Frames after this position over plain HTTP, or null when that failed as well. */
  fetchFacts(stream: StreamAt): Promise<Frame<F>[] | null>;
  polling?: Polling;
  onFacts(stream: string, facts: F[]): void;
  onAfresh(stream: string): void;
  onState(state: LiveState): void;
  onSignal?(signal: Signal): void;
  onBeat?(now: string): void;
  open?: (url: string) => Socket;
  later?: Later;
  random?: () => number;
}

const OPEN = 1;
const GRACE = 5_000;
const OFFLINE = 30_000;
const SILENCE = 15_000;
const BEHIND = 2_000;
export const POLLING: Polling = { after: 3, every: 3_000, may: () => true };
/** Application close codes from here up mean: do not come back by yourself. */
const STAY_AWAY = 4500;
const TOO_MANY = 4429;
const CROWDED = 8_000;

export class Live<F extends { n: number } = StaffFact> {
  state: LiveState = { name: "catching-up" };
  #options: LiveOptions<F>;
  #later: Later;
  #random: () => number;
  #polling: Polling;
  #positions = new Positions();
  #socket: Socket | null = null;
  #failures = 0;
  #online = true;
  /** What the grace times have made of an absence that still lasts. */
  #absence: "reconnecting" | "offline" | null = null;

  constructor(options: LiveOptions<F>) {
    this.#options = options;
    this.#later = options.later ?? timers();
    this.#random = options.random ?? Math.random;
    this.#polling = options.polling ?? POLLING;
  }

  /** Begins, or begins again after an end, at the positions of a snapshot. */
  start(streams: readonly StreamAt[]): void {
    this.#positions.replace(streams);
    this.#failures = 0;
    this.#show({ name: "catching-up" });
    this.#countDown();
    this.#connect();
  }

  /** A newer snapshot has been fetched: go on from its positions, with any streams it added. */
  rebase(streams: readonly StreamAt[]): void {
    if (this.#positions.rebase(streams)) this.#hello();
  }

  /** Stops following streams that are no longer ours. */
  keepOnly(streams: readonly StreamAt[]): void {
    this.#positions.keepOnly(streams);
    this.rebase(streams);
  }

  stop(): void {
    this.#later.cancelAll();
    this.#release()?.close(1000);
  }

  /** The person looked at the page or pressed the chip: try now instead of waiting. */
  nudge(): void {
    if (this.#socket === null && this.state.name !== "ended" && this.#online) this.#connect();
  }

  /** The browser says whether there is a network at all. */
  online(is: boolean): void {
    this.#online = is;
    if (is) return this.nudge();
    this.#release()?.close(1000);
    this.#later.cancelAll();
    if (this.state.name !== "ended") this.#show({ name: "offline" });
  }

  signal(kind: SignalKind, conversation: string): void {
    if (this.state.name === "live") this.#send({ t: "signal", kind, conversation });
  }

  #connect(): void {
    this.#later.cancel("retry");
    this.#release()?.close(1000);
    const socket = (this.#options.open ?? ((url) => new WebSocket(url)))(this.#options.url);
    this.#socket = socket;
    socket.onopen = () => this.#hello();
    socket.onmessage = (event) => this.#hear(JSON.parse(String(event.data)) as Frame<F>);
    socket.onclose = (event) => this.#lost(event.code);
    this.#watch();
  }

  #release(): Socket | null {
    const socket = this.#socket;
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    this.#socket = null;
    return socket;
  }

  #send(frame: object): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #hello(): void {
    if (this.#socket?.readyState !== OPEN) return;
    this.#show({ name: "catching-up" });
    this.#send({ t: "hello", streams: this.#positions.cursors(), build: this.#options.build });
  }

  #hear(frame: Frame<F>): void {
    this.#watch();
    if (frame.t === "live") this.#arrived();
    if (frame.t === "beat") this.#beat(frame.streams, frame.now);
    if (frame.t === "signal") this.#options.onSignal?.(frame);
    this.#absorb(frame);
  }

  #absorb(frame: Frame<F>): void {
    if (frame.t === "live") this.#positions.raise(frame.streams);
    if (frame.t === "afresh") {
      this.#positions.forget(frame.stream);
      this.#options.onAfresh(frame.stream);
    }
    if (frame.t !== "facts") return;
    const fresh = this.#positions.take(frame);
    if (fresh.length > 0) this.#options.onFacts(frame.stream, fresh);
  }

  #arrived(): void {
    this.#failures = 0;
    this.#absence = null;
    for (const name of ["grace", "offline", "poll"]) this.#later.cancel(name);
    this.#show({ name: "live", slow: false });
  }

  /** A head beyond our position for two seconds means that a frame went missing: ask for it. */
  #beat(heads: Record<string, number>, now: string): void {
    this.#options.onBeat?.(now);
    for (const [stream, head] of Object.entries(heads)) {
      const behind = () => this.#positions.isBehind(stream, head);
      if (behind()) this.#later.after(`gap ${stream}`, BEHIND, () => behind() && this.#ask(stream));
    }
  }

  async #ask(stream: string): Promise<boolean> {
    const position = this.#positions.of(stream);
    const frames = position && (await this.#options.fetchFacts(position));
    for (const frame of frames ?? []) this.#absorb(frame);
    return frames !== null;
  }

  #watch(): void {
    this.#later.after("watch", SILENCE, () => {
      this.#release()?.close(4000);
      this.#lost(1006);
    });
  }

  #lost(code: number): void {
    this.#release();
    this.#later.cancel("watch");
    if (code >= STAY_AWAY && code < 5000) return this.#end(code);
    this.#failures += 1;
    this.#countDown();
    if (!this.#online) return;
    const pause = Math.max(backOff(this.#failures, this.#random()), code === TOO_MANY ? this.#spread(CROWDED) : 0);
    this.#later.after("retry", pause, () => this.#connect());
    if (this.#failures >= this.#polling.after && !this.#later.has("poll")) void this.#poll();
  }

  #spread(milliseconds: number): number {
    return spread(milliseconds, this.#random());
  }

  #end(code: number): void {
    this.#later.cancelAll();
    this.#show({ name: "ended", code });
  }

  #countDown(): void {
    if (this.#absence) return this.#worse(this.#absence);
    if (this.#later.has("grace")) return;
    this.#later.after("grace", GRACE, () => this.#worse("reconnecting"));
    this.#later.after("offline", OFFLINE, () => this.#worse("offline"));
  }

  #worse(name: "reconnecting" | "offline"): void {
    this.#absence = name;
    if (!(this.state.name === "live" && this.state.slow)) this.#show({ name });
  }

  /** Some networks never let a socket through; the same frames then come by asking, while sockets are still tried. */
  async #poll(): Promise<void> {
    this.#later.after("poll", this.#spread(this.#polling.every), () => void this.#poll());
    if (!this.#polling.may()) return;
    const heard = await Promise.all(this.#positions.ids().map((stream) => this.#ask(stream)));
    if (!this.#later.has("poll")) return;
    if (heard.length > 0 && heard.every(Boolean)) this.#show({ name: "live", slow: true });
    else if (this.state.name === "live") this.#show({ name: "reconnecting" });
  }

  #show(state: LiveState): void {
    if (JSON.stringify(state) === JSON.stringify(this.state) && state.name !== "catching-up") return;
    this.state = state;
    this.#options.onState(state);
  }
}
