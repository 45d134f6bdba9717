/** "This went to the wrong person": stops a message as far as that can be done, and tells the admins what happened. */

import { useState } from "preact/hooks";
import type { Stopped } from "../../../realtime/client/wire.gen.ts";
import { Refused } from "../http.ts";
import * as incidents from "../incidents.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";

interface MisdirectedProps {
  message: string;
  onBack: () => void;
  onClose: () => void;
}

export function Misdirected({ message, onBack, onClose }: MisdirectedProps) {
  const box = useFirstFocus<HTMLFormElement>();
  const [done, setDone] = useState<Stopped | null>(null);
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);
  if (done) return <Done done={done} onClose={onClose} />;
  const report = (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setSaid("");
    const account = String(new FormData(event.currentTarget as HTMLFormElement).get("account") ?? "");
    incidents
      .report(message, account)
      .then(setDone, (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        setSaid(inWords(error));
      })
      .finally(() => setBusy(false));
  };
  return (
    <form ref={box} onSubmit={report}>
      <p>
        Unless it was viewed, the message is taken back. Every link that went to the same phone or mailbox ends. The
        admins of your clinic hear of it.
      </p>
      <label class="field">
        What happened, and who may have got it
        <textarea name="account" rows={4} maxLength={2000} required dir="auto" />
      </label>
      {said && (
        <p class="hint bad" role="alert">
          {said}
        </p>
      )}
      <Closing leave="Back" onLeave={onBack} isDisabled={isBusy}>
        Stop it and tell the admins
      </Closing>
    </form>
  );
}

function Done({ done, onClose }: { done: Stopped; onClose: () => void }) {
  const box = useFirstFocus<HTMLDivElement>();
  return (
    <div ref={box}>
      <p role="status">
        <strong>{incidents.standing(done)}.</strong>{" "}
        {done.links === 1 ? "One link has ended." : `${done.links} links have ended.`} Your admins were told.
      </p>
      <p class="muted">Before you write again, put the phone or e-mail in the patient’s entry right.</p>
      <footer>
        <button type="button" class="primary" onClick={onClose}>
          Close
        </button>
      </footer>
    </div>
  );
}
