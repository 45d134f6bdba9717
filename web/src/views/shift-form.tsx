/** To whom all that is mine goes at the end of a shift, and with which words. */

import { useEffect, useRef, useState } from "preact/hooks";
import { newKey } from "../../../realtime/client/outbox.ts";
import { Refused } from "../http.ts";
import type { Shift } from "../reads.ts";
import * as shiftWork from "../shift.ts";
import { me } from "../store.ts";
import { many } from "../words/counts.ts";
import { inWords } from "../words/refusals.ts";
import { summary } from "../words/several.ts";
import { Select } from "./select.tsx";

interface FormProps {
  shift: Shift;
  onClose: () => void;
  /** Some were refused: what is left is asked for again. */
  onLeft: () => void;
}

const NOBODY = "nobody";

export function ShiftForm({ shift, onClose, onLeft }: FormProps) {
  const rows = shiftWork.givable(shift);
  const [to, setTo] = useState("");
  const [body, setBody] = useState("");
  const { said, isBusy, go } = useGiving(rows, onClose, onLeft);
  useEffect(() => void shiftWork.needPeople(rows), [shift]);
  if (rows.length === 0) return said ? <p role="alert">{said}</p> : null;
  const people = shiftWork.people(rows);
  const room = (me.value?.limits.body ?? 5000) - [...body].length;
  const isReady = to !== "" && body.trim() !== "" && room >= 0 && !isBusy;
  const finish = () => isReady && void go(people.find((each) => each.id === to) ?? null, body);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <h3>Hand over {many(rows.length, "conversation")}</h3>
      <Select
        label="To whom"
        value={to}
        options={{
          "": "Choose…",
          ...Object.fromEntries(people.map((each) => [each.id, each.name])),
          [NOBODY]: "Nobody: the team",
        }}
        onValue={setTo}
      />
      <label class="field">
        What they need to know
        <textarea
          rows={3}
          dir="auto"
          required
          value={body}
          aria-describedby="shift-hint"
          onInput={(event) => setBody(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && finish()}
        />
      </label>
      <p class="muted" id="shift-hint">
        It goes into each of them as a note for your team. Patients do not see it. What you wrote for later is still
        sent.
        {room < 500 && ` ${room} characters left.`}
      </p>
      {said && (
        <p class="hint bad" role="alert">
          {said}
        </p>
      )}
      <footer>
        <button type="button" onClick={onClose}>
          Not now
        </button>
        <button type="submit" class="primary" disabled={!isReady}>
          Hand over all
        </button>
      </footer>
    </form>
  );
}

/** After a lost answer the same key is asked again, so that each is handed over once. */
function useGiving(rows: Parameters<typeof shiftWork.giveAll>[0], onClose: () => void, onLeft: () => void) {
  const key = useRef(newKey());
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);
  const go = async (to: Parameters<typeof shiftWork.giveAll>[1], body: string) => {
    setBusy(true);
    setSaid("");
    try {
      const left = await shiftWork.giveAll(rows, to, key.current, body);
      if (left.length === 0) return onClose();
      key.current = newKey();
      setSaid(summary("handed over", rows.length - left.length, left));
      onLeft();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!error.isSilence) key.current = newKey();
      setSaid(`${inWords(error)}.`);
    } finally {
      setBusy(false);
    }
  };
  return { said, isBusy, go };
}
