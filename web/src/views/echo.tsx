/** A message that the server has not taken yet: on the screen at once, honest about where it is. */

import * as desk from "../desk.ts";
import { connection, dialog, type Pending, uploads } from "../store.ts";
import { privateWords } from "../words/private.ts";
import { inWords } from "../words/refusals.ts";
import { clock } from "../words/time.ts";
import { choiceOf, WAYS } from "../words/ways.ts";
import { State as FileState } from "./attachments.tsx";
import { focusComposer } from "./focus.ts";
import { Icon } from "./icon.tsx";
import { Text } from "./text.tsx";

export function Echo({ entry }: { entry: Pending }) {
  const { via, body } = entry.draft;
  const kind = via === "sms" ? "plain" : "secure";
  return (
    <li>
      <article class={`message ours ${kind} echo ${entry.state}`}>
        <h3 class="hidden">You</h3>
        {body && (
          <div class="bubble">
            <Text body={body} />
          </div>
        )}
        <Files keys={entry.draft.files ?? []} />
        <p class="below">
          <span class={`via ${kind}`}>
            <Icon name={kind === "plain" ? "unlock" : "lock"} size={12} />
            {WAYS[choiceOf(entry.draft)].label}
          </span>
          <time>{clock(entry.at)}</time>
          <State entry={entry} />
        </p>
      </article>
    </li>
  );
}

function Files({ keys }: { keys: readonly string[] }) {
  const files = uploads.value.filter((each) => keys.includes(each.key));
  if (files.length === 0) return null;
  return (
    <ul class="documents">
      {files.map((file) => (
        <li key={file.key} class="document">
          <Icon name="file" size={22} />
          <span class="grow">
            <span class="file-name">{file.name}</span>
            <FileState file={file} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function State({ entry }: { entry: Pending }) {
  if (entry.state === "refused") return <NotSent entry={entry} />;
  const isWaiting = entry.state === "waiting" || connection.value.name === "offline";
  return (
    <span class="standing quiet">
      {isWaiting && <Icon name="clock" size={12} />}
      {isWaiting ? "Waiting for the network" : "Sending…"}
    </span>
  );
}

function takeBack(key: string): void {
  desk.takeBack(key);
  focusComposer();
}

function NotSent({ entry }: { entry: Pending }) {
  const { refusal } = entry;
  if (refusal?.code === "looks_private") return <LooksPrivate entry={entry} found={refusal.about.found ?? []} />;
  const hasMissed = refusal?.code === "moved_on" && refusal.missed.length > 0;
  return (
    <>
      <span class="standing bad">
        <Icon name="alert" size={13} /> Not sent – {refusal ? inWords(refusal) : "refused"}
      </span>
      {hasMissed ? (
        <button
          type="button"
          class="link"
          onClick={() => (dialog.value = { name: "moved-on", key: entry.key, missed: refusal.missed })}
        >
          Show
        </button>
      ) : (
        <button type="button" class="link" onClick={() => takeBack(entry.key)}>
          Edit
        </button>
      )}
      <button type="button" class="link" onClick={() => desk.drop(entry.key)}>
        Discard
      </button>
    </>
  );
}

/** The server saw what the composer did not: the same question, with the same answers. */
function LooksPrivate({ entry, found }: { entry: Pending; found: readonly string[] }) {
  return (
    <>
      <span class="standing bad">
        <Icon name="alert" size={13} /> Not sent – {privateWords(found)}
      </span>
      <button type="button" class="link" onClick={() => desk.sendPrivately(entry.key)}>
        Send as secure instead
      </button>
      <kbd>Alt S</kbd>
      <button type="button" class="link" onClick={() => desk.sendBeingSure(entry.key)}>
        Send as plain text
      </button>
      <button type="button" class="link" onClick={() => takeBack(entry.key)}>
        Edit
      </button>
    </>
  );
}
