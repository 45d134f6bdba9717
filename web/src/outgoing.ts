/** The outbox of this screen: what was written and is not yet taken by the server. */

import { type Answer, Outbox } from "../../realtime/client/outbox.ts";
import type { Message } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { takeMessage } from "./answers.ts";
import * as attaching from "./attaching.ts";
import * as drafts from "./drafts.ts";
import { Refused } from "./http.ts";
import { pending, type Words } from "./store.ts";

/** Told to come back later than this, the words go back to their writer, who can call instead. */
const LONGEST_WAIT = 60_000;

/** The words go when their files are there. Raises `Refused` where one of those was. */
async function arrived(keys: readonly string[]): Promise<{ files?: string[] }> {
  const there = await attaching.carrier.arrived(keys);
  const wrong = there.find((each) => each.state === "refused");
  if (wrong) throw new Refused(422, "file_refused", `${wrong.name}: ${wrong.words}`);
  return keys.length > 0 ? { files: there.flatMap((each) => each.id ?? []) } : {};
}

/** Signed out counts as silence: the words wait, under the same key, for the person to come back. */
export function answerTo(error: unknown): Answer<never, Refused> {
  if (!(error instanceof Refused)) throw error;
  const isSoon = (error.retryAfter ?? 0) <= LONGEST_WAIT;
  const waits = (error.isSilence && isSoon) || error.status === 401;
  if (!waits) return { kind: "refused", refusal: error };
  return error.retryAfter === null ? { kind: "silence" } : { kind: "silence", after: error.retryAfter };
}

async function post(key: string, { conversation, files = [], ...words }: Words): Promise<Answer<Message, Refused>> {
  try {
    await drafts.settled("message", conversation);
    const message = await actions.postMessage(conversation, key, { ...words, ...(await arrived(files)) });
    attaching.went(key, files);
    return { kind: "sent", message };
  } catch (error) {
    return answerTo(error);
  }
}

export const outbox = new Outbox<Words, Message, Refused>({
  post,
  lineOf: (words) => words.conversation,
  onSent: (message) => {
    drafts.went("message", message.conversation);
    takeMessage(message);
  },
  onChange: (entries) => {
    pending.value = entries;
  },
});

/** The wire brought this message of ours: whatever became of the answer, it went with its files. */
export function heard(key: string): void {
  const entry = outbox.entries.find((each) => each.key === key);
  if (entry) drafts.went("message", entry.draft.conversation);
  attaching.went(key, filesOf(key));
  outbox.heard(key);
}

/** Nobody wants these words any more, nor what was to go with them. */
export function drop(key: string): void {
  const files = filesOf(key);
  outbox.drop(key);
  files.forEach(attaching.remove);
}

export function nudge(): void {
  attaching.carrier.nudge();
  outbox.nudge();
}

const filesOf = (key: string) => outbox.entries.find((each) => each.key === key)?.draft.files ?? [];
