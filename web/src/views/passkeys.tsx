/** My passkeys: to sign in with a finger, a face or a PIN in place of the password and the code. */

import { useState } from "preact/hooks";
import type { MyAccount, MyPasskey } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as passkeys from "../passkeys.ts";
import { sentence } from "../words/time.ts";
import type { Acts } from "./acts.tsx";
import { NameForm } from "./name-form.tsx";

interface PasskeysProps {
  all: readonly MyPasskey[];
  onMine: (mine: MyAccount) => void;
  onNew: (wish: passkeys.Wanting) => void;
  onRename: (which: MyPasskey) => void;
  acts: Acts;
}

export function Passkeys({ all, onMine, onNew, onRename, acts }: PasskeysProps) {
  return (
    <>
      <h3>Passkeys</h3>
      {all.length === 0 ? (
        <p class="muted">Sign in with your finger, your face or a PIN, without a password and a code.</p>
      ) : (
        <ul class="persons factors">
          {all.map((each) => (
            <li key={each.id}>
              <span class="grow">
                <strong>{each.name}</strong>
                <small class="muted">{usedOf(each)}</small>
              </span>
              <button type="button" class="link" aria-label={`Rename ${each.name}`} onClick={() => onRename(each)}>
                Rename
              </button>
              <button
                type="button"
                class="link"
                aria-label={`Remove ${each.name}`}
                onClick={() => void acts.run(async () => onMine(await passkeys.remove(each.id)))}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      {passkeys.isOffered() && (
        <p>
          <button type="button" onClick={() => void acts.run(async () => onNew(await passkeys.begin()))}>
            Add a passkey
          </button>
        </p>
      )}
    </>
  );
}

function usedOf({ added_at, used_at }: MyPasskey): string {
  const now = clock.now.value;
  return used_at ? `Used ${sentence(used_at, now)}` : `Added ${sentence(added_at, now)}, not used yet`;
}

interface NewPasskeyProps {
  wish: passkeys.Wanting;
  onMade: (mine: MyAccount) => void;
  onEnd: () => void;
}

/** What it is to be called; then the browser asks. */
export function NewPasskey({ wish, onMade, onEnd }: NewPasskeyProps) {
  const [name, setName] = useState("");
  return (
    <NameForm
      label="What is it called?"
      longest={60}
      name={name}
      onName={setName}
      save={async (called) => {
        onMade(await passkeys.add(wish, called));
        onEnd();
      }}
      end={onEnd}
      verb="Add it"
    >
      <p class="muted">Such as “My laptop”. Your browser then asks for your finger, your face or a PIN.</p>
    </NameForm>
  );
}

interface RenamedPasskeyProps {
  which: MyPasskey;
  onMade: (mine: MyAccount) => void;
  onEnd: () => void;
}

export function RenamedPasskey({ which, onMade, onEnd }: RenamedPasskeyProps) {
  const [name, setName] = useState(which.name);
  return (
    <NameForm
      label="What is it called?"
      longest={60}
      name={name}
      onName={setName}
      save={async (called) => {
        onMade(await passkeys.rename(which.id, called));
        onEnd();
      }}
      end={onEnd}
      verb="Rename it"
    >
      {null}
    </NameForm>
  );
}
