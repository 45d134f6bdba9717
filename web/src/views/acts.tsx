/** What an admin does about people: some of it asks first who is there, some of it whether they are sure. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import * as exports from "../exports.ts";
import { Refused } from "../http.ts";
import * as passkeys from "../passkeys.ts";
import { inWords } from "../words/refusals.ts";
import { Closing } from "./closing.tsx";
import { proofOf, Secret } from "./export-dialog.tsx";

/** `sure`: they were told what follows, and do it all the same. */
export type Act = (sure: boolean) => Promise<unknown>;

export interface Acts {
  /** Whether it was done at once. `then` follows, also where it was done after a question. */
  run: (act: Act, then?: () => void) => Promise<boolean>;
  /** What is asked, or why it was refused; stands beside what was pressed. */
  said: ComponentChildren;
}

interface Asked {
  act: Act;
  then: (() => void) | undefined;
  no: Refused;
}

/** After these who is there is asked, or asked again. */
const PROOFS = ["prove_again", "wrong_sign_in", "wrong_code", "wrong_passkey", "no_passkeys", "left"];

/** The server's own sentences name the person and the team. */
const why = (no: Refused) => (["not_allowed", "unknown"].includes(no.code) ? no.detail : `${inWords(no)}.`);

export function useActs(): Acts {
  const [asked, setAsked] = useState<Asked | null>(null);
  const run = async (act: Act, then?: () => void, sure = false): Promise<boolean> => {
    try {
      await act(sure);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setAsked({ act, then, no: error });
      return false;
    }
    setAsked(null);
    then?.();
    return true;
  };
  const prove = async (event: SubmitEvent, { act, then }: Asked) => {
    event.preventDefault();
    const secret = String(new FormData(event.currentTarget as HTMLFormElement).get("secret") ?? "");
    await run(async (sure) => {
      await exports.prove(proofOf(secret));
      await act(sure);
    }, then);
  };
  const isProof = asked && PROOFS.includes(asked.no.code);
  const proveByKey = ({ act, then }: Asked) =>
    run(async (sure) => {
      await passkeys.prove();
      await act(sure);
    }, then);
  const leave = () => setAsked(null);
  const said = asked && (
    <div class="asks">
      {isProof ? (
        <form onSubmit={(event) => void prove(event, asked)}>
          <Secret hasOwnKey />
          {asked.no.code !== "prove_again" && <Bad no={asked.no} />}
          {passkeys.isOffered() && (
            <p>
              <button type="button" class="link" onClick={() => void proveByKey(asked)}>
                Use a passkey
              </button>
            </p>
          )}
          <Closing onLeave={leave}>Continue</Closing>
        </form>
      ) : (
        <>
          <Bad no={asked.no} />
          {asked.no.code === "last_member" && (
            <Closing onLeave={leave} onAct={() => void run(asked.act, asked.then, true)}>
              Do it all the same
            </Closing>
          )}
        </>
      )}
    </div>
  );
  return { run, said };
}

function Bad({ no }: { no: Refused }) {
  return (
    <p class="hint bad" role="alert">
      {no.code === "wrong_sign_in" ? no.detail : why(no)}
    </p>
  );
}
