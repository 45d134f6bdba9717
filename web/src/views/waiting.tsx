/** In place of a dialog that is still to come, or that did not. */

import type { Part } from "../parts.ts";
import { updateReady } from "../store.ts";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";

interface WaitingProps {
  for: Part<unknown>;
  onClose: () => void;
}

export function Waiting({ for: part, onClose }: WaitingProps) {
  const failed = part.failed.value;
  return (
    <Modal title={failed ? "This did not load" : "One moment"} onClose={onClose}>
      {failed ? <Failed retry={() => void part.load()} /> : <p role="status">Loading…</p>}
    </Modal>
  );
}

/** In place of a part of the screen. */
export function PartWait({ part }: { part: Part<unknown> }) {
  if (part.failed.value) {
    return (
      <section class="empty" role="alert">
        <Failed retry={() => void part.load()} />
      </section>
    );
  }
  return (
    <p class="empty muted" role="status">
      Loading…
    </p>
  );
}

/** The files of another version may be gone; reloading asks before it loses words. */
function Failed({ retry }: { retry: () => void }) {
  const box = useFirstFocus<HTMLElement>();
  return (
    <>
      <p role="alert">
        {updateReady.value
          ? "There is a new version. Reload the page, then open this again."
          : "The connection may be interrupted. Your conversations and drafts are not affected."}
      </p>
      <footer ref={box}>
        {updateReady.value ? (
          <button type="button" class="primary" onClick={() => location.reload()}>
            Reload
          </button>
        ) : (
          <button type="button" class="primary" onClick={retry}>
            Try again
          </button>
        )}
      </footer>
    </>
  );
}
