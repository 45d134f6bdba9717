/** What can be done with the conversations that are chosen in the list. It lies over the list's end: no row moves. */

import type { Colleague } from "../../../realtime/client/wire.gen.ts";
import * as several from "../several.ts";
import { me } from "../store.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";
import { TagChip } from "./tags.tsx";

export function SelectionBar() {
  const rows = several.chosen.value;
  const isOpen = rows.some((row) => row.state === "open");
  return (
    <>
      {/* Always there, so that its words are heard as they change. */}
      <span class="hidden" role="status">
        {rows.length > 0 && `${rows.length} selected`}
      </span>
      {rows.length > 0 && (
        <fieldset class="several">
          <legend class="hidden">Selected conversations</legend>
          <p class="grow">
            <strong>{rows.length}</strong> selected
          </p>
          <button type="button" class="link" title="Esc" onClick={several.clear}>
            Clear
          </button>
          <div class="acts">
            <PeopleMenu />
            {isOpen && (
              <button type="button" class="quiet" title="E" onClick={several.markDone}>
                Done
              </button>
            )}
            {isOpen && (
              <button type="button" class="quiet" title="S" onClick={several.askSnooze}>
                Snooze…
              </button>
            )}
            <TagsMenu />
            {isOpen && (
              <button type="button" class="quiet" title="!" onClick={() => void several.togglePriority()}>
                {several.arePriority() ? "No priority" : "Priority"}
              </button>
            )}
          </div>
        </fieldset>
      )}
    </>
  );
}

function PeopleMenu() {
  const mine = me.value?.user ?? null;
  return (
    <Menu
      id="several-assign"
      label="Assign the selected conversations (Shift A)"
      button="Assign…"
      buttonClass="quiet"
      align="above"
      onOpen={() => void several.needPeople()}
    >
      {(close) => {
        const item = (to: Colleague | null, words: string) => (
          <button
            key={to?.id ?? "nobody"}
            type="button"
            class="item"
            onClick={choosing(close, () => several.assign(to))}
          >
            {to ? <Avatar id={to.id} initials={to.initials} size="small" /> : <Icon name="close" />}
            <span class="grow">{words}</span>
          </button>
        );
        return (
          <>
            <p class="menu-title">Assign to</p>
            {mine && item(mine, "Me")}
            {several
              .people()
              .filter((each) => each.id !== mine?.id)
              .map((each) => item(each, each.name))}
            <hr />
            {item(null, "Nobody")}
          </>
        );
      }}
    </Menu>
  );
}

function TagsMenu() {
  const all = several.tags();
  return (
    <Menu id="several-tags" label="Tag the selected conversations (T)" button="Tag…" buttonClass="quiet" align="above">
      {(close) => (
        <>
          {all.map((tag) => (
            <button
              key={tag.id}
              type="button"
              class="item"
              aria-pressed={several.isTagOff(tag)}
              onClick={choosing(close, () => several.toggleTag(tag))}
            >
              <TagChip tag={tag} />
              <span class="grow" />
              {several.isTagOff(tag) && <span class="muted">Take off</span>}
            </button>
          ))}
          {all.length === 0 && <p class="muted menu-words">Your clinic has no tags yet.</p>}
        </>
      )}
    </Menu>
  );
}

const choosing = (close: () => void, act: () => Promise<boolean>) => () => {
  close();
  void act();
};

interface PickProps {
  id: string;
  name: string;
  isOn: boolean;
}

/** Of one row. The key X does the same, so it stands in nobody's way from row to row. */
export function Pick({ id, name, isOn }: PickProps) {
  return (
    <input
      type="checkbox"
      class="pick"
      tabIndex={-1}
      aria-label={`Select ${name}`}
      title="X"
      checked={isOn}
      onClick={(event) => (event.shiftKey ? several.extendTo(id) : several.toggle(id))}
    />
  );
}
