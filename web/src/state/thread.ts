/** One conversation as plain values. `apply` is pure; numbers are gapless, so a missing message is noticed. */

import type {
  Message,
  Note,
  Patient,
  Row,
  RowPatient,
  StaffFact,
  Thread,
  WorkEvent,
} from "../../../realtime/client/wire.gen.ts";
import * as noted from "./notes.ts";
import { isNewer } from "./rows.ts";

export interface ThreadState {
  row: Row;
  patient: Patient;
  /** Oldest first, by number. */
  messages: readonly Message[];
  /** What was done with the conversation as a whole, oldest first; each stands after the message with its number. */
  events: readonly WorkEvent[];
  /** Those under the loaded messages, oldest first. */
  notes: readonly Note[];
  /** Ask with this for older ones; null at the beginning of the conversation. */
  before: number | null;
  seen: number;
  /** A number is missing between two messages, or two notes: the conversation must be fetched again. */
  hasGap: boolean;
  /** The directory entry has changed since it was fetched. */
  patientIsStale: boolean;
}

function merge(messages: readonly Message[], more: readonly Message[]): readonly Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  let changed = false;
  for (const message of more) {
    if ((byId.get(message.id)?.rev ?? -1) >= message.rev) continue;
    byId.set(message.id, message);
    changed = true;
  }
  return changed ? [...byId.values()].sort((one, other) => one.number - other.number) : messages;
}

function mergeEvents(events: readonly WorkEvent[], more: readonly WorkEvent[] = []): readonly WorkEvent[] {
  const known = new Set(events.map((event) => event.id));
  const added = more.filter((event) => !known.has(event.id));
  if (added.length === 0) return events;
  // Ids are made in the order of time, which tells apart what happened within one moment.
  return [...events, ...added].sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at) || (one.id < other.id ? -1 : 1),
  );
}

/** Lines among messages that are not loaded come with their page. */
export function withEvents(state: ThreadState, more: readonly WorkEvent[] = []): ThreadState {
  const first = state.messages[0]?.number ?? 0;
  const isWanted = (event: WorkEvent) =>
    event.conversation === state.row.id && (state.before === null || event.number >= first);
  const events = mergeEvents(state.events, more.filter(isWanted));
  return events === state.events ? state : { ...state, events };
}

function isGapless(messages: readonly Message[]): boolean {
  return messages.every((message, at) => at === 0 || message.number === (messages[at - 1]?.number ?? 0) + 1);
}

/** Older messages than those loaded are not wanted from the wire: they come with their page. */
function wanted(state: ThreadState, messages: readonly Message[]): Message[] {
  const first = state.messages[0]?.number ?? 0;
  return messages.filter(
    (each) => each.conversation === state.row.id && (state.before === null || each.number >= first),
  );
}

export function withMessages(state: ThreadState, more: readonly Message[]): ThreadState {
  const messages = merge(state.messages, wanted(state, more));
  return messages === state.messages ? state : checked({ ...state, messages });
}

const checked = (state: ThreadState): ThreadState => ({
  ...state,
  hasGap: !isGapless(state.messages) || !noted.isGapless(state.notes),
});

/** Notes under older messages than those loaded come with their page. */
export function withNotes(state: ThreadState, more: readonly Note[]): ThreadState {
  const first = state.before === null ? 0 : (state.messages[0]?.number ?? 0);
  const mine = more.filter((note) => note.conversation === state.row.id && note.after >= first);
  const notes = noted.merge(state.notes, mine);
  return notes === state.notes ? state : checked({ ...state, notes });
}

export function withRow(state: ThreadState, row: Row): ThreadState {
  if (row.id !== state.row.id || !isNewer(row, state.row)) return state;
  // It came to another entry of its patient, who has written and read everything in it.
  if (row.patient.id !== state.row.patient.id) return { ...state, row, hasGap: true };
  // What can be sent depends on the number that it leaves from.
  const isElsewhere = row.number !== state.row.number;
  const patientIsStale = state.patientIsStale || isElsewhere || row.patient.rev > state.patient.rev;
  return { ...state, row, patientIsStale };
}

