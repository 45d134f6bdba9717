/** Where notes call on me: how many are new, and all of them in a list. */

import { useEffect, useState } from "preact/hooks";
import type { Mention } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../mentions.ts";
import * as reads from "../reads.ts";
import { me, teamOf } from "../store.ts";
import { many } from "../words/counts.ts";
import { when } from "../words/time.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";
import { NoteText } from "./text.tsx";

/** The line among the views. */
export function MentionsLink() {
  const count = me.value?.mentions ?? 0;
  return (
    <li>
      <button type="button" title="M" onClick={desk.list}>
        <Icon name="note" />
        <span class="grow">Mentions</span>
        {count > 0 && <span class="count">{count}</span>}
      </button>
    </li>
  );
}

/** On the inbox button, which is on every screen. */
export function MentionsMark() {
  const count = me.value?.mentions ?? 0;
  if (count === 0) return null;
  return (
    <span class="count mentions" title={many(count, "new mention")}>
      @{count}
    </span>
  );
}

export function MentionsDialog({ onClose }: { onClose: () => void }) {
  const [found, setFound] = useState<readonly Mention[] | "failed" | null>(null);
  useEffect(() => {
    reads.mentions().then(setFound, () => setFound("failed"));
  }, []);
  return (
    <Modal title="Mentions" onClose={onClose} wide>
      {found === "failed" && <p role="alert">Your mentions did not load. Close this and try again.</p>}
      {found === null && <p class="muted">Loading…</p>}
      {Array.isArray(found) && <Found found={found} />}
    </Modal>
  );
}

function Found({ found }: { found: readonly Mention[] }) {
  if (found.length === 0) return <p class="muted">Nobody has mentioned you in a note yet.</p>;
  return (
    <ul class="mentions">
      {found.map((each) => (
        <li key={each.note.id}>
          <button type="button" class={each.seen_at ? "" : "unseen"} onClick={() => void desk.open(each)}>
            <span class="muted">
              {!each.seen_at && <strong>New · </strong>}
              {each.note.by.name} about {each.patient.name} · {teamOf(each.team)?.name} ·{" "}
              {when(each.note.at, clock.now.value)}
            </span>
            <NoteText body={each.note.body} mentions={each.note.mentions} />
          </button>
        </li>
      ))}
    </ul>
  );
}
