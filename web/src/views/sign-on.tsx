/** At which provider of their own the people of the clinic sign in: for its admins. */

import { useEffect, useState } from "preact/hooks";
import type { SignOnSetting } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../sign-on.ts";
import { tested } from "../words/sign-on.ts";
import { useActs } from "./acts.tsx";

export function SignOn({ onClose }: { onClose: () => void }) {
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    desk.load().catch(() => setFailed(true));
  }, []);
  if (isFailed) return <p role="alert">This did not load. Close it and try again.</p>;
  if (!desk.setting.value) return <p class="muted">Loading…</p>;
  return <Setting setting={desk.setting.value} onClose={onClose} />;
}

function Setting({ setting, onClose }: { setting: SignOnSetting; onClose: () => void }) {
  return (
    <>
      <Switches setting={setting} />
      <Provider setting={setting} onClose={onClose} />
    </>
  );
}

function Switches({ setting }: { setting: SignOnSetting }) {
  const acts = useActs();
  const [said, setSaid] = useState("");
  const look = () => desk.test().then(({ why }) => setSaid(tested(why)));
  if (!setting.provider) {
    return <p class="muted">Your people can sign in with the account that they have at your own provider.</p>;
  }
  const names = setting.break_glass.join(", ");
  return (
    <>
      {acts.said}
      <label class="check">
        <input
          type="checkbox"
          checked={setting.on}
          onChange={() => void acts.run(() => desk.turn({ on: !setting.on }))}
        />
        <span>Single sign-on is on</span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={setting.two_steps}
          disabled={!setting.on}
          onChange={() => void acts.run(() => desk.turn({ two_steps: !setting.two_steps }))}
        />
        <span>
          The provider asks for a second factor
          <small>Otherwise we ask for a code too, unless it says that it did</small>
        </span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={setting.only}
          disabled={!setting.on}
          onChange={() => void acts.run(() => desk.turn({ only: !setting.only }))}
        />
        <span>
          Nobody signs in otherwise
          <small>
            {names
              ? `In case it fails, these admins still can with a password: ${names}`
              : "First an admin needs a password and an authenticator, in case it fails"}
          </small>
        </span>
      </label>
      <p>
        <button type="button" class="link" onClick={() => void acts.run(look)}>
          Test the provider
        </button>
      </p>
      <p class="hint" role="status">
        {said}
      </p>
    </>
  );
}

function Provider({ setting, onClose }: { setting: SignOnSetting; onClose: () => void }) {
  const acts = useActs();
  const [isKept, setKept] = useState(false);
  const before = setting.provider;
  const keep = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const typed = (name: string) => String(new FormData(form).get(name) ?? "").trim();
    const wish = {
      issuer: typed("issuer"),
      client_id: typed("client"),
      domains: typed("domains").split(/[\s,]+/),
      secret: typed("client-secret") || null,
    };
    setKept(false);
    void acts.run(
      () => desk.keep(wish),
      () => {
        (form.elements.namedItem("client-secret") as HTMLInputElement).value = "";
        setKept(true);
      },
    );
  };
  return (
    <>
      <label class="field">
        Give the provider this address to come back to
        <input readOnly class="mono" value={setting.back} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <form onSubmit={keep}>
        <Field name="issuer" label="Address of the provider (issuer)" value={before?.issuer} mode="url" />
        <Field name="client" label="Client id" value={before?.client_id} />
        <label class="field">
          Client secret
          <input
            type="password"
            name="client-secret"
            autocomplete="new-password"
            maxLength={500}
            required={!before}
            placeholder={before ? "Empty: it stays" : ""}
          />
        </label>
        <Field
          name="domains"
          label="Your people’s e-mail addresses end with"
          value={before?.domains.join(", ")}
          placeholder="clinic.com"
        />
        <p class="hint" role="status">
          {isKept && "Kept. Every admin of the clinic is told by mail."}
        </p>
        <footer>
          <button type="button" onClick={onClose}>
            Close
          </button>
          <button type="submit" class="primary">
            Keep the provider
          </button>
        </footer>
      </form>
      {acts.said}
    </>
  );
}

interface FieldProps {
  name: string;
  label: string;
  value: string | undefined;
  mode?: "text" | "url";
  placeholder?: string;
}

function Field({ name, label, value, mode = "text", placeholder = "" }: FieldProps) {
  return (
    <label class="field">
      {label}
      <input
        name={name}
        inputMode={mode}
        required
        maxLength={300}
        autocomplete="off"
        spellcheck={false}
        defaultValue={value ?? ""}
        placeholder={placeholder}
      />
    </label>
  );
}
