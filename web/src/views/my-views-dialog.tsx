/** My views: shown, renamed, removed and put back. */

import { useState } from "preact/hooks";
import type { SavedView } from "../../../realtime/client/wire.gen.ts";
import * as saved from "../saved.ts";
import * as changes from "../saved-changes.ts";
import { useFirstFocus } from "./focus.ts";
import { listed } from "./listed.ts";
import { Modal } from "./modal.tsx";
import { useChanges } from "./put-back.tsx";
import { RenameView } from "./save-view-dialog.tsx";

export function MyViewsDialog({ onClose }: { onClose: () => void }) {
  const [renaming, setRenaming] = useState<SavedView | null>(null);
  if (renaming) {
    return (
      <Modal title={`Rename “${renaming.name}”`} onClose={onClose}>
        <RenameView view={renaming} onEnd={() => setRenaming(null)} />
      </Modal>
    );
  }
  return (
    <Modal title="My views" onClose={onClose}>
      <All onRename={setRenaming} onClose={onClose} />
    </Modal>
  );
}

interface AllProps {
  onRename: (view: SavedView) => void;
  onClose: () => void;
}

function All({ onRename, onClose }: AllProps) {
  const { change, said, gone } = useChanges();
  const box = useFirstFocus<HTMLDivElement>(gone);
  const remove = (view: SavedView) =>
    change(() => changes.remove(view), {
      id: view.id,
      words: `Removed “${view.name}”.`,
      act: () => changes.keep(view.name, view),
    });
  const show = (view: SavedView) => {
    onClose();
    void saved.show(view);
  };
  return (
    <div ref={box} class="my-views">
      {said}
      {saved.all().length === 0 && <p class="muted">There are none. Show a list, then press V to save it.</p>}
      <ul>
        {saved.all().map((view) => (
          <Item
            key={view.id}
            view={view}
            onShow={() => show(view)}
            onRename={() => onRename(view)}
            onRemove={() => void remove(view)}
          />
        ))}
      </ul>
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </footer>
    </div>
  );
}

interface ItemProps {
  view: SavedView;
  onShow: () => void;
  onRename: () => void;
  onRemove: () => void;
}

function Item({ view, onShow, onRename, onRemove }: ItemProps) {
  const { name } = view;
  return (
    <li>
      <span class="grow">
        {saved.canShow(view) ? (
          <button type="button" class="link" aria-label={`Show ${name}`} onClick={onShow}>
            <strong dir="auto">{name}</strong>
          </button>
        ) : (
          <strong dir="auto">{name}</strong>
        )}
        <small class="muted">{listed(view)}</small>
      </span>
      <button type="button" class="link" aria-label={`Rename ${name}`} onClick={onRename}>
        Rename
      </button>
      <button type="button" class="link" aria-label={`Remove ${name}`} onClick={onRemove}>
        Remove
      </button>
    </li>
  );
}
