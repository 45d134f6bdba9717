/** Another password for myself. */

import { useState } from "preact/hooks";
import * as account from "../account.ts";
import { Refused } from "../http.ts";
import { toast } from "../store.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";

export function PasswordForm({ email, onEnd }: { email: string; onEnd: () => void }) {
  const [why, setWhy] = useState("");
  const [isBusy, setBusy] = useState(false);
  const fields = useFirstFocus<HTMLDivElement>();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const field = (name: string) => String(form.get(name) ?? "");
    if (field("fresh") !== field("again")) return setWhy("The two passwords are not the same. Type them again.");
    setBusy(true);
    try {
      await account.changePassword(field("password"), field("fresh"));
      toast("Your password is changed, and you are signed out everywhere else.");
      onEnd();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setWhy(error.detail);
      setBusy(false);
    }
  };
  return (
    <form class="fields" onSubmit={(event) => void submit(event)}>
      <input type="hidden" name="username" autocomplete="username" value={email} />
      <div ref={fields} class="fields wide">
        <Field name="password" label="Your present password" kind="current-password" />
        <Field name="fresh" label="New password, at least 12 characters" kind="new-password" />
        <Field name="again" label="The same password again" kind="new-password" />
      </div>
      {why && (
        <p class="hint bad wide" role="alert">
          {why}
        </p>
      )}
      <Closing onLeave={onEnd} isDisabled={isBusy}>
        Change it
      </Closing>
    </form>
  );
}

function Field({ name, label, kind }: { name: string; label: string; kind: string }) {
  return (
    <label class="field wide">
      {label}
      <input name={name} type="password" autocomplete={kind} maxLength={1000} required />
    </label>
  );
}
