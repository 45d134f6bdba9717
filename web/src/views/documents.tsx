/** Documents that came with a message, as cards that open them. */

import type { File as Kept } from "../../../realtime/client/wire.gen.ts";
import { dialog } from "../store.ts";
import { facts, nameOf } from "../words/files.ts";
import { called } from "../words/proxies.ts";
import { sentence, when } from "../words/time.ts";
import { Icon } from "./icon.tsx";

interface DocumentsProps {
  files: readonly Kept[];
  /** Ours: who has looked at each. */
  isOurs: boolean;
  now: number;
}

export function Documents({ files, isOurs, now }: DocumentsProps) {
  return (
    <ul class="documents">
      {files.map((file) => (
        <li key={file.id}>
          <button type="button" class="document" onClick={() => (dialog.value = { name: "document", file })}>
            <Icon name={file.kind === "text" ? "text" : "file"} size={22} />
            <span class="grow">
              <span class="file-name">{nameOf(file)}</span>
              <span class="muted">{facts(file)}</span>
            </span>
          </button>
          {isOurs && <Looked file={file} now={now} />}
        </li>
      ))}
    </ul>
  );
}

/** Who has looked at it: the patient, and whoever acts for them under their own name. */
function Looked({ file: { viewed_at: own, looks = [] }, now }: { file: Kept; now: number }) {
  if (own === null && looks.length === 0) return <p class="looked muted">Not opened yet</p>;
  return (
    <>
      {own && <Look at={own} now={now} who="The patient" good />}
      {looks.map((look) => (
        <Look key={look.at} at={look.at} now={now} who={called(look)} by={` by ${called(look)}`} />
      ))}
    </>
  );
}

interface LookProps {
  at: string;
  now: number;
  who: string;
  by?: string;
  good?: boolean;
}

function Look({ at, now, who, by = "", good = false }: LookProps) {
  return (
    <p class={good ? "looked good" : "looked muted"} title={`${who} first looked at it ${sentence(at, now)}`}>
      <Icon name="eye" size={13} /> Viewed {when(at, now)}
      {by}
    </p>
  );
}
