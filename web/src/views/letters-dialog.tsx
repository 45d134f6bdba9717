/** Letters between the clinic's admins and the people who run BloomText. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { ClinicLetter } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import * as letters from "../letters.ts";
import { me } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import { sentence } from "../words/time.ts";
import { Closing } from "./closing.tsx";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

const LONGEST = 2000;

export function LettersDialog({ onClose }: { onClose: () => void }) {
  const [known, setKnown] = useState<readonly ClinicLetter[] | null>(null);
  const [failed, setFailed] = useState(false);
  const unread = me.value?.letters ?? 0;
  const isAdmin = me.value?.user.role === "admin";
  // Again when the wire said that something came: then more are unread than before.
  useEffect(() => {
    if (!isAdmin) return;
    const show = async () => {
      setKnown((await letters.shown()).letters);
      if (unread > 0) await letters.see();
    };
    show().catch(() => setFailed(true));
  }, [unread, isAdmin]);
  return (
    <Modal title="Write to BloomText" onClose={onClose}>
      {!isAdmin && <p>An admin of your clinic writes to the people who run BloomText.</p>}
      {failed && <p role="alert">This did not load. Close it and try again.</p>}
      {known && <Thread letters={known} />}
      {isAdmin && <Writing onKnown={setKnown} onClose={onClose} />}
    </Modal>
  );
}

function Thread({ letters: all }: { letters: readonly ClinicLetter[] }) {
  if (all.length === 0) return null;
  return (
    <ol class="letters" aria-label="Letters">
      {all.map((each) => (
        <li key={each.id} class={each.by ? "" : "theirs"}>
          <strong>{each.by ?? "BloomText"}</strong>{" "}
          <span class="muted small">
            {sentence(each.at, clock.now.value)}
            {each.by && each.seen && ", read"}
          </span>
          <p dir="auto">{each.body}</p>
        </li>
      ))}
    </ol>
  );
}

interface WritingProps {
  onKnown: (letters: readonly ClinicLetter[]) => void;
  onClose: () => void;
}

function Writing({ onKnown, onClose }: WritingProps) {
  const id = useRef(crypto.randomUUID());
  const [body, setBody] = useState("");
  const [refused, setRefused] = useState<Refused | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    try {
      onKnown((await letters.write(id.current, body)).letters);
      id.current = crypto.randomUUID();
      setBody("");
      setRefused(null);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <label class="field">
        Your question
        <textarea
          rows={4}
          maxLength={LONGEST}
          required
          value={body}
          aria-describedby="no-patients"
          onInput={(event) => setBody(event.currentTarget.value)}
        />
      </label>
      <p class="hint" id="no-patients">
        <Icon name="alert" size={14} />
        <span>
          Leave patients out: no names, numbers or what they wrote. The people who run BloomText read this, and so do
          all admins of your clinic.
        </span>
      </p>
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}.
        </p>
      )}
      <Closing leave="Close" onLeave={onClose} isDisabled={body.trim() === ""}>
        Send
      </Closing>
    </form>
  );
}
