/** Files that go with what is being written: on their way while the person still writes, in whatever conversation. */

import {
  carrier as carrierOf,
  type Known,
  type Received,
  type Reply,
  type Upload,
} from "../../realtime/client/uploads.ts";
import * as actions from "./actions.ts";
import { announce } from "./announce.ts";
import { Refused } from "./http.ts";
import * as reads from "./reads.ts";
import { dialog, pending, toast, uploads } from "./store.ts";
import { mediaType, refusal } from "./words/files.ts";
import { inWords } from "./words/refusals.ts";

/** How long what was sent can be undone with its files, in milliseconds; longer than any clinic's undo time. */
const KEPT_FOR = 60_000;
/** As they were spoken of last. */
let states = new Map<string, Upload["state"]>();
const sent = new Map<string, Upload["chosen"][]>();
/** Ids of what the server said is mine, and of what was sent or taken out here. */
const listed = new Set<string>();
const gone = new Set<string>();

async function told(asked: Promise<Received>): Promise<Reply> {
  try {
    return { upload: await asked };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // After a piece in the wrong place the server is asked again what it has.
    const isLost = error.isSilence || error.status === 401 || error.code === "wrong_place";
    if (!isLost) return { words: inWords(error) };
    return error.retryAfter === null ? {} : { after: error.retryAfter };
  }
}

export const carrier = carrierOf({
  begin: ({ key, to, name, file }) =>
    told(actions.beginUpload(to, { key, name, media_type: mediaType(name, file.type), size: file.size })),
  put: (id, at, piece) => told(actions.addToUpload(id, at, piece)),
  // One that is gone already is as good.
  cancel: (id) => void actions.dropUpload(id).catch(() => undefined),
  onChange: (all) => {
    uploads.value = all;
    for (const each of all) if (states.get(each.key) !== each.state) speak(each);
    states = new Map(all.map((each) => [each.key, each.state]));
  },
});

function speak({ name, state, words }: Upload): void {
  if (state === "kept") announce(`${name} is ready`);
  if (state === "refused") announce(`${name} cannot be sent: ${words}`);
}

/** What stands in the composer of a conversation: added, and not on its way with a message. */
export function added(conversation: string): Upload[] {
  const gone = new Set(pending.value.flatMap((entry) => entry.draft.files ?? []));
  return uploads.value.filter((each) => each.to === conversation && !gone.has(each.key));
}

export function attach(conversation: string, files: Iterable<File>): void {
  for (const file of files) carrier.add(file, conversation, refusal(file, added(conversation).length));
}

export function remove(key: string): void {
  const { id } = uploads.value.find((each) => each.key === key) ?? {};
  if (id) gone.add(id);
  carrier.drop(key);
}

/**
 * What the server has of mine for a conversation: what was added on another screen, or before a reload, stands here too,
 * and what went from there is here no more. What left from here meanwhile stays gone, whenever the answer was made.
 */
export function take(conversation: string, found: readonly Known[]): void {
  const here = new Map(uploads.value.map((each) => [each.id, each]));
  const there = new Set(found.map((each) => each.id));
  const lost = added(conversation).filter(({ id }) => id !== null && listed.has(id) && !there.has(id));
  if (lost.length > 0) carrier.forget(lost.map((each) => each.key));
  for (const each of found) {
    listed.add(each.id);
    if (!here.has(each.id) && !gone.has(each.id)) carrier.add(each, conversation, "", each.id);
  }
}

/** Opens it as the patient will have it: the server has made pictures anew and drawn the pages of documents. */
export async function look({ id, name }: Upload): Promise<void> {
  try {
    const file = id && (await reads.added(id));
    if (!file) return;
    dialog.value =
      file.kind === "picture" ? { name: "picture", file: file.id, words: name } : { name: "document", file };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(inWords(error), { isError: true });
  }
}

/** They went with the message of this key. */
export function went(message: string, keys: readonly string[]): void {
  const those = uploads.value.filter((each) => keys.includes(each.key));
  if (those.length === 0) return;
  for (const { id } of those) if (id) gone.add(id);
  sent.set(
    message,
    those.map((each) => each.chosen),
  );
  setTimeout(() => sent.delete(message), KEPT_FOR);
  carrier.forget(keys);
}

/** The message was undone: its files come back with its words. Of one that was added elsewhere no bytes are here. */
export function bringBack(conversation: string, message: string): void {
  const files = sent.get(message) ?? [];
  attach(
    conversation,
    files.filter((each) => each instanceof File),
  );
  const lost = files.filter((each) => !(each instanceof File)).map((each) => each.name);
  if (lost.length > 0) toast(`Add ${lost.join(", ")} again: it was added on another screen`, { isError: true });
  sent.delete(message);
}
