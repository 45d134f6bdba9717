/** Every pair of entries that may be one person, for who settles them. */

import { useEffect, useState } from "preact/hooks";
import type { Pair, Pairs } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../merges.ts";
import { dialog } from "../store.ts";
import { why } from "../words/merges.ts";
import { marksOf } from "./find-patient.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";
import { useChanges } from "./put-back.tsx";

export function DuplicatesDialog({ onClose }: { onClose: () => void }) {
  const [found, setFound] = useState<Pairs | null>(null);
  const [isFailed, setFailed] = useState(false);
  const { change, said } = useChanges();
  const load = () =>
    desk.all().then(setFound, () => {
      setFailed(true);
    });
  useEffect(() => void load(), []);
  const box = useFirstFocus<HTMLDivElement>(String(found?.pairs.length));
  const tellApart = async ({ one, other }: Pair) => {
    if (await change(() => desk.tellApart(one.id, other.id), null)) await load();
  };
  return (
    <Modal title="Possible duplicates" onClose={onClose} wide>
      <div ref={box} class="duplicates">
        {said}
        {found === null && (
          <p class="muted">{isFailed ? "The list did not load. Try again in a moment." : "Loading…"}</p>
        )}
        {found?.pairs.length === 0 && <p class="muted">There are none: no two entries look like one person.</p>}
        <ul>
          {found?.pairs.map((pair) => (
            <Item key={`${pair.one.id} ${pair.other.id}`} pair={pair} onApart={() => void tellApart(pair)} />
          ))}
        </ul>
        {found?.more && <p class="muted">There are more. They show once some of these are settled.</p>}
        <footer>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </footer>
      </div>
    </Modal>
  );
}

function Item({ pair, onApart }: { pair: Pair; onApart: () => void }) {
  const { one, other, evidence } = pair;
  const compare = () => {
    dialog.value = { name: "merge", kept: one.id, other: other.id };
  };
  return (
    <li>
      <span class="grow">
        {[one, other].map((each) => (
          <span key={each.id}>
            <strong dir="auto">{each.name}</strong> <small>{marksOf(each)}</small>
          </span>
        ))}
        <small class="muted">{why(evidence)}</small>
      </span>
      <button type="button" class="link" aria-label={`Compare ${one.name} and ${other.name}`} onClick={compare}>
        Compare…
      </button>
      <button
        type="button"
        class="link"
        aria-label={`${one.name} and ${other.name} are not the same person`}
        onClick={onApart}
      >
        Not the same
      </button>
    </li>
  );
}
