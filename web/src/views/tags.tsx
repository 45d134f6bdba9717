/** Tags: on a row, in the head of a conversation, and as a choice of what a list shows. Each has its name beside it. */

import type { Row, Tag } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../tags.ts";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";
import { DialogItem } from "./menu-item.tsx";

const ON_A_ROW = 3;

export function TagChip({ tag }: { tag: Tag }) {
  return (
    <span class={`tag hued ${tag.colour}`} title={tag.name}>
      {tag.name}
    </span>
  );
}

export function RowTags({ tags }: { tags: readonly Tag[] }) {
  const more = tags.slice(ON_A_ROW);
  return (
    <>
      {tags.slice(0, ON_A_ROW).map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
      {more.length > 0 && (
        <span class="tag" title={more.map((tag) => tag.name).join(", ")}>
          +{more.length}
        </span>
      )}
    </>
  );
}

/** Under the head of the open conversation, where it has some. */
export function ThreadTags({ row }: { row: Row }) {
  if (row.tags.length === 0) return null;
  return (
    <ul class="thread-tags" aria-label="Tags">
      {row.tags.map((tag) => (
        <li key={tag.id}>
          <TagChip tag={tag} />
        </li>
      ))}
    </ul>
  );
}

export function TagMenu({ row }: { row: Row }) {
  const all = desk.choices(row.tags);
  return (
    <Menu
      id="tags"
      label="Tags of this conversation"
      button={<Icon name="tag" size={18} />}
      buttonClass="icon-button"
      align="end"
    >
      {(close) => (
        <>
          {all.map((tag) => (
            <Choice
              key={tag.id}
              tag={tag}
              isOn={row.tags.some((each) => each.id === tag.id)}
              onChoose={() => void desk.toggle(row.id, tag)}
            />
          ))}
          {all.length === 0 && <p class="muted menu-words">Your clinic has no tags yet.</p>}
          {desk.mayManage() && <DialogItem close={close} open={{ name: "tags" }} icon="edit" words="Change the tags" />}
        </>
      )}
    </Menu>
  );
}

function Choice({ tag, isOn, onChoose }: { tag: Tag; isOn: boolean; onChoose: () => void }) {
  return (
    <button type="button" class="item" aria-pressed={isOn} onClick={onChoose}>
      <TagChip tag={tag} />
      <span class="grow" />
      {isOn && <Icon name="check" />}
    </button>
  );
}
