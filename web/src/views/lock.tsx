/** Over a locked screen: whose it is, and the password that opens it. Other ways come late. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Refused } from "../http.ts";
import * as lock from "../lock.ts";
import { lateDialogs } from "../parts.ts";
import * as session from "../session.ts";
import { type Locked, locked, signedOut } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import { Avatar } from "./avatar.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";

/** Only a password was asked for, so the words for an address and a password do not fit. */
const wordsOf = (refused: Refused) => (refused.code === "wrong_sign_in" ? refused.detail : inWords(refused));

export function Lock() {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const fields = useFirstFocus<HTMLDivElement>();
  const password = useRef<HTMLInputElement>(null);
  const late = lateDialogs.here.value;
  useEffect(() => void lateDialogs.load(), []);
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setRefused(null);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "signed_out") signedOut.value = true;
      setRefused(error);
      password.current?.select();
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run(() => lock.unlock({ password: password.current?.value }));
  };
  return (
    <Modal title="Locked">
      <form class="fields" onSubmit={submit}>
        {locked.value && <Whose {...locked.value} />}
        <div ref={fields} class="fields wide">
          <label class="field wide">
            Password
            <input ref={password} name="password" type="password" autocomplete="current-password" required />
          </label>
        </div>
        {refused ? (
          <p class="hint bad wide" role="alert">
            {wordsOf(refused)}
          </p>
        ) : (
          <p class="muted wide">What you were writing is kept.</p>
        )}
        {late && <late.LockOthers run={run} />}
        <footer>
          <button type="button" onClick={() => void lock.fresh().then(session.signOut)}>
            Sign out
          </button>
          <button type="submit" class="primary" disabled={isBusy}>
            Unlock
          </button>
        </footer>
      </form>
    </Modal>
  );
}

function Whose({ who, clinic }: Locked) {
  if (!who) return null;
  return (
    <p class="locked-for wide">
      <Avatar id={who.id} initials={who.initials} />
      <span>
        <strong>{who.name}</strong>
        <small>{clinic}</small>
      </span>
    </p>
  );
}

/** The bar over everything, of which only the clinic is left. */
export function LockedBar({ clinic }: Locked) {
  return (
    <header class="bar">
      <span class="clinic" title={clinic}>
        {clinic}
      </span>
    </header>
  );
}
