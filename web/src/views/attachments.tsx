/** What goes with the message that is being written: each file with its size, how far it is, and a way out. */

import { useState } from "preact/hooks";
import type { Upload } from "../../../realtime/client/uploads.ts";
import * as attaching from "../attaching.ts";
import * as proxies from "../proxies.ts";
import * as reads from "../reads.ts";
import type { ThreadState } from "../state/thread.ts";
import { draftOf, teamOf } from "../store.ts";
import { ACCEPT, sizeOf } from "../words/files.ts";
import { focusComposer } from "./focus.ts";
import { Icon } from "./icon.tsx";

export function Attachments({ open, files }: { open: ThreadState; files: readonly Upload[] }) {
  if (files.length === 0) return null;
  return (
    <div class="attached">
      <ul aria-label="Files of this message">
        {files.map((file) => (
          <Chip key={file.key} file={file} />
        ))}
      </ul>
      <p class="muted">Who can see this: {LISTED.format(whoSees(open))}</p>
    </div>
  );
}

const LISTED = new Intl.ListFormat("en");

function whoSees({ patient, row }: ThreadState): string[] {
  const only = draftOf(row.id).patientOnly === true;
  const acting = only ? [] : proxies.readers(patient, row.team).map((each) => each.name);
  return [patient.first_name || patient.name, ...acting, teamOf(row.team)?.name ?? "your team"];
}

function Chip({ file }: { file: Upload }) {
  const remove = () => {
    attaching.remove(file.key);
    focusComposer();
  };
  return (
    <li class={`attachment ${file.state}`}>
      {file.state === "kept" ? <Look file={file} /> : <Icon name={file.state === "refused" ? "alert" : "file"} />}
      <span class="grow">
        <span class="file-name">{file.name}</span>
        <State file={file} />
      </span>
      <button type="button" class="icon-button" aria-label={`Remove ${file.name}`} onClick={remove}>
        <Icon name="close" size={14} />
      </button>
    </li>
  );
}

/** In pixels, the smaller of the two that the server draws. */
const WIDTH = 720;

function smallAddress({ id, name }: Upload): string | null {
  if (!id || /\.txt$/i.test(name)) return null;
  return /\.pdf$/i.test(name) ? reads.pageAddress(id, 1, WIDTH) : reads.fileAddress(id);
}

/** What goes, small; pressed, as large as the patient may have it. It is the server's: no browser shows every kind. */
function Look({ file }: { file: Upload }) {
  const [isBroken, setBroken] = useState(false);
  const address = isBroken ? null : smallAddress(file);
  const words = `Look at ${file.name}`;
  return (
    <button type="button" class="look" aria-label={words} title={words} onClick={() => void attaching.look(file)}>
      {address ? <img src={address} alt="" onError={() => setBroken(true)} /> : <Icon name="file" />}
    </button>
  );
}

/** In the composer and under a message that waits for its files. */
export function State({ file }: { file: Upload }) {
  const { state, received, words } = file;
  const { size } = file.file;
  if (state === "refused") return <span class="bad">{words}</span>;
  if (state === "kept") return <span class="muted">{sizeOf(size)} · ready</span>;
  const percent = Math.floor((100 * received) / size);
  return (
    <>
      <progress max={size} value={received} aria-label={`${file.name} is on its way`} />
      <span class="muted figures">
        {state === "waiting" ? "Waiting for the network" : `${percent} %`} of {sizeOf(size)}
      </span>
    </>
  );
}

/** The button and the field behind it. */
export function Attach({ conversation }: { conversation: string }) {
  return (
    <>
      <input
        id="attach-field"
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        onChange={({ currentTarget }) => {
          attaching.attach(conversation, currentTarget.files ?? []);
          currentTarget.value = "";
          focusComposer();
        }}
      />
      <button type="button" class="attach" title="Ctrl Shift U" onClick={chooseFiles}>
        <Icon name="clip" />
        <span>Attach…</span>
      </button>
    </>
  );
}

export function chooseFiles(): void {
  document.getElementById("attach-field")?.click();
}
