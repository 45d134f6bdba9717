/** The views of the chosen inbox with the server's counts. "Undelivered" is never quiet when it is not empty. */

import type { View } from "../../../realtime/client/wire.gen.ts";
import { directory } from "../directory-place.ts";
import * as lists from "../lists.ts";
import { VIEWS } from "../state/views.ts";
import { inbox, me, place, teamOf } from "../store.ts";
import { many } from "../words/counts.ts";
import { VIEW_NAMES } from "../words/views.ts";
import { DirectoryLink } from "./directory-links.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { MentionsLink } from "./mentions.tsx";
import { SavedViews } from "./saved-views.tsx";
import { StraysLink } from "./strays-link.tsx";

const ICONS: Record<View, IconName> = {
  needs_reply: "inbox",
  mine: "person",
  unassigned: "team",
  open: "chat",
  waiting: "clock",
  snoozed: "moon",
  undelivered: "alert",
  not_read: "eye",
  tasks: "edit",
  unread: "mail",
  done: "check",
};

export function Rail() {
  return (
    <nav class="rail" aria-label="Views">
      <ul>
        {VIEWS.map((view) => (
          <RailItem key={view} view={view} />
        ))}
        <MentionsLink />
        <StraysLink />
        <DirectoryLink />
      </ul>
      <SavedViews />
      <h2>Teams</h2>
      <ul class="teams">
        <TeamLink id="all" name="All my teams" />
        {me.value?.teams.map((team) => (
          <TeamLink key={team.id} id={team.id} name={team.name} />
        ))}
      </ul>
    </nav>
  );
}

function RailItem({ view }: { view: View }) {
  const count = inbox.value?.counts[view] ?? 0;
  const isLoud = view === "undelivered" && count > 0;
  const isHere = place.value.view === view && !place.value.strays && !directory.value;
  return (
    <li>
      <button
        type="button"
        class={isLoud ? "loud" : ""}
        aria-current={isHere ? "page" : undefined}
        onClick={() => void lists.show(place.value.team, view)}
      >
        <Icon name={ICONS[view]} />
        <span class="grow">{VIEW_NAMES[view]}</span>
        {count > 0 && view !== "done" && <span class="count">{count}</span>}
      </button>
    </li>
  );
}

function TeamLink({ id, name }: { id: string; name: string }) {
  const isHere = place.value.team === id && !directory.value;
  const strays = teamOf(id)?.strays ?? 0;
  return (
    <li>
      <button
        type="button"
        aria-current={isHere ? "true" : undefined}
        onClick={() => void lists.show(id, place.value.view)}
      >
        <Icon name={id === "all" ? "inbox" : "team"} />
        <span class="grow">{name}</span>
        {strays > 0 && !isHere && (
          <span class="strays-mark" title={many(strays, "unknown sender")}>
            <Icon name="unknown" size={14} />
            <span class="hidden">{many(strays, "unknown sender")}</span>
          </span>
        )}
      </button>
    </li>
  );
}
