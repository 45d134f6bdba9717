/** When a conversation comes back: a few usual times, or a date and time on the clinic's clock. */

import { useState } from "preact/hooks";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import * as several from "../several.ts";
import { me } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import { dateIn, instantOf, quickTimes } from "../words/zones.ts";
import * as work from "../work.ts";
import { useFirstFocus } from "./focus.ts";
import { Chosen } from "./later-dialog.tsx";
import { Modal } from "./modal.tsx";

/** Days without an answer, after which nobody remembers by themselves. */
const LONGEST = 30;
const latest = (zone: string) => instantOf(dateIn(zone, clock.now.value, LONGEST), "08:00", zone);

/** Without a conversation: for all that are chosen in the list. */
export function SnoozeDialog({ conversation, onClose }: { conversation: string | null; onClose: () => void }) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const box = useFirstFocus<HTMLDivElement>();
  const zone = me.value?.organization.zone ?? "UTC";
  const snooze = async (at: number, forReply = false) => {
    setBusy(true);
    setRefused(null);
    try {
      await (conversation === null ? several.snooze(at, forReply) : work.snooze(conversation, at, forReply));
      onClose();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal title="Snooze until" onClose={onClose}>
      <div ref={box} class="quick-times">
        {quickTimes(zone, clock.now.value).map((quick) => (
          <button
            key={quick.words}
            type="button"
            disabled={isBusy}
            onClick={() => void snooze(instantOf(quick.date, quick.time, zone))}
          >
            {quick.words}
          </button>
        ))}
        <button type="button" disabled={isBusy} onClick={() => void snooze(latest(zone), true)}>
          When the patient replies, in {LONGEST} days at the latest
        </button>
      </div>
      <Chosen zone={zone} label="Time" act="Snooze until then" isBusy={isBusy} onChosen={(at) => void snooze(at)} />
      <p class="muted">If the patient writes first, it comes back at once.</p>
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}.
        </p>
      )}
    </Modal>
  );
}
