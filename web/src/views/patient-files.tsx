/** Which files this patient sent and was sent, in every inbox that I may read, each with the way to its message. */

import { useEffect, useRef } from "preact/hooks";
import type { PatientFile } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { isUnfolded, useFiles } from "../patient-files.ts";
import * as search from "../search.ts";
import type { ThreadState } from "../state/thread.ts";
import { dialog, panelOpen, teamOf } from "../store.ts";
import { facts, nameOf } from "../words/files.ts";
import { called } from "../words/proxies.ts";
import { sentence, when } from "../words/time.ts";
import { Folded } from "./folded.tsx";
import { Icon } from "./icon.tsx";

export function PatientFiles({ open }: { open: ThreadState }) {
  return (
    <Folded title="Files" isUnfolded={isUnfolded}>
      <List patient={open.patient.id} team={open.row.team} />
    </Folded>
  );
}

function List({ patient, team }: { patient: string; team: string }) {
  const { page, isFailed, again, more } = useFiles(patient);
  const list = useRef<HTMLUListElement>(null);
  const wanted = useRef<number | null>(null);
  // What was pressed may be gone with the last page: the focus goes to the first file that it brought.
  useEffect(() => {
    const line = wanted.current === null ? undefined : list.current?.children[wanted.current];
    if (line) wanted.current = null;
    line?.querySelector<HTMLElement>("button")?.focus();
  }, [page]);
  const onMore = () => {
    wanted.current = page?.files.length ?? null;
    more();
  };
  if (page === null && !isFailed) return <p class="muted">Loading the files…</p>;
  return (
    <>
      {page?.files.length === 0 && <p class="muted">No files were sent or received here.</p>}
      <ul ref={list}>
        {page?.files.map((each) => (
          <Line key={each.file.id} line={each} team={team} />
        ))}
      </ul>
      {isFailed && (
        <p role="alert">
          The files did not load.{" "}
          <button type="button" class="link" onClick={again}>
            Try again
          </button>
        </p>
      )}
      {page?.next && (
        <button type="button" onClick={onMore}>
          Show more
        </button>
      )}
    </>
  );
}

function Line({ line, team }: { line: PatientFile; team: string }) {
  const { file } = line;
  const now = clock.now.value;
  const go = () => {
    // Over a narrow screen the panel would hide the message.
    if (!matchMedia("(min-width: 1200px)").matches) panelOpen.value = false;
    const { conversation, number } = line;
    void search.open({ conversation, kind: "message", number, at_message: number });
  };
  return (
    <li>
      <Thing line={line} />
      <p class="muted">
        {line.from === "staff" ? "Sent by" : "From"} {line.who},{" "}
        <time dateTime={line.at} title={sentence(line.at, now)}>
          {when(line.at, now)}
        </time>
        {line.team !== team && ` · ${teamOf(line.team)?.name ?? "Another team"}`}
      </p>
      {line.from === "staff" && file.kind !== "picture" && <p class="muted">{lookedAt(line, now)}</p>}
      <button type="button" class="link" onClick={go}>
        Go to the message<span class="hidden"> with {nameOf(file)}</span>
      </button>
    </li>
  );
}

function Thing({ line }: { line: PatientFile }) {
  const { file, who } = line;
  const icon = file.kind === "text" ? "text" : "file";
  const words = (
    <>
      <Icon name={file.state === "refused" ? "alert" : file.state === "waiting" ? "clock" : icon} size={20} />
      <span class="grow">
        <span class="file-name">{nameOf(file)}</span>
        <span class="muted">{standing(line)}</span>
      </span>
    </>
  );
  if (file.state !== "kept") return <div class="document">{words}</div>;
  const show = () => {
    dialog.value =
      file.kind === "picture"
        ? { name: "picture", file: file.id, words: `${nameOf(file)} from ${who}` }
        : { name: "document", file };
  };
  return (
    <button type="button" class="document" onClick={show}>
      {words}
    </button>
  );
}

/** "PDF · 2 pages · 120 KB", or what is the matter with it. */
export function standing({ file, taken_back }: PatientFile): string {
  if (file.state === "waiting") return "Being fetched and checked";
  if (file.state === "refused") return `Not taken – ${file.words ?? "it cannot be shown"}`;
  return taken_back ? `Taken back · ${facts(file)}` : facts(file);
}

/** Whether the patient, or who acts for them, has opened a document of ours. */
export function lookedAt({ file: { viewed_at: own, looks = [] }, taken_back }: PatientFile, now: number): string {
  const said = [
    ...(own ? [`Viewed ${when(own, now)}`] : []),
    ...looks.map((look) => `Viewed ${when(look.at, now)} by ${called(look)}`),
  ];
  return said.join(", ") || (taken_back ? "Nobody opened it" : "Not opened yet");
}
