/** What a person must do in a conversation: how it is said in the thread and in the row, and how it can end. */

import type { Task, TaskName, Urgent } from "../../../realtime/client/wire.gen.ts";

export interface Act {
  outcome: string;
  words: string;
}

export interface TaskWords {
  /** In the row of the list. */
  tag: string;
  /** Over the conversation. */
  words: string;
  /** The likelier end first. */
  acts: readonly [Act, Act];
  /** What else to think of, in a line of its own. */
  advice?: string;
  /** A button beside the acts that helps to get there. */
  offers?: "call" | "fix" | "tries";
}

export const TASKS: Record<TaskName, TaskWords> = {
  call_unread: {
    tag: "Call the patient",
    words: "Not read after 3 days. Call the patient.",
    acts: [
      { outcome: "called", words: "Called" },
      { outcome: "not_needed", words: "Not needed" },
    ],
    offers: "call",
  },
  maybe_opt_out: {
    tag: "May be an opt-out",
    words: "This may be an opt-out. Does the patient want no more texts?",
    acts: [
      { outcome: "stop_texts", words: "Stop texts" },
      { outcome: "keep_texts", words: "Keep texting" },
    ],
  },
  wrong_number: {
    tag: "Wrong number?",
    words: "Somebody says this is the wrong number. Texts to it are paused.",
    acts: [
      { outcome: "fixed", words: "Number fixed" },
      { outcome: "right_number", words: "It is right" },
    ],
    offers: "fix",
  },
  dead_contact: {
    tag: "Contact does not work",
    words: "Messages do not arrive at this contact. Nothing more is sent there.",
    acts: [
      { outcome: "fixed", words: "Contact fixed" },
      { outcome: "not_needed", words: "Not needed" },
    ],
    offers: "fix",
  },
  identity: {
    tag: "Locked out?",
    words: "Could not confirm identity.",
    acts: [
      { outcome: "unlocked", words: "Unlock" },
      { outcome: "not_needed", words: "Not needed" },
    ],
    offers: "tries",
  },
  review_proxy: {
    tag: "Review who acts",
    words: "Review who acts for this patient. Until then their access rests.",
    acts: [
      { outcome: "kept", words: "Keep access" },
      { outcome: "ended", words: "End access" },
    ],
  },
  proxy_unreached: {
    tag: "Family not told",
    words: "A notice to somebody who acts for this patient did not go. See the patient's details.",
    acts: [
      { outcome: "fixed", words: "Contact fixed" },
      { outcome: "not_needed", words: "Not needed" },
    ],
  },
  urgent: {
    tag: "May be urgent",
    words: "These words may be urgent.",
    advice:
      "Flagged by words. It can miss urgent messages and flag harmless ones: read every message. If a life is in danger call 911. For a crisis: 988.",
    acts: [
      { outcome: "called", words: "We called them" },
      { outcome: "not_urgent", words: "It is not urgent" },
    ],
    offers: "call",
  },
};

/** What the words may be about: never a quotation, and no diagnosis. */
const URGENT: Record<Urgent, string> = {
  chest_pain: "chest pain",
  breathing: "trouble breathing",
  stroke: "stroke",
  bleeding: "bleeding",
  unconscious: "unconsciousness",
  seizure: "a seizure",
  overdose: "overdose or poisoning",
  suicide: "suicide or self-harm",
  allergy: "a severe allergic reaction",
};

/** What is to be done, with what it is about as far as that is known. */
export function sentenceOf({ kind, urgent = [] }: Pick<Task, "kind" | "urgent">): string {
  return urgent.length > 0 ? mayBeUrgent(urgent) : TASKS[kind].words;
}

/** What words may be urgently about. */
export function mayBeUrgent(urgent: readonly Urgent[]): string {
  return `These words may be urgent: ${urgent.map((each) => URGENT[each]).join(", ")}.`;
}

/** The one word that a row has room for: the first open task's. */
export function tagOf(tasks: readonly { kind: TaskName }[]): string | null {
  const first = tasks[0];
  if (!first) return null;
  return tasks.length === 1 ? TASKS[first.kind].tag : `${TASKS[first.kind].tag} +${tasks.length - 1}`;
}
