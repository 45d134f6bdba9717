/** Somebody's words with their line breaks; web addresses become links that tell the other site nothing. */

import type { Colleague } from "../../../realtime/client/wire.gen.ts";
import { me } from "../store.ts";
import { cut } from "../words/mentions.ts";

const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'])/;

export function Text({ body }: { body: string }) {
  return (
    <p dir="auto">
      <Linked body={body} />
    </p>
  );
}

function Linked({ body }: { body: string }) {
  return (
    <>
      {body.split(ADDRESS).map((part, at) =>
        at % 2 === 1 ? (
          <a key={`${at} ${part}`} href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}

/** A note's words: whom it calls on stands out, and I most of all. */
export function NoteText({ body, mentions }: { body: string; mentions: readonly Colleague[] }) {
  const parts = cut(
    body,
    mentions.map((each) => each.name),
  );
  const isMe = (part: string) => mentions.some((each) => each.id === me.value?.user.id && `@${each.name}` === part);
  return (
    <p dir="auto">
      {parts.map((part, at) =>
        at % 2 === 1 ? (
          <mark key={`${at} ${part}`} class={isMe(part) ? "me" : ""}>
            {part}
          </mark>
        ) : (
          <Linked key={`${at}`} body={part} />
        ),
      )}
    </p>
  );
}
