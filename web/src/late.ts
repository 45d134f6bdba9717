/** A patient's question that has come to wait longer than its team's goal: whoever answers for the team hears it once. */

import { effect, untracked } from "@preact/signals";
import * as bell from "./bell.ts";
import * as clock from "./clock.ts";
import { hours } from "./hours.ts";
import { covered, inbox, me, teamOf } from "./store.ts";
import { type Tone, waitOf } from "./words/waits.ts";

/** How each question stood when it was looked at last. One that is late when it is first seen is no news. */
let tones: ReadonlyMap<string, Tone> = new Map();

export function watch(): void {
  effect(() => {
    const now = clock.now.value;
    untracked(() => hear(now));
  });
}

function hear(now: number): void {
  const before = tones;
  const seen = new Map<string, Tone>();
  for (const { id, team, needs_reply_since: since, assignee } of inbox.value?.rows.values() ?? []) {
    const here = hours.value.get(team);
    if (!since || !here?.hours?.goal_minutes) continue;
    const key = `${id} ${since}`;
    const { tone } = waitOf(since, here, now);
    seen.set(key, tone);
    const isNews = tone === "overdue" && (before.get(key) ?? tone) !== tone;
    if (isNews && teamOf(team)?.is_member) tell(team, assignee?.id === me.value?.user.id);
  }
  tones = seen;
}

/** Nobody but those who may see the screen reads which team it is. */
function tell(team: string, isMine: boolean): void {
  const where = covered.value ? "" : ` in ${teamOf(team)?.name}`;
  void bell.ring(`A patient has waited longer than your goal${where}`, isMine, "late");
}
