/** Plain texts and e-mail notices need the patient's word: what to ask, and the record that it was given. */

import { useState } from "preact/hooks";
import type { Consent } from "../../../realtime/client/wire.gen.ts";
import * as entries from "../entries.ts";
import { me, thread } from "../store.ts";
import { Closing } from "./closing.tsx";
import { focusComposer } from "./focus.ts";
import { Modal } from "./modal.tsx";

type Kind = Consent["kind"];

const WORDINGS: Record<Kind, (clinic: string) => string> = {
  plain_sms: (clinic) =>
    `${clinic} may send you plain text messages, for example about appointments. ` +
    "They are not private: anyone who sees your phone can read them. You can stop them at any time by answering STOP.",
  email: (clinic) =>
    `${clinic} may e-mail you when a private message waits for you. The e-mail has no health information, only a link. ` +
    "You can stop these e-mails at any time.",
};

const TITLES: Record<Kind, (name: string) => string> = {
  plain_sms: (name) => `May we send ${name} plain texts?`,
  email: (name) => `May we e-mail ${name}?`,
};

interface ConsentDialogProps {
  conversation: string;
  kind: Kind;
  onClose: () => void;
}

export function ConsentDialog({ conversation, kind, onClose }: ConsentDialogProps) {
  const [isAgreed, setAgreed] = useState(false);
  const [source, setSource] = useState<"spoken" | "written">("spoken");
  const [evidence, setEvidence] = useState<File | null>(null);
  const [isBusy, setBusy] = useState(false);
  const open = thread.value;
  if (open?.row.id !== conversation) return null;
  const name = open.patient.first_name || open.patient.name;
  const wording = WORDINGS[kind](me.value?.organization.name ?? "Our clinic");
  const record = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const how = source === "written" ? { source } : {};
    const isDone = await entries.recordConsent(conversation, { kind, wording, ...how }, evidence);
    setBusy(false);
    if (!isDone) return;
    onClose();
    if (kind === "plain_sms") focusComposer();
  };
  return (
    <Modal title={TITLES[kind](name)} onClose={onClose}>
      <form onSubmit={(event) => void record(event)}>
        <p>Read this aloud or in your own words, and ask:</p>
        <blockquote>{wording}</blockquote>
        <label class="check">
          <input type="checkbox" checked={isAgreed} onChange={(event) => setAgreed(event.currentTarget.checked)} />
          {name} agreed to this
        </label>
        <fieldset class="choices">
          <legend>How?</legend>
          {(["spoken", "written"] as const).map((each) => (
            <label key={each} class="check">
              <input type="radio" name="source" checked={source === each} onChange={() => setSource(each)} />
              {each === "spoken" ? "They said so" : "In writing"}
            </label>
          ))}
        </fieldset>
        {source === "written" && (
          <label class="field">
            What they signed (a picture or PDF, if you have one)
            <input
              type="file"
              accept="image/jpeg,image/png,image/heic,application/pdf"
              onChange={(event) => setEvidence(event.currentTarget.files?.[0] ?? null)}
            />
          </label>
        )}
        <p class="muted">This is recorded with your name and the time.</p>
        <Closing
          leave={kind === "plain_sms" ? "Stay private" : "Not now"}
          onLeave={onClose}
          isDisabled={!isAgreed || isBusy}
        >
          {kind === "plain_sms" ? "Record and use plain text" : "Record"}
        </Closing>
      </form>
    </Modal>
  );
}
