/** What an administrator decides for the whole clinic. */

import { useState } from "preact/hooks";
import * as actions from "../actions.ts";
import { Refused } from "../http.ts";
import { me, toast } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import { Modal } from "./modal.tsx";

const YOUNGEST = 12;
const OLDEST = 21;

export function ClinicDialog({ onClose }: { onClose: () => void }) {
  const [years, setYears] = useState(me.value?.organization.review_age ?? 18);
  const [refused, setRefused] = useState<Refused | null>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      const kept = await actions.setReviewAge(years);
      if (me.value) me.value = { ...me.value, organization: { ...me.value.organization, review_age: kept.years } };
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
        <fieldset class="answers">
          <legend>Review who acts for a young patient at</legend>
          <input
            type="number"
            aria-label="Age in years"
            min={YOUNGEST}
            max={OLDEST}
            required
            value={years}
            onInput={(event) => setYears(event.currentTarget.valueAsNumber || 0)}
          />
          years
        </fieldset>
        <p class="muted">
          On that birthday the access of parents and others rests until somebody here has looked at it. Your state’s law
          says from which age young people decide about their own care. From {YOUNGEST} to {OLDEST}.
        </p>
        {refused && (
          <p class="hint bad" role="alert">
            {inWords(refused)}.
          </p>
        )}
        <footer>
          <button type="button" onClick={onClose}>
            Not now
          </button>
          <button type="submit" class="primary">
            Save
          </button>
        </footer>
      </form>
    </Modal>
  );
}
