/** In the rail: the lists that I come back to. */

import type { SavedView } from "../../../realtime/client/wire.gen.ts";
import { lateDialogs } from "../parts.ts";
import * as saved from "../saved.ts";
import { queryOf } from "../state/filters.ts";
import { dialog, place } from "../store.ts";
import { Icon } from "./icon.tsx";

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
  const { team, view } = place.value;
  const isFirst = view === "needs_reply" && team === "all" && queryOf(place.value) === "";
  return !isFirst && !place.value.strays && !saved.all().some(saved.isHere);
}

function SavedItem({ each, keyed }: { each: SavedView; keyed: string | null }) {
  return (
    <li>
      <button
        type="button"
        title={lateDialogs.here.value?.listed(each)}
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