/** Messages name who wrote and who read them. */
function renamed(state: ThreadState, { id, name, initials }: RowPatient): ThreadState {
  if (id !== state.patient.id) return state;
  const messages = state.messages.map((message) => ({
    ...message,
    from: message.from.id === id && !message.from.proxy ? { ...message.from, name, initials } : message.from,
    receipts: message.receipts.map((each) => (each.patient === id && !each.proxy ? { ...each, name, initials } : each)),
  }));
  return { ...state, messages };
}

export function withPatient(state: ThreadState, patient: Patient): ThreadState {
  if (patient.id !== state.patient.id || patient.rev < state.patient.rev) return state;
  return { ...state, patient, patientIsStale: false };
}

function one(state: ThreadState, fact: StaffFact): ThreadState {
  switch (fact.kind) {
    case "message.posted":
    case "delivery.changed":
    case "message.changed":
    case "message.viewed":
      return withRow(withMessages(state, fact.messages), fact.row);
    case "note.written":
      return withNotes(state, fact.notes);
    case "conversation.changed":
      return withRow(withEvents(state, fact.events), fact.row);
    case "patient.changed": {
      const changed = renamed(fact.rows.reduce(withRow, state), fact.patient);
      const isMine = fact.patient.id === state.patient.id && fact.patient.rev > state.patient.rev;
      return isMine ? { ...changed, patientIsStale: true } : changed;
    }
    case "conversation.seen":
      return fact.conversation === state.row.id && fact.number !== state.seen ? { ...state, seen: fact.number } : state;
    default:
      return state;
  }
}

export function apply(state: ThreadState, facts: readonly StaffFact[]): ThreadState {
  return facts.reduce(one, state);
}

/** A snapshot; what was known of the same conversation and is newer, or older than its page, stays. */
export function fromSnapshot(thread: Thread, known: ThreadState | null): ThreadState {
  const fresh: ThreadState = {
    row: thread.row,
    patient: thread.patient,
    messages: thread.messages,
    events: thread.events ?? [],
    notes: thread.notes,
    before: thread.before,
    seen: thread.seen,
    hasGap: false,
    patientIsStale: false,
  };
  // Of another entry of the patient, what was known names somebody else.
  if (known?.row.id !== thread.row.id || known.patient.id !== thread.patient.id) return fresh;
  const messages = merge(known.messages, thread.messages);
  const notes = noted.merge(known.notes, thread.notes);
  // Too much was missed to join the two: the older part comes again with its page.
  if (!isGapless(messages) || !noted.isGapless(notes)) return fresh;
  const row = isNewer(known.row, thread.row) ? known.row : thread.row;
  const isLonger = known.messages.length > 0 && (known.messages[0]?.number ?? 0) < (thread.messages[0]?.number ?? 0);
  const events = mergeEvents(known.events, thread.events);
  return { ...fresh, row, messages, notes, events, before: isLonger ? known.before : thread.before };
}

/** An older page. */
export function withOlder(state: ThreadState, page: Thread): ThreadState {
  const messages = merge(page.messages, state.messages);
  const notes = noted.merge(page.notes, state.notes);
  const events = mergeEvents(state.events, page.events);
  return checked({ ...state, messages, notes, events, before: page.before });
}

/** The number of the newest message, 0 in an empty conversation. */
export function newest(state: ThreadState): number {
  return state.messages.at(-1)?.number ?? 0;
}

/** Whose eyes a receipt is of: a proxy's are their own. */
export const readerOf = (receipt: Message["receipts"][number]): string => receipt.proxy ?? receipt.patient;

/** Under which message each reader's avatar stands: the last one they have viewed. */
export function viewedMarks(messages: readonly Message[]): ReadonlyMap<string, Message["receipts"]> {
  const last = new Map<string, { message: string; receipt: Message["receipts"][number] }>();
  for (const message of messages) {
    for (const receipt of message.receipts) last.set(readerOf(receipt), { message: message.id, receipt });
  }
  const marks = new Map<string, Message["receipts"]>();
  for (const { message, receipt } of last.values()) marks.set(message, [...(marks.get(message) ?? []), receipt]);
  return marks;
}
