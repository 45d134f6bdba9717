/** Who works in the clinic: in which teams, and whether they are on. */

import { useEffect, useState } from "preact/hooks";
import type { Coworker } from "../../../realtime/client/wire.gen.ts";
import * as reads from "../reads.ts";
import { many } from "../words/counts.ts";
import { named } from "../words/mentions.ts";
import { Avatar } from "./avatar.tsx";

export function DirectoryCoworkers() {
  const [all, setAll] = useState<readonly Coworker[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [text, setText] = useState("");
  const load = () => {
    setFailed(false);
    reads.coworkers().then(setAll, () => setFailed(true));
  };
  useEffect(load, []);
  if (isFailed) {
    return (
      <div class="empty" role="alert">
        <p>The coworkers did not load.</p>
        <button type="button" onClick={load}>
          Try again
        </button>
      </div>
    );
  }
  const found = named(all ?? [], text.trim());
  return (
    <>
      <div class="directory-tools">
        <input
          type="search"
          aria-label="Find a coworker"
          placeholder="Name"
          autocomplete="off"
          dir="auto"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <p class="muted directory-status" role="status">
        {all && many(found.length, "coworker")}
      </p>
      <ul class="rows coworkers" aria-busy={all === null}>
        {found.map((each) => (
          <Row key={each.id} coworker={each} />
        ))}
      </ul>
      <p class="muted directory-status">Call on a coworker with @ in a note beside a conversation.</p>
    </>
  );
}

function Row({ coworker }: { coworker: Coworker }) {
  return (
    <li class="item">
      <Avatar id={coworker.id} initials={coworker.initials} />
      <span class="grow">
        {coworker.name}
        <small>{coworker.teams.join(" · ") || "In no team"}</small>
      </span>
      <span class={`standing ${coworker.is_on ? "good" : ""}`}>{coworker.is_on ? "On now" : "Not on"}</span>
    </li>
  );
}
