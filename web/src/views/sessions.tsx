/** Where I am signed in, to end it where I am not any more. */

import { useEffect, useState } from "preact/hooks";
import type { MySession } from "../../../realtime/client/wire.gen.ts";
import * as account from "../account.ts";
import * as clock from "../clock.ts";
import { sentence } from "../words/time.ts";
import type { Acts } from "./acts.tsx";

export function Sessions({ acts }: { acts: Acts }) {
  const [all, setAll] = useState<readonly MySession[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  const take = async (asked: ReturnType<typeof account.sessions>) => setAll((await asked).sessions);
  useEffect(() => {
    take(account.sessions()).catch(() => setFailed(true));
  }, []);
  const hasOthers = all?.some((each) => !each.is_this) ?? false;
  return (
    <>
      <h3>Where I am signed in</h3>
      {isFailed && <p role="alert">This did not load. Close it and try again.</p>}
      <ul class="persons sessions">
        {all?.map((each) => (
          <Session key={each.id} session={each} end={() => acts.run(() => take(account.endSession(each.id)))} />
        ))}
      </ul>
      {hasOthers && (
        <p>
          <button type="button" onClick={() => void acts.run(() => take(account.endOthers()))}>
            Sign out everywhere else
          </button>
        </p>
      )}
    </>
  );
}

function Session({ session, end }: { session: MySession; end: () => Promise<unknown> }) {
  const device = session.device ?? "A browser";
  return (
    <li>
      <span class="grow">
        <strong>{device}</strong>
        <small class="muted">
          {session.is_this ? "This one" : `Used ${sentence(session.seen_at, clock.now.value)}`}
          {session.is_locked && ", locked"}
        </small>
        <small class="muted">
          Signed in {sentence(session.began_at, clock.now.value)}
          {session.source && ` from ${session.source}`}
        </small>
      </span>
      {!session.is_this && (
        <button type="button" class="link" aria-label={`Sign out of ${device}`} onClick={() => void end()}>
          Sign out
        </button>
      )}
    </li>
  );
}
