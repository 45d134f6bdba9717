/** At a locked screen: a passkey in place of the password, and a colleague who takes the computer over. */

import { useEffect, useState } from "preact/hooks";
import type { Others } from "../../../realtime/client/wire.gen.ts";
import { ask } from "../http.ts";
import * as lock from "../lock.ts";
import * as passkeys from "../passkeys.ts";
import { Avatar } from "./avatar.tsx";

/** `run` shows why something did not work. */
export function LockOthers({ run }: { run: (act: () => Promise<void>) => Promise<void> }) {
  const [others, setOthers] = useState<Others | null>(null);
  useEffect(() => {
    // Without an answer the password still opens it, and signing out leads to where anybody signs in.
    ask<Others>("GET", "/session/others").then(setOthers, () => undefined);
  }, []);
  const byPasskey = async () => lock.unlock({ passkey: await passkeys.signed() });
  /** The page goes, and with it all that it holds in memory. */
  const leaveTo = (address: string) =>
    run(async () => {
      await lock.fresh();
      await ask("POST", "/session/switch", {});
      location.assign(address);
    });
  return (
    <div class="lock-others wide">
      {passkeys.isOffered() && (
        <button type="button" onClick={() => void run(byPasskey)}>
          Use a passkey
        </button>
      )}
      {others?.people.map(({ user, base }) => (
        <button key={base} type="button" onClick={() => void leaveTo(`${base}/inbox`)}>
          <Avatar id={user.id} initials={user.initials} />
          {user.name}
        </button>
      ))}
      {others?.free != null && (
        <button type="button" onClick={() => void leaveTo(`${others.free}/sign-in`)}>
          Somebody else
        </button>
      )}
    </div>
  );
}
