/** Files that are dragged over a conversation and let go there. */

import { useRef, useState } from "preact/hooks";
import * as attaching from "../attaching.ts";
import { focusComposer } from "./focus.ts";
import { Icon } from "./icon.tsx";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;

/** What the conversation listens for, and whether a file is over it now. */
export function useDrop(conversation: string, mayWrite: boolean) {
  const [isOver, setOver] = useState(false);
  // Each element inside is entered and left as well.
  const depth = useRef(0);
  const end = () => {
    depth.current = 0;
    setOver(false);
  };
  if (!mayWrite) return { isOver: false, zone: {} };
  const zone = {
    onDragEnter: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth.current += 1;
      setOver(true);
    },
    onDragOver: (event: DragEvent) => hasFiles(event) && event.preventDefault(),
    onDragLeave: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current -= 1;
      if (depth.current <= 0) end();
    },
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      end();
      attaching.attach(conversation, event.dataTransfer?.files ?? []);
      focusComposer();
    },
  };
  return { isOver, zone };
}

export function DropHere({ name }: { name: string }) {
  return (
    <div class="drop-here" aria-hidden="true">
      <p>
        <Icon name="clip" size={22} /> Let go to add it to your message to {name}
      </p>
    </div>
  );
}
