/** My account: how I sign in, and where I am signed in. */

import { useEffect, useState } from "preact/hooks";
import type { MyAccount, MyPasskey } from "../../../realtime/client/wire.gen.ts";
import * as account from "../account.ts";
import * as clock from "../clock.ts";
import type { Wanting } from "../passkeys.ts";
import { sentence } from "../words/time.ts";
import { useActs } from "./acts.tsx";
import { AuthenticatorStep } from "./authenticator-step.tsx";
import { Modal } from "./modal.tsx";
import { NewPasskey, Passkeys, RenamedPasskey } from "./passkeys.tsx";
import { PasswordForm } from "./password-form.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { Sessions } from "./sessions.tsx";

type Step =
  | { name: "account" | "password" }
  | { name: "codes"; codes: readonly string[] }
  | { name: "authenticator"; fresh: account.NewAuthenticator }
  | { name: "passkey"; wish: Wanting }
  | { name: "renaming"; which: MyPasskey };

const TITLES: Record<Step["name"], string> = {
  account: "My account",
  password: "Change my password",
  codes: "My recovery codes",
  authenticator: "Another authenticator",
  passkey: "Add a passkey",
  renaming: "Rename a passkey",
};

export function AccountDialog({ onClose }: { onClose: () => void }) {
  const [step, setStep] = useState<Step>({ name: "account" });
  const [mine, setMine] = useState<MyAccount | null>(null);
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    account.show().then(setMine, () => setFailed(true));
  }, []);
  const back = () => setStep({ name: "account" });
  return (
    <Modal key={step.name} title={TITLES[step.name]} {...(step.name === "codes" ? {} : { onClose })}>
      <div class="people">
        {step.name === "password" && <PasswordForm email={mine?.email ?? ""} onEnd={back} />}
        {step.name === "codes" && <RecoveryCodes codes={step.codes} onEnd={back} />}
        {step.name === "authenticator" && <AuthenticatorStep fresh={step.fresh} onEnd={back} />}
        {step.name === "passkey" && <NewPasskey wish={step.wish} onMade={setMine} onEnd={back} />}
        {step.name === "renaming" && <RenamedPasskey which={step.which} onMade={setMine} onEnd={back} />}
        {step.name === "account" && isFailed && <p role="alert">This did not load. Close it and try again.</p>}
        {step.name === "account" && mine && <Mine mine={mine} onMine={setMine} onStep={setStep} onClose={onClose} />}
      </div>
    </Modal>
  );
}

interface MineProps {
  mine: MyAccount;
  onMine: (mine: MyAccount) => void;
  onStep: (step: Step) => void;
  onClose: () => void;
}

function Mine({ mine, onMine, onStep, onClose }: MineProps) {
  const acts = useActs();
  const renew = async () => {
    const { codes, account: now } = await account.renewCodes();
    onMine(now);
    onStep({ name: "codes", codes });
  };
  const another = async () => onStep({ name: "authenticator", fresh: await account.beginAuthenticator() });
  return (
    <>
      <p class="muted">{mine.email}</p>
      {acts.said}
      <h3>How I sign in</h3>
      <ul class="persons factors">
        <Way name="Password" verb="Change" label="Change my password" act={() => onStep({ name: "password" })} />
        <Way
          name="Authenticator app"
          detail="Six digits on your phone"
          verb="Set up another"
          label="Set up another authenticator"
          act={() => void acts.run(another)}
        />
        <Way
          name="Recovery codes"
          detail={codesOf(mine)}
          verb="Make new ones"
          label="Make new recovery codes"
          act={() => void acts.run(renew)}
        />
      </ul>
      <Passkeys
        all={mine.passkeys}
        onMine={onMine}
        onNew={(wish) => onStep({ name: "passkey", wish })}
        onRename={(which) => onStep({ name: "renaming", which })}
        acts={acts}
      />
      <Sessions acts={acts} />
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </footer>
    </>
  );
}

function codesOf(mine: MyAccount): string {
  if (!mine.codes_since) return "None yet. They let you in when your phone is lost";
  return `${mine.codes_left} of 10 left, made ${sentence(mine.codes_since, clock.now.value)}`;
}

interface WayProps {
  name: string;
  detail?: string;
  verb: string;
  label: string;
  act: () => void;
}

function Way({ name, detail, verb, label, act }: WayProps) {
  return (
    <li>
      <span class="grow">
        <strong>{name}</strong>
        {detail && <small class="muted">{detail}</small>}
      </span>
      <button type="button" class="link" aria-label={label} onClick={act}>
        {verb}
      </button>
    </li>
  );
}
