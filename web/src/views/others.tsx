/** What else this patient writes about, with teams whose inbox I may read. */

import type { Beside } from "../../../realtime/client/wire.gen.ts";
import { isUnfolded, useOthers } from "../beside.ts";
import * as clock from "../clock.ts";
import type { ThreadState } from "../state/thread.ts";
import { dialog, teamOf } from "../store.ts";
import { many } from "../words/counts.ts";
import { isSameDay, when } from "../words/time.ts";
import { Folded } from "./folded.tsx";

export function Others({ open }: { open: ThreadState }) {
  const all = [...open.patient.conversations, ...(open.patient.earlier ?? [])];
  const count = all.filter((each) => each.id !== open.row.id).length;
  if (count === 0) return null;
  return (
    <Folded title={many(count, "other conversation")} isUnfolded={isUnfolded}>
      <List patient={open.patient.id} open={open.row.id} />
    </Folded>
  );
}

function List({ patient, open }: { patient: string; open: string }) {
  const { others, isFailed, again } = useOthers(patient, open);
  if (others === null && !isFailed) return <p class="muted">Loading the conversations…</p>;
  return (
    <>
      {isFailed && (
        <p role="alert">
          The conversations did not load.{" "}
          <button type="button" class="link" onClick={again}>
            Try again
          </button>
        </p>
      )}
      <ul>
        {others?.map((each) => (
          <li key={each.id}>
            <Line other={each} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ other }: { other: Beside }) {
  const team = teamOf(other.team)?.name ?? "Another team";
  const facts = [other.state === "open" ? "open" : "done", lasting(other, clock.now.value)].filter(Boolean);
  return (
    <button
      type="button"
      class="document"
      aria-haspopup="dialog"
      onClick={() => (dialog.value = { name: "beside", conversation: other.id })}
    >
      <span class="grow">
        <span class="file-name">{team}</span>
        <span class="muted">{facts.join(" · ")}</span>
        {other.line !== null && (
          <span dir="auto">
            {other.who}: {other.line}
          </span>
        )}
      </span>
    </button>
  );
}

/** "Oct 3 – 9:02 AM": from the first message to the newest one; one of them where both were on one day. */
export function lasting({ first_at: first, last_at: last }: Beside, now: number): string {
  if (first === null || last === null) return "nothing written yet";
  return isSameDay(first, last) ? when(last, now) : `${when(first, now)} – ${when(last, now)}`;
}
