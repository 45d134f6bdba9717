/** The whole conversation as a file for the chart. Whoever signed in some time ago proves first that it is them. */

import { useState } from "preact/hooks";
import type { Format, Proof } from "../exports.ts";
import * as exports from "../exports.ts";
import { Refused } from "../http.ts";
import { thread, toast } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { Modal } from "./modal.tsx";

const NAMES = {
  pdf: { name: "PDF", detail: "to read, print or file" },
  json: { name: "JSON", detail: "for another program; the whole content, in every script" },
} as const;

export function ExportDialog({ conversation, onClose }: { conversation: string; onClose: () => void }) {
  const open = thread.value;
  const [format, setFormat] = useState<Format>("pdf");
  const [mustProve, setMustProve] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (open?.row.id !== conversation) return null;
  const take = async (event: SubmitEvent) => {
    event.preventDefault();
    const secret = String(new FormData(event.currentTarget as HTMLFormElement).get("secret") ?? "");
    setBusy(true);
    setRefused(null);
    try {
      if (mustProve) await exports.prove(proofOf(secret));
      setMustProve(false);
      await exports.save(conversation, format);
      onClose();
      toast("Saved to your downloads");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "prove_again") setMustProve(true);
      else setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal title="Export for the chart" onClose={onClose}>
      <form onSubmit={(event) => void take(event)}>
        <p>All messages with {open.patient.name}, with how each was delivered and when it was viewed.</p>
        <fieldset class="choices">
          <legend class="hidden">As</legend>
          {(["pdf", "json"] as const).map((each) => (
            <label key={each} class="check">
              <input type="radio" name="format" checked={format === each} onChange={() => setFormat(each)} />
              <span>
                {NAMES[each].name}
                <small>{NAMES[each].detail}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {mustProve && <Secret />}
        {refused && (
          <p class="hint bad" role="alert">
            {inWords(refused)}
          </p>
        )}
        <p class="muted">
          This is recorded with your name and the time. The file is private: keep it in the chart only.
        </p>
        <Closing onLeave={onClose} isDisabled={isBusy}>
          {isBusy ? "Making the file…" : mustProve ? "Continue" : "Export"}
        </Closing>
      </form>
    </Modal>
  );
}

/** A code is six digits; no password is so short. */
export function proofOf(secret: string): Proof {
  const code = secret.replaceAll(" ", "");
  return /^\d{6}$/.test(code) ? { code } : { password: secret };
}

export function Secret() {
  return (
    <label class="field">
      You signed in a while ago. Your password, or a code from your authenticator
      <input
        name="secret"
        type="password"
        autocomplete="current-password"
        required
        ref={(field) => field?.focus({ preventScroll: true })}
      />
    </label>
  );
}
