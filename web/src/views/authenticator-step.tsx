/** Another authenticator takes the place of mine once a code of it was right. */

import { useState } from "preact/hooks";
import * as account from "../account.ts";
import { Refused } from "../http.ts";
import { toast } from "../store.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";

export function AuthenticatorStep({ fresh, onEnd }: { fresh: account.NewAuthenticator; onEnd: () => void }) {
  const [why, setWhy] = useState("");
  const fields = useFirstFocus<HTMLDivElement>();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget as HTMLFormElement).get("code") ?? "");
    try {
      await account.confirmAuthenticator(code.replaceAll(" ", ""));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return setWhy(error.detail);
    }
    toast("Your new authenticator is set up. The one before no longer works.");
    onEnd();
  };
  return (
    <>
      <p>Add an account in the new authenticator app, and point its camera at this.</p>
      <svg class="qr" viewBox={`0 0 ${fresh.qr.size} ${fresh.qr.size}`} role="img">
        <title>Code for the camera of your authenticator</title>
        <path d={fresh.qr.path} />
      </svg>
      <p>
        Or type this key there: <code translate={false}>{fresh.secret}</code>. Is the app on this device?{" "}
        <a href={fresh.address}>Open it with this key</a>
      </p>
      <form onSubmit={(event) => void submit(event)}>
        <div ref={fields} class="fields wide">
          <label class="field wide">
            The six digits that it shows now
            <input name="code" inputMode="numeric" autocomplete="one-time-code" maxLength={8} required />
          </label>
        </div>
        {why && (
          <p class="hint bad" role="alert">
            {why}
          </p>
        )}
        <Closing onLeave={onEnd}>Use this one from now on</Closing>
      </form>
    </>
  );
}
