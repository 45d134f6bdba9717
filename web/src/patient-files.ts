/** What came with the messages of one patient: asked for when somebody wants to see it, and kept true while they do. */

import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PatientFiles } from "../../realtime/client/wire.gen.ts";
import { heard } from "./patient-heard.ts";
import * as reads from "./reads.ts";
import { me } from "./store.ts";

/** Whoever wants to see the files of one patient sees those of the next as well, until they fold them away. */
export const isUnfolded = signal(false);

export interface Files {
  page: PatientFiles | null;
  isFailed: boolean;
  again: () => void;
  more: () => void;
}

/** The newest page in place of what it covers; what was loaded of older ones stays under it. */
export function withNewest(known: PatientFiles | null, newest: PatientFiles): PatientFiles {
  const last = newest.files.at(-1)?.file.id;
  const at = known?.files.findIndex(({ file }) => file.id === last) ?? -1;
  const older = known && at >= 0 && newest.next !== null ? known.files.slice(at + 1) : [];
  if (known === null || older.length === 0) return newest;
  return { files: [...newest.files, ...older], next: known.next };
}

export function withMore(known: PatientFiles, page: PatientFiles): PatientFiles {
  const ids = new Set(known.files.map(({ file }) => file.id));
  return { files: [...known.files, ...page.files.filter(({ file }) => !ids.has(file.id))], next: page.next };
}

export function useFiles(patient: string): Files {
  const [page, setPage] = useState<PatientFiles | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const latest = useRef(page);
  latest.current = page;
  const show = (now: PatientFiles | null) => {
    latest.current = now;
    setPage(now);
  };
  // Whoever may read other inboxes than before must not go on seeing what was there.
  const teams = me.value?.teams.map((team) => team.id).join() ?? "";
  useEffect(() => show(null), [patient, teams]);
  // What is heard of another patient, or has no file, is no news of this one.
  const changes = useRef(0);
  if (heard.value.patient === patient && heard.value.hasFiles) changes.current = heard.value.count;
  useEffect(() => {
    const asked = new AbortController();
    setFailed(false);
    reads.patientFiles(patient, null, asked.signal).then(
      (newest) => !asked.signal.aborted && show(withNewest(latest.current, newest)),
      () => !asked.signal.aborted && setFailed(true),
    );
    return () => asked.abort();
  }, [patient, teams, changes.current, tries]);
  const more = async () => {
    const before = latest.current;
    if (!before?.next) return;
    const older = await reads.patientFiles(patient, before.next).catch(() => null);
    if (older === null) return setFailed(true);
    // A newer list came meanwhile: this page goes on from another place.
    if (latest.current?.next === before.next) show(withMore(latest.current, older));
  };
  return { page, isFailed, again: () => setTries(tries + 1), more: () => void more() };
}
