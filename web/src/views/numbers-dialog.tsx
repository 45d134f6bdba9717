/** A short name for each of our numbers: staff read it wherever they choose between them, and patients never. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { NumberLine } from "../../../realtime/client/wire.gen.ts";
import { Refused } from "../http.ts";
import * as numbers from "../numbers.ts";
import { me } from "../store.ts";
import { phone } from "../words/phone.ts";
import { Modal } from "./modal.tsx";
import { why } from "./name-form.tsx";

const LONGEST = 40;

export function NumbersDialog({ onClose }: { onClose: () => void }) {
  const [lines, setLines] = useState<readonly NumberLine[] | null>(null);
  const [failed, setFailed] = useState(false);
  // Asked again whenever what I know of the clinic was: a colleague may have named one.
  const mine = me.value;
  useEffect(() => {
    const took = (found: readonly NumberLine[]) => {
      setLines(found);
      setFailed(false);
    };
    numbers.all().then(took, () => setFailed(true));
  }, [mine]);
  return (
    <Modal title="Names of our numbers" onClose={onClose}>
      <p class="muted">
        A short name, such as “Refills line”, tells your colleagues which number is which. Patients do not see it.
      </p>
      {failed && <p role="alert">The numbers did not load. Close this and try again.</p>}
      {lines?.length === 0 && <p class="muted">None of your teams has a number yet.</p>}
      {lines?.map((line) => (
        <Line key={line.number} line={line} onNamed={setLines} />
      ))}
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </footer>
    </Modal>
  );
}

interface LineProps {
  line: NumberLine;
  onNamed: (lines: readonly NumberLine[]) => void;
}

function Line({ line, onNamed }: LineProps) {
  const kept = line.label ?? "";
  const [label, setLabel] = useState(kept);
  const last = useRef(kept);
  // A colleague gave it another name: it stands here unless something else was begun.
  useEffect(() => {
    if (label === last.current) setLabel(kept);
    last.current = kept;
  }, [kept]);
  const [said, setSaid] = useState<"saved" | Refused | null>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      const all = await numbers.name(line, label);
      setLabel(all.find((each) => each.number === line.number)?.label ?? "");
      onNamed(all);
      setSaid("saved");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setSaid(error);
    }
  };
  return (
    <form class="number-name" onSubmit={(event) => void save(event)}>
      <label class="field grow">
        {phone(line.number)} · {line.team_name}
        <input
          maxLength={LONGEST}
          dir="auto"
          autocomplete="off"
          placeholder="Refills line"
          value={label}
          onInput={(event) => {
            setLabel(event.currentTarget.value);
            setSaid(null);
          }}
        />
      </label>
      <button type="submit" aria-label={`Save the name of ${phone(line.number)}`}>
        Save
      </button>
      <p class={`hint ${said instanceof Refused ? "bad" : ""}`} role="status">
        {said === "saved" && "Saved."}
        {said instanceof Refused && why(said)}
      </p>
    </form>
  );
}
