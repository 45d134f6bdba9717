/**
 * One conversation as plain values. `apply` is pure; numbers are gapless, so a missing message is noticed. What is loaded
 * is a stretch without holes, which need not reach to the newest message (`stretch.ts`).
 */

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
import { end, isAbove, isAtEnd, isLoaded, latest, lookedAhead } from "./stretch.ts";

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
  /** The newest message there is, and the number of the newest note, whether they are loaded or not. */
  tip: Message | null;
  lastNote: number;
  /** The newest message that each reader has viewed of those after the loaded ones. */
  ahead: ReadonlyMap<string, number>;
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
  const isWanted = (event: WorkEvent) => event.conversation === state.row.id && isLoaded(state, event.number);
  const events = mergeEvents(state.events, more.filter(isWanted));
  return events === state.events ? state : { ...state, events };
}

function isGapless(messages: readonly Message[]): boolean {
  return messages.every((message, at) => at === 0 || message.number === (messages[at - 1]?.number ?? 0) + 1);
}

/** What happens to messages that are not loaded changes only what is known of those after them. */
export function withMessages(state: ThreadState, more: readonly Message[]): ThreadState {
  const mine = more.filter((each) => each.conversation === state.row.id);
  const messages = merge(
    state.messages,
    mine.filter((each) => isLoaded(state, each.number)),
  );
  const after = isAtEnd(state) ? [] : mine.filter((each) => each.number > end(state));
  if (messages === state.messages && after.length === 0) return state;
  const tip = latest([...after, messages.at(-1), state.tip]);
  return checked({ ...state, messages, tip, ahead: lookedAhead(state.ahead, after) });
}

const checked = (state: ThreadState): ThreadState => ({
  ...state,
  hasGap: !isGapless(state.messages) || !noted.isGapless(state.notes),
});

/** Notes under messages that are not loaded come with their page. */
export function withNotes(state: ThreadState, more: readonly Note[]): ThreadState {
  const mine = more.filter((note) => note.conversation === state.row.id && !isAbove(state, note.after));
  const notes = noted.merge(
    state.notes,
    mine.filter((note) => isLoaded(state, note.after)),
  );
  const lastNote = Math.max(state.lastNote, ...mine.map((note) => note.number));
  return notes === state.notes && lastNote === state.lastNote ? state : checked({ ...state, notes, lastNote });
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
  const again = (message: Message): Message => ({
    ...message,
    from: message.from.id === id && !message.from.proxy ? { ...message.from, name, initials } : message.from,
    receipts: message.receipts.map((each) => (each.patient === id && !each.proxy ? { ...each, name, initials } : each)),
  });
  return { ...state, messages: state.messages.map(again), tip: state.tip && again(state.tip) };
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
    tip: thread.messages.at(-1) ?? null,
    lastNote: thread.notes.at(-1)?.number ?? 0,
    ahead: new Map(),
    seen: thread.seen,
    hasGap: false,
    patientIsStale: false,
  };
  // Of another entry of the patient, what was known names somebody else.
  if (known?.row.id !== thread.row.id || known.patient.id !== thread.patient.id) return fresh;
  const joined = withPage(known, thread);
  // Too much was missed to join the two: the older part comes again with its page.
  if (joined.hasGap) return fresh;
  const row = isNewer(known.row, thread.row) ? known.row : thread.row;
  const { messages, notes, events, lastNote } = joined;
  const isLonger = known.messages.length > 0 && (known.messages[0]?.number ?? 0) < (thread.messages[0]?.number ?? 0);
  const before = isLonger ? known.before : thread.before;
  return { ...fresh, row, messages, notes, events, tip: messages.at(-1) ?? null, lastNote, before };
}

/** A page above or below what is loaded. */
function withPage(state: ThreadState, page: Thread): ThreadState {
  const messages = merge(state.messages, page.messages);
  const notes = noted.merge(state.notes, page.notes);
  const events = mergeEvents(state.events, page.events);
  const tip = latest([messages.at(-1), state.tip]);
  const lastNote = Math.max(state.lastNote, notes.at(-1)?.number ?? 0);
  return checked({ ...state, messages, notes, events, tip, lastNote });
}

/** An older page. */
export function withOlder(state: ThreadState, page: Thread): ThreadState {
  return { ...withPage(state, page), before: page.before };
}

/** A newer page. */
export function withNewer(state: ThreadState, page: Thread): ThreadState {
  return withRow(withPage(state, page), page.row);
}
