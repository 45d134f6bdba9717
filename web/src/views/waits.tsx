/** How long a patient's question waits: in the row's corner, as a word of the row, and in full beside the conversation. */

import type { Row } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { hours } from "../hours.ts";
import { type Tone, type Wait, waitOf } from "../words/waits.ts";
import { Icon } from "./icon.tsx";

/** Null where nobody waits. */
export function waitIn(row: Row, now: number): Wait | null {
  return row.needs_reply_since ? waitOf(row.needs_reply_since, hours.value.get(row.team), now) : null;
}

export function RowWait({ wait }: { wait: Wait }) {
  return (
    <span class="row-time waits" title={wait.said}>
      <Icon name="clock" size={13} />
      <span aria-hidden="true">{wait.short}</span>
      <span class="hidden">{wait.said}</span>
    </span>
  );
}

const LOOKS: Record<Tone, string> = { calm: "", due: "todo", overdue: "todo overdue" };

/** It says again what the corner says in full, so it is for the eye only. */
export function WaitTag({ wait }: { wait: Wait }) {
  if (!wait.mark) return null;
  return (
    <span class={`tag wait ${LOOKS[wait.tone]}`} title={wait.said} aria-hidden="true">
      {wait.mark}
    </span>
  );
}

export function PanelWait({ row }: { row: Row }) {
  const wait = waitIn(row, clock.now.value);
  if (!wait) return null;
  return (
    <p class={`hint ${wait.tone === "calm" ? "" : "warn"}`}>
      <Icon name="clock" size={14} /> {wait.said}
    </p>
  );
}
