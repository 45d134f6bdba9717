/** To whom all that is mine goes at the end of a shift, and with which words. */

import { useEffect, useState } from "preact/hooks";
import type { Shift } from "../reads.ts";
import * as shiftWork from "../shift.ts";
import { many } from "../words/counts.ts";
import { summary } from "../words/several.ts";
import { Closing } from "./closing.tsx";
import { HandingWords, mayGo, NO_WORDS, useHanding, wordsOf } from "./handing.tsx";
import { Select } from "./select.tsx";

interface FormProps {
  shift: Shift;
  onClose: () => void;
  /** Some were refused: what is left is asked for again. */
  onLeft: () => void;
}

const NOBODY = "nobody";
const HINT =
  "It goes into each of them as a note for your team. Patients do not see it. What you wrote for later is still sent.";

export function ShiftForm({ shift, onClose, onLeft }: FormProps) {
  const rows = shiftWork.givable(shift);
  const [to, setTo] = useState("");
  const [draft, setDraft] = useState(NO_WORDS);
  const { said, isBusy, go } = useHanding();
  useEffect(() => void shiftWork.needPeople(rows), [shift]);
  if (rows.length === 0) return said ? <p role="alert">{said}</p> : null;
  const people = shiftWork.people(rows);
  const callable = shiftWork.inAll(rows);
  const isReady = to !== "" && mayGo(draft) && !isBusy;
  const hand = async (key: string) => {
    const next = people.find((each) => each.id === to) ?? null;
    const left = await shiftWork.giveAll(rows, next, wordsOf(draft, callable, key));
    if (left.length > 0) onLeft();
    else onClose();
    return left.length > 0 ? summary("handed over", rows.length - left.length, left) : "";
  };
  const finish = () => isReady && void go(hand);
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
      <HandingWords
        id="shift-words"
        rows={3}
        people={callable}
        draft={draft}
        onDraft={setDraft}
        onFinish={finish}
        hint={HINT}
      />
      {said && (
        <p class="hint bad" role="alert">
          {said}
        </p>
      )}
      <Closing onLeave={onClose} isDisabled={!isReady}>
        Hand over all
      </Closing>
    </form>
  );
}
