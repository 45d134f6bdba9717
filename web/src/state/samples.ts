/** Made-up conversations for the tests of this folder. */

import type {
  File,
  Inbox,
  Message,
  Note,
  Patient,
  Row,
  StaffFact,
  Thread,
  WorkEvent,
} from "../../../realtime/client/wire.gen.ts";

const instant = (minute: number) => new Date(Date.UTC(2026, 10, 23, 15, minute)).toISOString().replace(".000", "");

export function row(id: string, change: Partial<Row> = {}): Row {
  return {
    id,
    team: "front",
    rev: 1,
    patient: { id: `patient of ${id}`, rev: 1, name: "Maria Garcia", initials: "MG", language: "en" },
    state: "open",
    needs_reply_since: null,
    trouble: null,
    tasks: [],
    later: [],
    tags: [],
    last: null,
    updated_at: instant(0),
    ...change,
  };
}

/** Somebody who waits since this minute. */
export function waiting(id: string, minute: number, rev = 1): Row {
  return row(id, { rev, needs_reply_since: instant(minute), updated_at: instant(minute) });
}

export function message(number: number, change: Partial<Message> = {}): Message {
  return {
    id: `m${number}`,
    conversation: "a",
    number,
    rev: 1,
    key: `k${number}`,
    from: { kind: "patient", id: "patient of a", name: "Maria Garcia", initials: "MG" },
    via: "portal",
    body: `words ${number}`,
    at: instant(number),
    delivery: null,
    deliveries: [],
    receipts: [],
    files: [],
    recalled: null,
    undo_until: null,
    can_recall: false,
    unencrypted: false,
    ...change,
  };
}

export function note(number: number, after: number, change: Partial<Note> = {}): Note {
  return {
    id: `n${number}`,
    conversation: "a",
    number,
    after,
    key: `nk${number}`,
    by: { id: "nia", name: "Nia Brooks", initials: "NB" },
    body: `note ${number}`,
    mentions: [],
    at: instant(after),
    ...change,
  };
}

/** A document of two pages. */
export function file(change: Partial<File> = {}): File {
  const sizes = { size: 120 * 1024, width: 612, height: 792, pages: 2 };
  const kind = { media_type: "application/pdf", kind: "document", name: "Lab form.pdf" } as const;
  return { id: "f", state: "kept", words: null, ...kind, ...sizes, viewed_at: null, ...change };
}

export function posted(n: number, newRow: Row, messages: Message[] = []): StaffFact {
  return { n, kind: "message.posted", row: newRow, messages };
}

/** Sam gave it to Nia, after this message. */
export function event(number: number, change: Partial<WorkEvent> = {}): WorkEvent {
  const [by, to] = [colleague("sam", "Sam Okafor"), colleague("nia", "Nia Brooks")];
  return {
    id: `e${number}`,
    conversation: "a",
    number,
    kind: "assigned",
    at: instant(number),
    by,
    to,
    until: null,
    why: null,
    words: null,
    ...change,
  };
}

export function colleague(id: string, name: string) {
  return { id, name, initials: name.replace(/[^A-Z]/g, "") };
}

export function inbox(rows: Row[], change: Partial<Inbox> = {}): Inbox {
  const counts = {
    needs_reply: rows.length,
    mine: 0,
    unassigned: rows.length,
    open: rows.length,
    waiting: 0,
    snoozed: 0,
    undelivered: 0,
    tasks: 0,
    unread: 0,
    done: 0,
  };
  const streams = [{ id: "front", epoch: "e1", at: 10 }];
  return {
    streams,
    team: "front",
    view: "needs_reply",
    tag: null,
    rows,
    seen: {},
    next: null,
    counts,
    now: instant(30),
    ...change,
  };
}

const yes = { can: true, why: null };

export function patient(change: Partial<Patient> = {}): Patient {
  return {
    id: "patient of a",
    rev: 1,
    first_name: "Maria",
    last_name: "Garcia",
    name: "Maria Garcia",
    initials: "MG",
    date_of_birth: "1985-03-14",
    mrn: null,
    phone: "+13125550142",
    phone_display: "(312) 555-0142",
    email: "maria.garcia@example.org",
    language: "en",
    prefers: null,
    incomplete: false,
    shared_phone: false,
    ways: { sms: { can: false, why: "no_consent" }, secure_sms: yes, secure_email: yes },
    zone: "America/Chicago",
    private_mode: false,
    phone_state: null,
    email_state: null,
    stops: [],
    consents: [],
    conversations: [{ id: "a", team: "front" }],
    quiet_from: null,
    quiet_until: null,
    reminders: true,
    news: true,
    ...change,
  };
}

export function thread(messages: Message[], change: Partial<Thread> = {}): Thread {
  const streams = [{ id: "front", epoch: "e1", at: 10 }];
  return { streams, row: row("a"), patient: patient(), messages, notes: [], before: null, seen: 0, ...change };
}
