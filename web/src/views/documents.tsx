/** Documents that came with a message, as cards that open them. */

import type { File as Kept } from "../../../realtime/client/wire.gen.ts";
import { dialog } from "../store.ts";
import { facts, nameOf } from "../words/files.ts";
import { sentence, when } from "../words/time.ts";
import { Icon } from "./icon.tsx";

interface DocumentsProps {
  files: readonly Kept[];
  /** Ours: whether the patient has looked at each. */
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
          {isOurs && <Looked at={file.viewed_at} now={now} />}
        </li>
      ))}
    </ul>
  );
}

function Looked({ at, now }: { at: string | null; now: number }) {
  if (at === null) return <p class="looked muted">Not opened yet</p>;
  return (
    <p class="looked good" title={`The patient first looked at it ${sentence(at, now)}`}>
      <Icon name="eye" size={13} /> Viewed {when(at, now)}
    </p>
  );
}
