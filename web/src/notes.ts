/** Notes for the team: an outbox of their own, so that nothing here can turn one into a message. */

import { type Answer, Outbox } from "../../realtime/client/outbox.ts";
import type { Colleague, Note } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import * as drafts from "./drafts.ts";
import type { Refused } from "./http.ts";
import { answerTo } from "./outgoing.ts";
import * as threadState from "./state/thread.ts";
import { keepNoteDraft, type NoteWords, noteDraftOf, noting, pendingNotes, teamOf, thread } from "./store.ts";
import { focusSoon } from "./views/focus.ts";

async function post(key: string, { conversation, ...words }: NoteWords): Promise<Answer<Note, Refused>> {
  try {
    await drafts.settled("note", conversation);
    return { kind: "sent", message: await actions.writeNote(conversation, { key, ...words }) };
  } catch (error) {
    return answerTo(error);
  }
}

const outbox = new Outbox<NoteWords, Note, Refused>({
  post,
  lineOf: (words) => words.conversation,
  onSent: (note) => {
    drafts.went("note", note.conversation);
    take(note);
  },
  onChange: (entries) => {
    pendingNotes.value = entries;
  },
});

export function take(note: Note): void {
  if (thread.value) thread.value = threadState.withNotes(thread.value, [note]);
}

export function heard(key: string): void {
  const entry = pendingNotes.value.find((each) => each.key === key);
  if (entry) drafts.went("note", entry.draft.conversation);
  outbox.heard(key);
}

export const drop = (key: string): void => outbox.drop(key);
export const nudge = (): void => outbox.nudge();

/** The composer of the open conversation turns into that of a note. */
export function begin(): void {
  const row = thread.value?.row;
  if (!row || teamOf(row.team)?.is_member === false) return;
  noting.value = row.id;
  focusSoon("note");
}

/** A note about the open conversation that calls on a colleague, behind what was begun of one. */
export function beginFor({ id, name }: Colleague): void {
  const conversation = thread.value?.row.id;
  if (!conversation) return;
  const { body, chosen } = noteDraftOf(conversation);
  const space = body === "" || /\s$/.test(body) ? "" : " ";
  keepNoteDraft(conversation, { body: `${body}${space}@${name} `, chosen: [...chosen, id] });
  begin();
}

/** `mentions` are the ids of the colleagues it calls on. */
export function add(conversation: string, body: string, mentions: readonly string[]): void {
  keepNoteDraft(conversation, { body: "", chosen: [] });
  outbox.add({ conversation, body, mentions });
}

/** The words of a refused note come back into its composer. */
export function takeBack(key: string): void {
  const entry = pendingNotes.value.find((each) => each.key === key);
  if (!entry) return;
  const { conversation, body, mentions } = entry.draft;
  const { body: started, chosen } = noteDraftOf(conversation);
  drop(key);
  keepNoteDraft(conversation, { body: started ? `${body}\n${started}` : body, chosen: [...mentions, ...chosen] });
  begin();
}
