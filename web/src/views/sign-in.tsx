/** The session ended, or is about to: sign in again in place. Drafts, selection and what waits to be sent survive. */

import { useState } from "preact/hooks";
import * as boot from "../boot.ts";
import { Refused } from "../http.ts";
import * as lock from "../lock.ts";
import { base } from "../page.ts";
import * as session from "../session.ts";
import { notNow } from "../session-end.ts";
import { renewing } from "../store.ts";
import { inWords } from "../words/refusals.ts";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";

const ENDED = "Your session has ended. What you were writing is still here.";

export function SignIn() {
  const [step, setStep] = useState<"password" | "code">("password");
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const fields = useFirstFocus<HTMLDivElement>(step);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const field = (name: string) => String(form.get(name) ?? "");
    setBusy(true);
    setRefused(null);
    try {
      if (step === "code") {
        const mine = await session.signInCode(field("code").replaceAll(" ", ""));
        lock.signedIn();
        return await boot.resume(mine);
      }
      await session.signIn(field("email"), field("password"));
      setStep("code");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "signed_out") setStep("password");
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  const leave = () => {
    notNow().catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    });
  };
  // The right password ends the session that there was.
  const mayLeave = renewing.value && step === "password";
  return (
    <Modal title="Sign in again" {...(mayLeave ? { onClose: leave } : {})}>
      <form class="fields" onSubmit={(event) => void submit(event)}>
        <p class="muted wide">{mayLeave ? "Your session ends soon. What you are writing is kept." : ENDED}</p>
        <div key={step} ref={fields} class="fields wide">
          {step === "password" ? <Password /> : <Code />}
        </div>
        {refused && (
          <p class="hint bad" role="alert">
            {inWords(refused)}
          </p>
        )}
        <footer>
          {mayLeave ? (
            <button type="button" onClick={leave}>
              Not now
            </button>
          ) : (
            <a href={`${base}/sign-in`}>Full sign-in page</a>
          )}
          <button type="submit" class="primary" disabled={isBusy}>
            {step === "password" ? "Continue" : "Sign in"}
          </button>
        </footer>
      </form>
    </Modal>
  );
}

function Password() {
  return (
    <>
      <label class="field wide">
        E-mail
        <input name="email" type="email" autocomplete="username" required />
      </label>
      <label class="field wide">
        Password
        <input name="password" type="password" autocomplete="current-password" required />
      </label>
    </>
  );
}

function Code() {
  return (
    <label class="field wide">
      Code from your authenticator
      <input name="code" inputMode="numeric" autocomplete="one-time-code" required />
    </label>
  );
}
