/** The supervisors' board: asked again whenever something moved, once a second at the most, and now and then anyway. */

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Board } from "../../realtime/client/wire.gen.ts";
import * as clock from "./clock.ts";
import { ask } from "./http.ts";
import { heard } from "./patient-heard.ts";
import { seldom } from "./seldom.ts";
import { covered } from "./store.ts";

/** Who is on, and what grows older by itself, is on no wire; an admin's screen hears nothing of others' teams. */
const ANYWAY = 10_000;

export interface Seen {
  /** Null until the first one is here. */
  board: Board | null;
  /** The newest question was not answered. */
  isStale: boolean;
  again: () => void;
}

export const seen = signal<Omit<Seen, "again">>({ board: null, isStale: false });

let asked = 0;
let shown = 0;

export async function load(): Promise<void> {
  if (covered.value) return;
  asked += 1;
  const mine = asked;
  try {
    const board = await ask<Board>("GET", "/board");
    // Of two that were under way the later one counts.
    if (mine < shown) return;
    shown = mine;
    clock.serverSaid(board.now);
    seen.value = { board, isStale: false };
  } catch {
    seen.value = { ...seen.value, isStale: true };
  }
}

/** As long as it is shown, and not paused. */
export function useBoard(isPaused: boolean): Seen {
  const [again] = useState(() => seldom(() => void load()));
  useEffect(() => {
    if (isPaused) return;
    void load();
    const stop = heard.subscribe(again);
    const timer = setInterval(again, ANYWAY);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [isPaused]);
  return { ...seen.value, again };
}
