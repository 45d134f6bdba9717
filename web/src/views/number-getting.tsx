/** Getting a number: one that is free in an area code, or the clinic's own from another carrier. */

import { useState } from "preact/hooks";
import type { ClinicNumbers, NumberOffers } from "../../../realtime/client/wire.gen.ts";
import { Refused } from "../http.ts";
import * as ours from "../our-numbers.ts";
import { phone } from "../words/phone.ts";
import type { KnownProps } from "./our-numbers.tsx";

/** Runs an act; what was refused is said in the server's own words. */
export function useRefusal() {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setRefused(null);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return { refused, isBusy, run };
}

export function Refusal({ refused }: { refused: Refused | null }) {
  if (!refused) return null;
  return (
    <p class="hint bad" role="alert">
      {refused.detail}
    </p>
  );
}

export function Searching({ known, onKnown }: KnownProps) {
  const [code, setCode] = useState(known.area_code ?? "");
  const [found, setFound] = useState<NumberOffers | null>(null);
  const [chosen, setChosen] = useState("");
  const { refused, isBusy, run } = useRefusal();
  const search = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const offers = await ours.search(code);
      setFound(offers);
      setChosen(offers.offers[0]?.number ?? "");
    });
  };
  const ordered = (now: ClinicNumbers) => {
    setFound(null);
    onKnown(now);
  };
  return (
    <section>
      <h3>Get a number</h3>
      <form onSubmit={search}>
        <label class="field">
          Area code: take the one around your clinic, patients answer it sooner
          <input
            inputMode="numeric"
            required
            maxLength={3}
            pattern="[2-9][0-9]{2}"
            title="Three digits, such as 312"
            value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={isBusy}>
          Find numbers
        </button>
      </form>
      <Refusal refused={refused} />
      {found && <Found found={found} chosen={chosen} onChosen={setChosen} known={known} onKnown={ordered} />}
    </section>
  );
}

interface FoundProps extends KnownProps {
  found: NumberOffers;
  chosen: string;
  onChosen: (number: string) => void;
}

function Found({ found, chosen, onChosen, known, onKnown }: FoundProps) {
  const [team, setTeam] = useState(known.teams[0]?.id ?? "");
  const { refused, isBusy, run } = useRefusal();
  const order = (event: Event) => {
    event.preventDefault();
    void run(async () => onKnown(await ours.order(chosen, team)));
  };
  const none = found.none_in.join(", ");
  if (found.offers.length === 0) {
    return <p role="status">No number is free in {none}. Try the area code of a city near you.</p>;
  }
  return (
    <form class="free-numbers" aria-label="Free numbers" onSubmit={order}>
      <fieldset class="picks">
        <legend>
          {none && `No number is free in ${none}. `}Free in {found.code}
        </legend>
        {found.offers.map(({ number }) => (
          <label key={number} class="check">
            <input type="radio" name="number" checked={number === chosen} onChange={() => onChosen(number)} />
            {phone(number)}
          </label>
        ))}
      </fieldset>
      <TeamOf known={known} team={team} onTeam={setTeam} />
      <Refusal refused={refused} />
      <button type="submit" class="primary" disabled={isBusy || !chosen}>
        Take {phone(chosen)}
      </button>
    </form>
  );
}

function TeamOf({ known, team, onTeam }: { known: ClinicNumbers; team: string; onTeam: (team: string) => void }) {
  return (
    <label class="field">
      For the team
      <select value={team} onChange={(event) => onTeam(event.currentTarget.value)}>
        {known.teams.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Bringing({ known, onKnown }: KnownProps) {
  const [asked, setAsked] = useState({ number: "", carrier: "" });
  const [team, setTeam] = useState(known.teams[0]?.id ?? "");
  const { refused, isBusy, run } = useRefusal();
  const bring = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      onKnown(await ours.bring(asked.number, asked.carrier, team));
      setAsked({ number: "", carrier: "" });
    });
  };
  return (
    <details>
      <summary>Bring your own number</summary>
      <p class="muted small">
        It goes on working where it is until it has moved: 7 to 14 days for most. We write to you about the letter of
        agency and your last bill.
      </p>
      <form onSubmit={bring}>
        <label class="field">
          Your number
          <input
            type="tel"
            required
            value={asked.number}
            onInput={(event) => setAsked({ ...asked, number: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          Who it is with now
          <input
            required
            maxLength={60}
            value={asked.carrier}
            onInput={(event) => setAsked({ ...asked, carrier: event.currentTarget.value })}
          />
        </label>
        <TeamOf known={known} team={team} onTeam={setTeam} />
        <Refusal refused={refused} />
        <button type="submit" disabled={isBusy}>
          Ask to bring it
        </button>
      </form>
    </details>
  );
}
