/** In the composer, where a patient has several: which phone or e-mail this one message goes to. */

import { useEffect } from "preact/hooks";
import { type Kind, kindsOf } from "../chosen.ts";
import * as contacts from "../contacts.ts";
import type { ThreadState } from "../state/thread.ts";
import { draftOf, keepDraft } from "../store.ts";
import { LABELS } from "../words/contacts.ts";
import { type Choice, contactHint } from "../words/ways.ts";

export function ToPicker({ open: { patient, row }, choice }: { open: ThreadState; choice: Choice }) {
  const { id, rev } = patient;
  // Without them it goes to the preferred one.
  useEffect(() => void contacts.load(id, rev).catch(() => undefined), [id, rev]);
  const all = contacts.of(id)?.contacts ?? [];
  return (
    <>
      {kindsOf(choice).map((kind) => {
        const some = all.filter((each) => each.kind === kind);
        if (some.filter((each) => each.preferred || each.why === null).length > 1)
          return <Which key={kind} kind={kind} some={some} conversation={row.id} />;
        return <span key={kind}>{contactHint(patient, kind === "phone" ? "secure_sms" : "secure_email")} </span>;
      })}
    </>
  );
}

interface WhichProps {
  kind: Kind;
  some: readonly contacts.Contact[];
  conversation: string;
}

function Which({ kind, some, conversation }: WhichProps) {
  const draft = draftOf(conversation);
  const chosen = some.find((each) => each.id === draft.to?.[kind]?.id && !each.preferred);
  const choose = (id: string) => {
    const next = some.find((each) => each.id === id && !each.preferred);
    const { to = {}, ...rest } = draft;
    const { [kind]: _, ...others } = to;
    const now = next ? { ...others, [kind]: next } : others;
    keepDraft(conversation, Object.keys(now).length > 0 ? { ...rest, to: now } : rest);
  };
  return (
    <>
      <select
        class="to-which"
        aria-label={kind === "phone" ? "To which phone" : "To which e-mail"}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {some.map((each) => (
          <option
            key={each.id}
            value={each.id}
            selected={chosen ? each === chosen : each.preferred}
            disabled={!each.preferred && each.why !== null}
          >
            {called(each)}
          </option>
        ))}
      </select>
      {chosen?.shared && <span class="warn"> Another patient has it too.</span>}
    </>
  );
}

/** "(312) 555-0170 · Work". */
function called({ display, label, preferred, words, why }: contacts.Contact): string {
  const which = label ? LABELS[label] : "";
  const not = why && !preferred ? `cannot be used: ${words ?? why}` : "";
  return [display, which, preferred ? "preferred" : "", not].filter(Boolean).join(" · ");
}
