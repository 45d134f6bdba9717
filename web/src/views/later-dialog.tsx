/** When a message goes out: a few usual times, or a date and time on the patient's own clock. */

import { useRef, useState } from "preact/hooks";
import { newKey } from "../../../realtime/client/outbox.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import * as laters from "../laters.ts";
import type { Dialog } from "../store.ts";
import { me, thread, toast } from "../store.ts";
import { privateWords } from "../words/private.ts";
import { inWords } from "../words/refusals.ts";
import { dateIn, instantOf, inZone, nameOfZone, quickTimes, showSameTime } from "../words/zones.ts";
import { focusComposer, useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";

type Asked = Extract<Dialog, { name: "later" }>;

export function LaterDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const open = thread.value;
  const key = useRef(newKey());
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const box = useFirstFocus<HTMLDivElement>();
  if (open?.row.id !== asked.conversation) return null;
  const { zone } = open.patient;
  const schedule = async (at: number) => {
    setBusy(true);
    setRefused(null);
    try {
      await laters.sendLater({ ...asked, key: key.current, at });
      onClose();
      focusComposer();
      toast(`Goes out ${inZone(at, zone)}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // A no is final for this key; after silence the same key asks whether it was taken after all.
      if (!error.isSilence) key.current = newKey();
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  const now = clock.now.value;
  const name = open.patient.first_name || open.patient.name;
  return (
    <Modal title="Send later" onClose={onClose}>
      <div ref={box} class="quick-times">
        {quickTimes(zone, now).map((quick) => (
          <button
            key={quick.words}
            type="button"
            disabled={isBusy}
            onClick={() => void schedule(instantOf(quick.date, quick.time, zone))}
          >
            {quick.words}
          </button>
        ))}
      </div>
      <Chosen
        zone={zone}
        label={`Time for ${name}`}
        act="Send then"
        isBusy={isBusy}
        onChosen={(at) => void schedule(at)}
      />
      <p class="muted">If {name} writes first, it does not go out.</p>
      {refused && (
        <p class="hint bad" role="alert">
          {refused.code === "looks_private" ? privateWords(refused.about.found ?? []) : inWords(refused)}.
        </p>
      )}
    </Modal>
  );
}

interface ChosenProps {
  zone: string;
  /** Of the field for the time. */
  label: string;
  /** On the button. */
  act: string;
  isBusy: boolean;
  onChosen: (at: number) => void;
}

/** A date and a time on the clock of a zone. */
export function Chosen({ zone, label, act, isBusy, onChosen }: ChosenProps) {
  const now = clock.now.value;
  const [date, setDate] = useState(dateIn(zone, now, 1));
  const [time, setTime] = useState("09:00");
  const at = instantOf(date, time, zone);
  const isGood = !Number.isNaN(at) && at > now;
  return (
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood) onChosen(at);
      }}
    >
      <label class="field">
        Date
        <input
          type="date"
          value={date}
          min={dateIn(zone, now)}
          max={dateIn(zone, now, 365)}
          onInput={(event) => setDate(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        {label}
        <input type="time" value={time} onInput={(event) => setTime(event.currentTarget.value)} />
      </label>
      <p class="muted wide" aria-live="polite">
        <GoesOut at={at} zone={zone} isGood={isGood} />
      </p>
      <footer>
        <button type="submit" class="primary" disabled={!isGood || isBusy}>
          {act}
        </button>
      </footer>
    </form>
  );
}

/** The zone by its name, and the clinic's own time where that differs: clocks that change are seen here too. */
function GoesOut({ at, zone, isGood }: { at: number; zone: string; isGood: boolean }) {
  if (Number.isNaN(at)) return <>Choose a date and a time.</>;
  if (!isGood) return <>That time is over.</>;
  const here = me.value?.organization.zone ?? zone;
  const clinic = showSameTime(zone, here, at) ? "" : ` ${inZone(at, here)} at the clinic.`;
  return (
    <>
      {inZone(at, zone)}, {nameOfZone(zone, at)}.{clinic}
    </>
  );
}
