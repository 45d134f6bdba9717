/** The session ended: sign in again in place. Drafts, selection and what waits to be sent survive. */

import { useState } from "preact/hooks";
import * as boot from "../boot.ts";
import { Refused } from "../http.ts";
import { base } from "../page.ts";
import * as session from "../session.ts";
import { inWords } from "../words/refusals.ts";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";

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
      if (step === "code") return await boot.resume(await session.signInCode(field("code").replaceAll(" ", "")));
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
  return (
    <Modal title="Sign in again">
      <form class="fields" onSubmit={(event) => void submit(event)}>
        <p class="muted wide">Your session has ended. What you were writing is still here.</p>
        <div key={step} ref={fields} class="fields wide">
          {step === "password" ? <Password /> : <Code />}
        </div>
        {refused && (
          <p class="hint bad" role="alert">
            {inWords(refused)}
          </p>
        )}
        <footer>
          <a href={`${base}/sign-in`}>Full sign-in page</a>
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
