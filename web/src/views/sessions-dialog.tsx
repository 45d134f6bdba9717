/** Where I am signed in, to end it where I am not any more. */

import { useEffect, useState } from "preact/hooks";
import type { MySession } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as desk from "../people.ts";
import { sentence } from "../words/time.ts";
import { useActs } from "./acts.tsx";
import { Modal } from "./modal.tsx";

export function SessionsDialog({ onClose }: { onClose: () => void }) {
  const acts = useActs();
  const [all, setAll] = useState<readonly MySession[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  const take = async (asked: ReturnType<typeof desk.sessions>) => setAll((await asked).sessions);
  useEffect(() => {
    take(desk.sessions()).catch(() => setFailed(true));
  }, []);
  const hasOthers = all?.some((each) => !each.is_this) ?? false;
  return (
    <Modal title="Where I am signed in" onClose={onClose}>
      <div class="people">
        {isFailed && <p role="alert">This did not load. Close it and try again.</p>}
        {acts.said}
        <ul class="persons">
          {all?.map((each) => (
            <li key={each.id}>
              <span class="grow">
                <strong>{each.device ?? "A browser"}</strong>
                <small class="muted">
                  {each.is_this ? "This one" : `Used ${sentence(each.seen_at, clock.now.value)}`}
                  {each.is_locked && ", locked"}
                </small>
                <small class="muted">
                  Signed in {sentence(each.began_at, clock.now.value)}
                  {each.source && ` from ${each.source}`}
                </small>
              </span>
              {!each.is_this && (
                <button
                  type="button"
                  class="link"
                  aria-label={`Sign out of ${each.device ?? "a browser"}`}
                  onClick={() => void acts.run(() => take(desk.endSession(each.id)))}
                >
                  Sign out
                </button>
              )}
            </li>
          ))}
        </ul>
        <footer>
          <button type="button" onClick={onClose}>
            Close
          </button>
          {hasOthers && (
            <button type="button" class="primary" onClick={() => void acts.run(() => take(desk.endOthers()))}>
              Sign out everywhere else
            </button>
          )}
        </footer>
      </div>
    </Modal>
  );
}
