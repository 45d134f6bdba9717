/** In the rail: the lists that I come back to. */

import type { SavedView } from "../../../realtime/client/wire.gen.ts";
import * as saved from "../saved.ts";
import { dialog, me, place, teamOf } from "../store.ts";
import { VIEW_NAMES } from "../words/views.ts";
import { Icon } from "./icon.tsx";

/** A list by what is in it, such as "Needs reply · Front desk · Refill". */
export function listed({ team, view, tag }: saved.Where): string {
  const inbox = team ? (teamOf(team)?.name ?? "A team that is no longer yours") : "All my teams";
  const tagged = tag && (me.value?.tags.find((each) => each.id === tag)?.name ?? "A retired tag");
  return [VIEW_NAMES[view], inbox, tagged].filter(Boolean).join(" · ");
}

export function SavedViews() {
  const shown = saved.shown();
  const canSave = isWorthSaving();
  if (saved.all().length === 0 && !canSave) return null;
  return (
    <>
      <h2>My views</h2>
      <ul class="saved">
        {shown.map((each, at) => (
          <SavedItem key={each.id} each={each} keyed={at < 9 ? String(at + 1) : null} />
        ))}
        {canSave && <SaveThis />}
        {saved.all().length > 0 && <ChangeThem />}
      </ul>
    </>
  );
}

/** Offered where there is something to come back to: where everybody begins, there is not. */
function isWorthSaving(): boolean {
  const { team, view, tag } = saved.whereOf(place.value);
  const isFirst = view === "needs_reply" && team === null && tag === null;
  return !isFirst && !place.value.strays && !saved.all().some(saved.isHere);
}

function SavedItem({ each, keyed }: { each: SavedView; keyed: string | null }) {
  return (
    <li>
      <button
        type="button"
        title={listed(each)}
        aria-current={saved.isHere(each) ? "true" : undefined}
        onClick={() => void saved.show(each)}
      >
        <Icon name="star" />
        <span class="grow" dir="auto">
          {each.name}
        </span>
        {keyed && <kbd>{keyed}</kbd>}
      </button>
    </li>
  );
}

function SaveThis() {
  const open = () => {
    dialog.value = { name: "save-view", where: saved.whereOf(place.value) };
  };
  return (
    <li>
      <button type="button" onClick={open}>
        <Icon name="plus" />
        <span class="grow">Save this list…</span>
        <kbd>V</kbd>
      </button>
    </li>
  );
}

function ChangeThem() {
  const open = () => {
    dialog.value = { name: "my-views" };
  };
  return (
    <li>
      <button type="button" onClick={open}>
        <Icon name="edit" />
        <span class="grow">
          Change<span class="hidden"> my views</span>…
        </span>
        <kbd>Shift V</kbd>
      </button>
    </li>
  );
}
