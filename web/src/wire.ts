/** The one socket of this screen, with what it said lately. What to do about it is said in `sync.ts`. */

import { Live, type LiveState, POLLING } from "../../realtime/client/live.ts";
import type { Signal, SignalKind, StaffFact, StreamAt } from "../../realtime/client/wire.gen.ts";
import { serverSaid } from "./clock.ts";
import { build, socketAddress } from "./page.ts";
import * as reads from "./reads.ts";
import { type Recent, remember } from "./state/recent.ts";
import { covered } from "./store.ts";

export interface Listener {
  facts(facts: StaffFact[]): void;
  afresh(): void;
  state(state: LiveState): void;
  signal(signal: Signal): void;
}

let heard: Recent = [];
let listener: Listener | null = null;
let isStarted = false;

const live = new Live<StaffFact>({
  url: socketAddress("/live/inbox/"),
  build,
  fetchFacts: reads.facts,
  polling: { ...POLLING, may: () => !covered.peek() },
  onFacts: (stream, facts) => {
    heard = remember(heard, stream, facts);
    listener?.facts(facts);
  },
  onAfresh: () => listener?.afresh(),
  onState: (state) => {
    if (state.name === "ended") isStarted = false;
    listener?.state(state);
  },
  onSignal: (signal) => listener?.signal(signal),
  onBeat: serverSaid,
});

export function listen(to: Listener): void {
  listener = to;
}

export const recent = (): Recent => heard;

/** Follows these streams from now on; the first call, and the first after an end, opens the socket. */
export function rebase(streams: readonly StreamAt[]): void {
  if (isStarted) live.rebase(streams);
  else live.start(streams);
  isStarted = true;
}

export const signal = (kind: SignalKind, conversation: string): void => live.signal(kind, conversation);
export const nudge = (): void => live.nudge();
export const setOnline = (is: boolean): void => live.online(is);
