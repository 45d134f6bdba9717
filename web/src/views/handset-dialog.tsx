/** A phone inside of the product: what a number in its trial sends stays on it, and an admin answers as a patient would. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Handset, HandsetPhone } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as handset from "../handset.ts";
import { Refused } from "../http.ts";
import { phone as phoneWords } from "../words/phone.ts";
import { inWords } from "../words/refusals.ts";
import { sentence } from "../words/time.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

/** Nothing tells this dialog that a text came; few have it open, and not for long. */
const EVERY = 2_000;
const LINK = /(https?:\/\/\S+)/;

export function HandsetDialog({ onClose }: { onClose: () => void }) {
  const [known, setKnown] = useState<Handset | null>(null);
  const [failed, setFailed] = useState(false);
  const [chosen, setChosen] = useState(0);
  useEffect(() => {
    const look = () =>
      handset.shown().then(
        (there) => {
          setKnown(there);
          setFailed(false);
        },
        () => setFailed(true),
      );
    void look();
    const again = setInterval(() => void look(), EVERY);
    return () => clearInterval(again);
  }, []);
  const open = known?.phones[chosen] ?? known?.phones[0];
  return (
    <Modal title="Handset for trying" onClose={onClose}>
      <p class="hint" role="note">
        <Icon name="alert" size={14} />
        <span>
          Not a real phone. What {known?.numbers.map(phoneWords).join(" and ") || "your trial’s number"} sends stays
          here and reaches nobody. What you write or open here counts as the patient’s.
        </span>
      </p>
      {failed && <p role="alert">This did not load. It is tried again.</p>}
      {known && !open && (
        <p>
          Nothing is on it yet. Add a patient with any phone and send them a message: the text comes here in a moment.
        </p>
      )}
      {known && known.phones.length > 1 && (
        <label class="field">
          Phone
          <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {known.phones.map((each, at) => (
              <option key={`${each.phone} ${each.number}`} value={at}>
                {phoneWords(each.phone)}, from {phoneWords(each.number)}
              </option>
            ))}
          </select>
        </label>
      )}
      {open && <Phone phone={open} onKnown={setKnown} />}
    </Modal>
  );
}

function Phone({ phone, onKnown }: { phone: HandsetPhone; onKnown: (handset: Handset) => void }) {
  const end = useRef<HTMLOListElement>(null);
  const many = phone.lines.length;
  useEffect(() => end.current?.scrollTo(0, end.current.scrollHeight), [many, phone.phone]);
  return (
    <section class="handset" aria-label={`Phone ${phoneWords(phone.phone)}`}>
      <p class="muted small">{phoneWords(phone.number)}</p>
      <ol ref={end} aria-live="polite">
        {phone.lines.map((each) => (
          <li key={each.id} class={each.ours ? "" : "own"}>
            <p dir="auto">
              <Words text={each.words} />
            </p>
            <span class="muted small">{sentence(each.at, clock.now.value)}</span>
          </li>
        ))}
      </ol>
      <Answer phone={phone} onKnown={onKnown} />
    </section>
  );
}

function Words({ text }: { text: string }) {
  return (
    <>
      {text.split(LINK).map((piece) =>
        LINK.test(piece) ? (
          <a key={piece} href={piece} target="_blank" rel="noopener">
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </>
  );
}

function Answer({ phone, onKnown }: { phone: HandsetPhone; onKnown: (handset: Handset) => void }) {
  const id = useRef(crypto.randomUUID());
  const [body, setBody] = useState("");
  const [refused, setRefused] = useState<Refused | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    try {
      onKnown(await handset.write({ id: id.current, phone: phone.phone, number_id: phone.number_id, body }));
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
        Answer as the patient
        <input value={body} maxLength={1000} required onInput={(event) => setBody(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={body.trim() === ""}>
        Send as the patient
      </button>
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}.
        </p>
      )}
    </form>
  );
}
