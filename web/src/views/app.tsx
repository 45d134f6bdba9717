/** The whole screen: header, views, list, conversation, patient. On narrow screens one pane at a time. */

import { useEffect } from "preact/hooks";
import { directory } from "../directory-place.ts";
import { directoryPart, lateDialogs } from "../parts.ts";
import type { Toast } from "../store.ts";
import { covered, dismiss, locked, panelOpen, place, readToasts, signedOut, thread, toasts } from "../store.ts";
import { ConnectionStrip } from "./connection.tsx";
import { Dialogs } from "./dialogs.tsx";
import { Header } from "./header.tsx";
import { Icon } from "./icon.tsx";
import { List } from "./list.tsx";
import { Lock, LockedBar } from "./lock.tsx";
import { LockWarning } from "./lock-warning.tsx";
import { Outages } from "./outage.tsx";
import { Panel } from "./panel.tsx";
import { Rail } from "./rail.tsx";
import { Shelf } from "./shelf.tsx";
import { SignIn } from "./sign-in.tsx";
import { Spoken } from "./spoken.tsx";
import { ThreadPane } from "./thread.tsx";
import { PartWait } from "./waiting.tsx";

export function App() {
  return (
    <>
      {locked.value ? <LockedBar {...locked.value} /> : <Header />}
      {!locked.value && <ConnectionStrip />}
      {!covered.value && <Outages />}
      {/* After the session's end, or locked, nothing of a patient stays on the screen; the drafts wait in memory. */}
      {covered.value ? <main class="desk" /> : <Desk />}
      <Shelf isAway={covered.value}>
        <Dialogs />
      </Shelf>
      {signedOut.value ? <SignIn /> : locked.value && <Lock />}
      {!covered.value && <Toasts />}
      <LockWarning />
      <SessionEnding />
      <Spoken />
    </>
  );
}

function Desk() {
  if (directory.value) return <Directory />;
  return <Conversations />;
}

/** It comes when somebody goes there. */
function Directory() {
  const here = directoryPart.here.value;
  useEffect(() => void directoryPart.load(), []);
  const shows = directory.value?.patient ? "shows-thread" : "shows-list";
  return (
    <main class={`desk directory ${shows}`}>
      <Rail />
      {here ? <here.Directory /> : <PartWait part={directoryPart} />}
    </main>
  );
}

function Conversations() {
  const open = thread.value;
  const hasPanel = panelOpen.value && open !== null;
  const shows = place.value.conversation ? "shows-thread" : "shows-list";
  return (
    <main class={`desk ${shows} ${hasPanel ? "with-panel" : ""}`}>
      <Rail />
      {place.value.strays ? <Strays /> : <List />}
      <ThreadPane />
      {hasPanel && <Panel open={open} />}
    </main>
  );
}

/** Few look for them first: the pane comes after the first view. */
function Strays() {
  const here = lateDialogs.here.value;
  useEffect(() => void lateDialogs.load(), []);
  if (here) return <here.StraysPane />;
  return (
    <section class="list" aria-label="Unknown senders">
      <PartWait part={lateDialogs} />
    </section>
  );
}

/** Hours after the first view. */
function SessionEnding() {
  const here = lateDialogs.here.value;
  return here && <here.SessionWarning />;
}

function undoOf(toast: Toast): void {
  dismiss(toast.id);
  toast.undo?.();
}

function openFrom(toast: Toast): void {
  dismiss(toast.id);
  toast.open?.();
}

/** What somebody points at or has the focus on stays until they are done with it. */
function Toasts() {
  return (
    <div
      class="toasts"
      onPointerEnter={() => readToasts(true)}
      onPointerLeave={() => readToasts(false)}
      onFocusIn={() => readToasts(true)}
      onFocusOut={() => readToasts(false)}
    >
      {toasts.value.map((toast) => (
        <p key={toast.id} class={`toast ${toast.isError ? "bad" : ""}`} role={toast.isError ? "alert" : "status"}>
          {toast.words}
          {toast.undo && (
            <button type="button" class="link" title="Z" onClick={() => undoOf(toast)}>
              Undo
            </button>
          )}
          {toast.open && (
            <button type="button" class="link" onClick={() => openFrom(toast)}>
              Open
            </button>
          )}
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
            <Icon name="close" size={14} />
          </button>
        </p>
      ))}
    </div>
  );
}
