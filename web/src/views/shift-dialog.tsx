/** The end of a shift: what I leave, and one note with which all of it goes to a colleague. */

import { useEffect, useState } from "preact/hooks";
import type { Row, View } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as lists from "../lists.ts";
import * as reads from "../reads.ts";
import { me, teamOf } from "../store.ts";
import * as threads from "../threads.ts";
import { rowStanding } from "../words/delivery.ts";
import { when } from "../words/time.ts";
import { Modal } from "./modal.tsx";
import { ShiftForm } from "./shift-form.tsx";
import { waitIn } from "./waits.tsx";

export function ShiftDialog({ onClose }: { onClose: () => void }) {
  const [found, setFound] = useState<reads.Shift | "failed" | null>(null);
  const load = () => reads.shift().then(setFound, () => setFound("failed"));
  useEffect(() => void load(), []);
  return (
    <Modal title="End of my shift" onClose={onClose} wide>
      {found === "failed" && <p role="alert">This did not load. Close it and try again.</p>}
      {found === null && <p class="muted">Loading…</p>}
      {found !== null && found !== "failed" && <Shift shift={found} onClose={onClose} onLeft={load} />}
    </Modal>
  );
}

interface ShiftProps {
  shift: reads.Shift;
  onClose: () => void;
  onLeft: () => void;
}

function Shift({ shift, onClose, onLeft }: ShiftProps) {
  const rows = new Map(shift.rows.map((row) => [row.id, row]));
  const of = (ids: readonly string[]) => ids.flatMap((id) => rows.get(id) ?? []);
  const go = (act: () => void) => () => {
    onClose();
    act();
  };
  const list = (view: View) => go(() => void lists.show("all", view));
  const open = (id: string) => go(() => void threads.open(id))();
  return (
    <>
      <div class="shift">
        <Part title="Mine" rows={of(shift.mine)} empty="Nothing is assigned to you." onOpen={open} />
        <Part title="I promised" rows={of(shift.promised)} empty={NO_PROMISE} onOpen={open} />
        <Part
          title="Waiting longest in my teams"
          rows={of(shift.waiting)}
          empty="Nobody else waits for a reply."
          onOpen={open}
          onAll={list("needs_reply")}
        />
        <Part
          title="Undelivered in my teams"
          rows={of(shift.undelivered)}
          empty="Everything else arrived."
          onOpen={open}
          onAll={list("undelivered")}
        />
      </div>
      <ShiftForm shift={shift} onClose={onClose} onLeft={onLeft} />
    </>
  );
}

const NO_PROMISE = "You have snoozed nothing, and nothing of yours waits to be sent.";

interface PartProps {
  title: string;
  rows: readonly Row[];
  empty: string;
  onOpen: (id: string) => void;
  /** Shows the whole list; absent where this is all. */
  onAll?: () => void;
}

function Part({ title, rows, empty, onOpen, onAll }: PartProps) {
  return (
    <section aria-label={title}>
      <h3>
        {title}
        {!onAll && rows.length > 0 && <span class="count">{rows.length}</span>}
      </h3>
      {rows.length === 0 && <p class="muted">{empty}</p>}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => onOpen(row.id)}>
              <strong>{row.patient.name}</strong>
              <small>{detail(row)}</small>
            </button>
          </li>
        ))}
      </ul>
      {onAll && rows.length > 0 && (
        <button type="button" class="link" onClick={onAll}>
          Show the whole list
        </button>
      )}
    </section>
  );
}

/** "Priority · waits 12 min · Front desk": why it stands here. */
function detail(row: Row): string {
  const now = clock.now.value;
  const wait = waitIn(row, now);
  const [soonest] = row.later;
  const parts = [
    row.priority && "Priority",
    wait && `Waits ${wait.short}`,
    wait?.mark,
    row.snoozed_until &&
      `Snoozed until ${row.snoozed_for_reply ? "they reply, or " : ""}${when(row.snoozed_until, now)}`,
    soonest && `To be sent ${when(soonest.at, now)}`,
    rowStanding(row, now)?.words,
    row.assignee && row.assignee.id !== me.value?.user.id && row.assignee.name,
    (me.value?.teams.length ?? 0) > 1 && teamOf(row.team)?.name,
  ];
  return parts.filter(Boolean).join(" · ");
}
