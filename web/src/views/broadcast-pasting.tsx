/** A list of patients that somebody pastes, or reads from a file: the file itself stays on this computer. */

import { useState } from "preact/hooks";
import type { Match } from "../broadcasts.ts";
import * as broadcasts from "../broadcasts.ts";
import { many } from "../words/counts.ts";
import { contactsIn, decoded } from "../words/pasted.ts";
import type { WhoProps } from "./broadcast-who.tsx";

/** Lines that mean nobody, or several patients, are shown and not written to. */
export function Pasting({ detail, attempt, save }: WhoProps) {
  const [text, setText] = useState("");
  const [match, setMatch] = useState<Match | null>(null);
  const [of, setOf] = useState("");
  const read = async (file: File | undefined) => {
    if (!file) return;
    const found = contactsIn(decoded(await file.arrayBuffer()));
    if ("lines" in found) setText(found.lines.join("\n"));
    setOf("lines" in found ? `${many(found.lines.length, "line")} of ${file.name}: ${found.of}.` : found.why);
  };
  const take = () =>
    attempt(async () => {
      if (!detail) return;
      setMatch(await broadcasts.paste(detail.broadcast.id, text));
      return broadcasts.detail(detail.broadcast.id);
    });
  return (
    <details class="pasting" open={(detail?.listed ?? 0) > 0 || match !== null}>
      <summary>
        Paste a list, or read a file{detail && detail.listed > 0 ? ` (${many(detail.listed, "patient")})` : ""}
      </summary>
      <label class="field">
        Phone numbers, e-mail addresses or MRNs of your patients, one in each line
        <textarea rows={4} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <label class="field">
        Or read them from a file (CSV or plain text)
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </label>
      {of && (
        <p class="muted" role="status">
          {of}
        </p>
      )}
      {detail ? (
        <button type="button" disabled={!text.trim() && detail.listed === 0} onClick={() => void take()}>
          Take this list
        </button>
      ) : (
        <button type="button" onClick={() => void save()}>
          Save the title first
        </button>
      )}
      {match && (
        <p role="status">
          {many(match.matched, "patient")} found.
          {match.unknown.length > 0 && ` Nobody has ${match.unknown.slice(0, 10).join(", ")}.`}
          {match.several.length > 0 &&
            ` Several patients share ${match.several.slice(0, 10).join(", ")}: use their MRNs.`}
        </p>
      )}
    </details>
  );
}
