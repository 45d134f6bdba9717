/** Trying a number, and giving one up for good. */

import { useState } from "preact/hooks";
import type { ClinicNumbers, OurNumber, TeamName } from "../../../realtime/client/wire.gen.ts";
import * as exports from "../exports.ts";
import { Refused } from "../http.ts";
import * as ours from "../our-numbers.ts";
import { many } from "../words/counts.ts";
import { phone } from "../words/phone.ts";
import { Closing } from "./closing.tsx";
import { proofOf, Secret } from "./export-dialog.tsx";
import { Refusal, useRefusal } from "./number-getting.tsx";

interface ActProps {
  number: OurNumber;
  onDone: (known: ClinicNumbers) => void;
  onLeave: () => void;
}

export function Trying({ number, onDone, onLeave }: ActProps) {
  const [to, setTo] = useState("");
  const { refused, isBusy, run } = useRefusal();
  const send = (event: Event) => {
    event.preventDefault();
    void run(async () => onDone(await ours.tryOut(number.id, to)));
  };
  return (
    <form onSubmit={send}>
      <label class="field">
        Your own phone, never a patient’s
        <input type="tel" required value={to} onInput={(event) => setTo(event.currentTarget.value)} />
      </label>
      <Refusal refused={refused} />
      <Closing onLeave={onLeave} isDisabled={isBusy}>
        Send a test
      </Closing>
    </form>
  );
}

/** An act that asks once more who is there, where that was some time ago. */
function useProof(act: () => Promise<void>) {
  const [mustProve, setMustProve] = useState(false);
  const { refused, isBusy, run } = useRefusal();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const secret = String(new FormData(event.currentTarget as HTMLFormElement).get("secret") ?? "");
    void run(async () => {
      try {
        if (mustProve) await exports.prove(proofOf(secret));
        setMustProve(false);
        await act();
      } catch (error) {
        if (!(error instanceof Refused) || error.code !== "prove_again") throw error;
        setMustProve(true);
      }
    });
  };
  return { mustProve, refused, isBusy, submit };
}

export function GivingUp({ number, isLast, onDone, onLeave }: ActProps & { isLast: boolean }) {
  const [typed, setTyped] = useState("");
  const { mustProve, refused, isBusy, submit } = useProof(async () => onDone(await ours.release(number.id, typed)));
  return (
    <form onSubmit={submit}>
      <p class="hint bad">
        {goOn(number)} Patients who text it will reach nobody, and somebody else may get it.{" "}
        {isLast && "The team then has no number. "}What was written stays.
      </p>
      <label class="field">
        Type {phone(number.number)} to give it up
        <input type="tel" required value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      {mustProve && <Secret />}
      <Refusal refused={refused} />
      <Closing onLeave={onLeave} leave="Keep it" isDisabled={isBusy}>
        Give it up for good
      </Closing>
    </form>
  );
}

/** How much goes on from a number. */
function goOn({ conversations, team_name }: OurNumber): string {
  if (conversations === 0) return "No open conversation goes on from this number.";
  const verb = conversations === 1 ? "goes" : "go";
  return `${many(conversations, "open conversation")} of ${team_name} ${verb} on from this number.`;
}

export function Moving({ number, teams, onDone, onLeave }: ActProps & { teams: readonly TeamName[] }) {
  const others = teams.filter((each) => each.id !== number.team);
  const [team, setTeam] = useState(others[0]?.id ?? "");
  const { mustProve, refused, isBusy, submit } = useProof(async () => onDone(await ours.move(number.id, team)));
  return (
    <form onSubmit={submit}>
      <label class="field">
        To the team
        <select value={team} onChange={(event) => setTeam(event.currentTarget.value)}>
          {others.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
      </label>
      <p class="hint warn">
        All its conversations go along, {many(number.conversations, "open one")} among them: the other team reads them,{" "}
        {number.team_name} no longer does. Where a patient has one there already, the moved one is done and stands
        behind it.
      </p>
      {mustProve && <Secret />}
      <Refusal refused={refused} />
      <Closing onLeave={onLeave} isDisabled={isBusy || !team}>
        Give it to the other team
      </Closing>
    </form>
  );
}
