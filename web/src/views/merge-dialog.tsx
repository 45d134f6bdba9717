/** Two entries side by side: one person, whose better details stay, or two people. */

import { useEffect, useState } from "preact/hooks";
import type { MergeAhead } from "../../../realtime/client/wire.gen.ts";
import { Refused } from "../http.ts";
import * as desk from "../merges.ts";
import { teamOf } from "../store.ts";
import { consequences, detail, NAMES, why } from "../words/merges.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";
import { why as whyNot } from "./name-form.tsx";

interface MergeDialogProps {
  kept: string;
  other: string;
  onClose: () => void;
}

export function MergeDialog({ kept, other, onClose }: MergeDialogProps) {
  const [isTurned, setTurned] = useState(false);
  const [times, setTimes] = useState(0);
  const [ahead, setAhead] = useState<MergeAhead | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [stays, goes] = isTurned ? [other, kept] : [kept, other];
  useEffect(() => {
    let isOver = false;
    desk.ahead(stays, goes).then(
      (found) => !isOver && setAhead(found),
      () => !isOver && setFailed(true),
    );
    return () => {
      isOver = true;
    };
  }, [stays, goes, times]);
  const isHere = ahead?.kept.id === stays && ahead.merged.id === goes;
  return (
    <Modal title="One person or two?" onClose={onClose} wide>
      {isFailed && <p class="hint bad">The two entries did not load. Close this and try again.</p>}
      {!isFailed && !isHere && <p class="muted">Loading…</p>}
      {ahead && isHere && (
        <Compare
          key={`${ahead.kept.id} ${ahead.kept.rev} ${ahead.merged.rev}`}
          ahead={ahead}
          onTurn={() => setTurned(!isTurned)}
          onStale={() => setTimes(times + 1)}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

interface CompareProps {
  ahead: MergeAhead;
  onTurn: () => void;
  onStale: () => void;
  onClose: () => void;
}

function Compare({ ahead, onTurn, onStale, onClose }: CompareProps) {
  const { kept, merged } = ahead;
  const [take, setTake] = useState<readonly desk.Field[]>(() =>
    desk.FIELDS.filter((field) => !detail(kept, field) && detail(merged, field)),
  );
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useFirstFocus<HTMLFormElement>(kept.id);
  const act = async (what: () => Promise<void>) => {
    setBusy(true);
    try {
      await what();
      onClose();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
      if (error.code === "moved_on") onStale();
    } finally {
      setBusy(false);
    }
  };
  const choose = (field: desk.Field, fromOther: boolean) =>
    setTake(fromOther ? [...take, field] : take.filter((each) => each !== field));
  const phoneStays = take.includes("phone");
  return (
    <form
      ref={form}
      class="merge"
      onSubmit={(event) => {
        event.preventDefault();
        void act(() => desk.merge(ahead, take));
      }}
    >
      <p>{why(ahead.evidence) || "Nothing that we compare is the same in both."}</p>
      <Details ahead={ahead} take={take} onChoose={choose} />
      <button type="button" class="link" onClick={onTurn}>
        Keep the other entry instead
      </button>
      <section class="consequences">
        <h3>What a merge does</h3>
        <ul>
          {consequences(ahead, phoneStays, (id) => teamOf(id)?.name ?? "another team").map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p class="muted">
          You can undo it for 30 days. What somebody writes after the merge then stays with the entry that was kept,
          with its whole conversation.
        </p>
      </section>
      {refused && (
        <p class="hint bad" role="alert">
          {whyNot(refused)}
        </p>
      )}
      <button
        type="button"
        class="link"
        disabled={isBusy}
        onClick={() => void act(() => desk.tellApart(kept.id, merged.id))}
      >
        Not the same person
      </button>
      <Closing onLeave={onClose} isDisabled={isBusy}>
        Merge into one
      </Closing>
    </form>
  );
}

interface DetailsProps {
  ahead: MergeAhead;
  take: readonly desk.Field[];
  onChoose: (field: desk.Field, fromOther: boolean) => void;
}

/** What differs is chosen, what does not is shown once. */
function Details({ ahead: { kept, merged }, take, onChoose }: DetailsProps) {
  const shown = desk.FIELDS.filter((field) => detail(kept, field) || detail(merged, field));
  return (
    <table class="compare">
      <thead>
        <tr>
          <td />
          <th scope="col">The entry that stays</th>
          <th scope="col">The entry that goes</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((field) => {
          const [own, others] = [detail(kept, field), detail(merged, field)];
          const isTaken = take.includes(field);
          const choice = (text: string, isChosen: boolean, fromOther: boolean) => (
            <label class={isChosen ? "chosen" : ""}>
              <input
                type="radio"
                name={field}
                aria-label={`${NAMES[field]}: ${text || "nothing on file"}`}
                checked={isChosen}
                onChange={() => onChoose(field, fromOther)}
              />
              <span dir="auto">{text || <span class="muted">not on file</span>}</span>
            </label>
          );
          return (
            <tr key={field}>
              <th scope="row">{NAMES[field]}</th>
              {own === others ? (
                <td colSpan={2}>{own}</td>
              ) : (
                <>
                  <td>{choice(own, !isTaken, false)}</td>
                  <td>{choice(others, isTaken, true)}</td>
                </>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
