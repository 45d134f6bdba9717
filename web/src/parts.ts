/** Parts of the screens that come after the first view, so that it does not wait for them. */

import { type ReadonlySignal, signal } from "@preact/signals";

export interface Part<T> {
  /** What it brings; null until it is here. */
  here: ReadonlySignal<T | null>;
  /** The last attempt did not bring it. */
  failed: ReadonlySignal<boolean>;
  /** Fetches it, unless it is here or on its way. */
  load: () => Promise<void>;
}

export function part<T>(fetch: () => Promise<T>): Part<T> {
  const here = signal<T | null>(null);
  const failed = signal(false);
  let coming: Promise<void> | null = null;
  const begin = async () => {
    failed.value = false;
    try {
      here.value = await fetch();
    } catch {
      failed.value = true;
      coming = null;
    }
  };
  const load = () => {
    coming ??= begin();
    return coming;
  };
  return { here, failed, load };
}

export const lateDialogs = part(() => import("./views/late-dialogs.tsx"));
/** Who the patient is, beside the conversation; the frame with their name is there before it. */
export const latePanel = part(() => import("./views/patient-panel.tsx"));

export const directoryPart = part(() => import("./views/directory.tsx"));
/** For admins, and for everybody’s own account. */
export const peopleDialogs = part(() => import("./views/people-dialog.tsx"));
/** Few open it: it comes when somebody does. */
export const numbersPart = part(() => import("./views/our-numbers.tsx"));
export const broadcastDialogs = part(() => import("./views/broadcasts-dialog.tsx"));
/** For who answers for the teams. */
export const boardPart = part(() => import("./views/board-dialog.tsx"));
export const auditPart = part(() => import("./views/audit-dialog.tsx"));
export const programsPart = part(() => import("./views/programs-dialog.tsx"));
/** With the library that draws the plots. */
export const reportsPart = part(() => import("./views/reports-dialog.tsx"));

const LONGEST_WAIT = 5_000;

/** Once the first view stands: from then on nobody waits for them, and they are here without a network too. */
export function loadSoon(): void {
  const load = () => {
    void latePanel.load();
    void lateDialogs.load();
  };
  // Not in every browser yet.
  if ("requestIdleCallback" in window) requestIdleCallback(load, { timeout: LONGEST_WAIT });
  else setTimeout(load, 1_000);
}
