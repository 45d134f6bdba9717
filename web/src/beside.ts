/** The other conversations of a patient: what each is about, and one of them read beside the open one. */

import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Beside, Thread } from "../../realtime/client/wire.gen.ts";
import { Refused } from "./http.ts";
import { heard } from "./patient-heard.ts";
import * as reads from "./reads.ts";
import { bounded, end, isAtEnd, nextBelow } from "./state/stretch.ts";
import { fromSnapshot, type ThreadState, withMessages, withNewer, withOlder, withRow } from "./state/thread.ts";
import { me } from "./store.ts";

/** Whoever wants to see those of one patient sees the next one's as well, until they fold them away. */
export const isUnfolded = signal(false);

/** How often something was heard that these want to know. */
function useNews(isWanted: (news: typeof heard.value) => boolean): number {
  const last = useRef(0);
  if (isWanted(heard.value)) last.current = heard.value.count;
  return last.current;
}

export interface Others {
  others: readonly Beside[] | null;
  isFailed: boolean;
  again: () => void;
}

/** All but the open one; asked again when one of them changes, or which inboxes I may read. */
export function useOthers(patient: string, open: string): Others {
  const [others, setOthers] = useState<readonly Beside[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const teams = me.value?.teams.map((team) => team.id).join() ?? "";
  const news = useNews((each) => each.patient === patient && each.conversation !== open);
  useEffect(() => setOthers(null), [patient, teams]);
  useEffect(() => {
    const asked = new AbortController();
    setFailed(false);
    reads.conversationsOf(patient, asked.signal).then(
      (found) => !asked.signal.aborted && setOthers(found),
      () => !asked.signal.aborted && setFailed(true),
    );
    return () => asked.abort();
  }, [patient, teams, news, tries]);
  const shown = others?.filter((each) => each.id !== open) ?? null;
  return { others: shown, isFailed, again: () => setTries(tries + 1) };
}

export interface ReadBeside {
  state: ThreadState | null;
  problem: "failed" | "gone" | null;
  again: () => void;
  older: () => void;
  newer: () => void;
}

/** The newest page; where it does not meet what is read further up, that stays, and the rest comes as one reads on. */
function withNewest(known: ThreadState | null, page: Thread): ThreadState {
  const isApart = known && !isAtEnd(known) && (page.messages[0]?.number ?? 0) > end(known) + 1;
  return isApart ? withRow(withMessages(known, page.messages), page.row) : fromSnapshot(page, known);
}

/** One conversation as it is now, to be read, and of a very long one a stretch; nothing of it is marked as seen. */
export function useBeside(conversation: string): ReadBeside {
  const [state, setState] = useState<ThreadState | null>(null);
  const [problem, setProblem] = useState<ReadBeside["problem"]>(null);
  // Whoever reads on upwards needs the newest least.
  const needless = useRef<"oldest" | "newest">("oldest");
  const [tries, setTries] = useState(0);
  const teams = me.value?.teams.map((team) => team.id).join() ?? "";
  const news = useNews((each) => each.conversation === conversation);
  const failed = (error: unknown) => {
    const isGone = error instanceof Refused && error.status === 404;
    if (isGone) setState(null);
    setProblem(isGone ? "gone" : "failed");
  };
  useEffect(() => {
    const asked = new AbortController();
    const take = (page: Thread) => {
      setState((known) => bounded(withNewest(known, page), needless.current));
      setProblem(null);
    };
    reads.thread(conversation, null, asked.signal).then(
      (page) => !asked.signal.aborted && take(page),
      (error) => !asked.signal.aborted && failed(error),
    );
    return () => asked.abort();
  }, [conversation, teams, news, tries]);
  const older = async () => {
    if (state === null || state.before === null) return;
    const { before } = state;
    const page = await reads.thread(conversation, before).catch(failed);
    if (!page) return;
    needless.current = "newest";
    setState((now) => (now?.before === before ? bounded(withOlder(now, page), "newest") : now));
  };
  const newer = async () => {
    if (state === null) return;
    const page = await reads.thread(conversation, nextBelow(state)).catch(failed);
    if (!page) return;
    needless.current = "oldest";
    setState((now) => (now && end(now) === end(state) ? bounded(withNewer(now, page), "oldest") : now));
  };
  return { state, problem, again: () => setTries(tries + 1), older: () => void older(), newer: () => void newer() };
}
