/** What an administrator decides for the whole clinic. */

import { useState } from "preact/hooks";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import * as broadcasts from "../broadcasts.ts";
import * as clinic from "../clinic.ts";
import { Refused } from "../http.ts";
import { me, toast } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { Modal } from "./modal.tsx";

const AGES = [12, 21] as const;
const LENGTHS = [1, 120] as const;
const HELD = [0, 30] as const;
const ALONE = [0, 20_000] as const;
const NEWS = [0, 50] as const;

export function ClinicDialog({ onClose }: { onClose: () => void }) {
  // Another admin may set one of them meanwhile: only what was changed here is asked for.
  const [was] = useState(me.value?.organization);
  const [years, setYears] = useState(was?.review_age ?? 18);
  const [minutes, setMinutes] = useState(was?.claim_minutes ?? 10);
  const [heldBefore] = useState(me.value?.limits.undo_seconds ?? 5);
  const [held, setHeld] = useState(heldBefore);
  const [many, setMany] = useState(was?.broadcast_alone ?? 200);
  const [most, setMost] = useState(was?.broadcast_most ?? 3);
  const [words, setWords] = useState(() => lines(was?.private_words));
  const [refused, setRefused] = useState<Refused | null>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      await keep(was, { years, minutes, many, most, words });
      if (held !== heldBefore) await hold(held);
      onClose();
      toast("Saved");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    }
  };
  return (
    <Modal title="Clinic settings" onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <Amount
          legend="Review who acts for a young patient at"
          label="Age in years"
          unit="years"
          limits={AGES}
          value={years}
          onValue={setYears}
        />
        <p class="muted">
          On that birthday the access of parents and others rests until somebody here has looked at it. Your state’s law
          says from which age young people decide about their own care. From {AGES[0]} to {AGES[1]}.
        </p>
        <Amount
          legend="Whoever begins to answer has a conversation for"
          label="Length in minutes"
          unit="minutes"
          limits={LENGTHS}
          value={minutes}
          onValue={setMinutes}
        />
        <p class="muted">
          Colleagues see it as theirs. If they have not written by then, it is nobody’s again. From {LENGTHS[0]} to{" "}
          {LENGTHS[1]}.
        </p>
        <Amount
          legend="What is sent can be undone for"
          label="Time in seconds"
          unit="seconds"
          limits={HELD}
          value={held}
          onValue={setHeld}
        />
        <p class="muted">It waits for so long, and then leaves. 0: it leaves at once. Up to {HELD[1]}.</p>
        <Amount
          legend="One person may send a broadcast to"
          label="Number of patients"
          unit="patients"
          limits={ALONE}
          value={many}
          onValue={setMany}
        />
        <p class="muted">For more patients, a colleague who did not write it approves it. 0: always.</p>
        <Amount
          legend="In seven days one patient gets"
          label="Number of broadcasts"
          unit="broadcasts"
          limits={NEWS}
          value={most}
          onValue={setMost}
        />
        <p class="muted">
          Whoever has had so many is left out of the next one that is news, and its check says so. What is about their
          care goes all the same, and so does whatever one of you writes to them. 0: no limit.
        </p>
        <fieldset class="answers">
          <legend>Words that look private in a plain text</legend>
          <Words label="Also these" value={words.more} onValue={(more) => setWords({ ...words, more })} />
          <Words label="But not these" value={words.fewer} onValue={(fewer) => setWords({ ...words, fewer })} />
        </fieldset>
        <p class="muted">
          One in each line, beside our own list in English and Spanish. A * at the end stands for any letters: lab* is
          also labs and laboratory. Whoever writes such a word in a plain text is asked to send it securely.
        </p>
        {refused && (
          <p class="hint bad" role="alert">
            {inWords(refused)}.
          </p>
        )}
        <Closing onLeave={onClose}>Save</Closing>
      </form>
    </Modal>
  );
}

interface Kept {
  years: number;
  minutes: number;
  many: number;
  most: number;
  words: Lines;
}

type Clinic = Me["organization"];

/** Only what is other than before is asked for. */
async function keep(was: Clinic | undefined, { years, minutes, many, most, words }: Kept): Promise<void> {
  if (!was) return;
  if (years !== was.review_age) learn({ review_age: (await clinic.setReviewAge(years)).years });
  if (minutes !== was.claim_minutes) learn({ claim_minutes: (await clinic.setClaimLength(minutes)).minutes });
  if (many !== was.broadcast_alone) learn({ broadcast_alone: (await broadcasts.setAlone(many)).many });
  if (most !== was.broadcast_most) learn({ broadcast_most: (await broadcasts.setMost(most)).many });
  const before = lines(was.private_words);
  if (words.more === before.more && words.fewer === before.fewer) return;
  const said = { more: words.more.split("\n"), fewer: words.fewer.split("\n") };
  learn({ private_words: await clinic.setPrivateWords(said) });
}

async function hold(seconds: number): Promise<void> {
  const set = await clinic.setUndoTime(seconds);
  if (me.value) me.value = { ...me.value, limits: { ...me.value.limits, undo_seconds: set.seconds } };
}

function learn(changed: Partial<Clinic>): void {
  if (me.value) me.value = { ...me.value, organization: { ...me.value.organization, ...changed } };
}

interface Lines {
  more: string;
  fewer: string;
}

function lines(words: { more: string[]; fewer: string[] } | undefined): Lines {
  return { more: words?.more.join("\n") ?? "", fewer: words?.fewer.join("\n") ?? "" };
}

interface WordsProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
}

function Words({ label, value, onValue }: WordsProps) {
  return (
    <label class="field">
      {label}
      <textarea rows={3} value={value} onInput={(event) => onValue(event.currentTarget.value)} />
    </label>
  );
}

interface AmountProps {
  legend: string;
  label: string;
  unit: string;
  limits: readonly [number, number];
  value: number;
  onValue: (value: number) => void;
}

function Amount({ legend, label, unit, limits, value, onValue }: AmountProps) {
  return (
    <fieldset class="answers">
      <legend>{legend}</legend>
      <input
        type="number"
        aria-label={label}
        min={limits[0]}
        max={limits[1]}
        required
        value={value}
        onInput={(event) => onValue(event.currentTarget.valueAsNumber || 0)}
      />
      {unit}
    </fieldset>
  );
}
