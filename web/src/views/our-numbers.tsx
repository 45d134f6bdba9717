/** The clinic's phone numbers: the first steps, what there is, what is on its way, and getting another one. */

import { useEffect, useState } from "preact/hooks";
import type { ClinicNumbers, OurNumber, WantedNumber } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { Refused } from "../http.ts";
import * as ours from "../our-numbers.ts";
import { dialog, me } from "../store.ts";
import { isOpen, orderState, standing } from "../words/our-numbers.ts";
import { phone } from "../words/phone.ts";
import { sentence } from "../words/time.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";
import { GivingUp, Moving, Trying } from "./number-acts.tsx";
import { Bringing, Searching } from "./number-getting.tsx";
import { Registration } from "./registration.tsx";

export function OurNumbersDialog({ onClose }: { onClose: () => void }) {
  const [known, setKnown] = useState<ClinicNumbers | null>(null);
  const [failed, setFailed] = useState(false);
  const mine = me.value;
  // Again when the wire said that something changed: then what I know of myself was asked again.
  useEffect(() => {
    ours.shown().then(setKnown, () => setFailed(true));
  }, [mine]);
  return (
    <Modal title="Our phone numbers" onClose={onClose}>
      {failed && !known && <p role="alert">This did not load. Close it and try again.</p>}
      {known && <Numbers known={known} onKnown={setKnown} onClose={onClose} />}
    </Modal>
  );
}

export interface KnownProps {
  known: ClinicNumbers;
  onKnown: (known: ClinicNumbers) => void;
}

function Numbers({ known, onKnown, onClose }: KnownProps & { onClose: () => void }) {
  const here = known.numbers.filter((each) => each.status !== "released");
  const gone = known.numbers.filter((each) => each.status === "released");
  const open = known.orders.filter(isOpen);
  const last = known.orders.find((each) => each.state === "refused");
  return (
    <>
      {me.value?.organization.is_starting && <Steps known={known} onClose={onClose} />}
      {here.length === 0 && (
        <p>Your clinic has no phone number yet. Patients get texts from one as soon as it is here.</p>
      )}
      <ul class="our-numbers">
        {here.map((each) => (
          <Line key={each.id} number={each} known={known} onKnown={onKnown} />
        ))}
        {open.map((each) => (
          <Order key={each.id} order={each} />
        ))}
        {last === known.orders[0] && last && <Order order={last} />}
      </ul>
      {known.may_order && <Searching known={known} onKnown={onKnown} />}
      {known.may_order && <Bringing known={known} onKnown={onKnown} />}
      {!known.may_order && <NoOrders />}
      <Registration steps={known.registration} isWaiting={!here.some((each) => each.status === "active")} />
      {gone.length > 0 && (
        <details>
          <summary>Numbers you gave up</summary>
          <ul class="small">
            {gone.map((each) => (
              <li key={each.id}>
                {phone(each.number)} · {each.team_name}
                {each.released_at && `, given up ${sentence(each.released_at, clock.now.value)}`}
              </li>
            ))}
          </ul>
        </details>
      )}
      <footer>
        <button type="button" onClick={onClose}>
          {me.value?.organization.is_starting ? "Later" : "Close"}
        </button>
      </footer>
    </>
  );
}

function NoOrders() {
  if (me.value?.user.role !== "admin") return <p class="muted">An admin of your clinic can get and give up numbers.</p>;
  return (
    <p>
      A number comes with a trial or a paid plan.{" "}
      <button type="button" class="link" onClick={() => (dialog.value = { name: "plan" })}>
        See the plan
      </button>
    </p>
  );
}

function Line({ number, known, onKnown }: KnownProps & { number: OurNumber }) {
  const [act, setAct] = useState<"try" | "move" | "give-up" | null>(null);
  const isAdmin = me.value?.user.role === "admin";
  const done = (now: ClinicNumbers) => {
    onKnown(now);
    setAct(null);
  };
  return (
    <li>
      <strong>{phone(number.number)}</strong> {number.label && `${number.label} · `}
      {number.team_name}
      <p class="muted small">
        <Icon name={number.why ? "clock" : "check"} size={14} /> {standing(number)}.
      </p>
      {number.test && <Tried number={number} />}
      {isAdmin && !act && (
        <p>
          {number.goes_to === "handset" && (
            <button type="button" class="link" onClick={() => (dialog.value = { name: "handset" })}>
              Open the handset<span class="hidden"> of {phone(number.number)}</span>
            </button>
          )}
          {!number.why && number.goes_to === "live" && (
            <button type="button" class="link" onClick={() => setAct("try")}>
              Send a test<span class="hidden"> from {phone(number.number)}</span>
            </button>
          )}{" "}
          {known.teams.length > 1 && (
            <button type="button" class="link" onClick={() => setAct("move")}>
              Other team…<span class="hidden"> for {phone(number.number)}</span>
            </button>
          )}{" "}
          <button type="button" class="link" onClick={() => setAct("give-up")}>
            Give up…<span class="hidden"> {phone(number.number)}</span>
          </button>
        </p>
      )}
      {act === "try" && <Trying number={number} onDone={done} onLeave={() => setAct(null)} />}
      {act === "move" && <Moving number={number} teams={known.teams} onDone={done} onLeave={() => setAct(null)} />}
      {act === "give-up" && (
        <GivingUp number={number} isLast={isLast(number, known)} onDone={done} onLeave={() => setAct(null)} />
      )}
    </li>
  );
}

const isLast = (number: OurNumber, { numbers }: ClinicNumbers) =>
  !numbers.some((each) => each.team === number.team && each.id !== number.id && each.status !== "released");

const TRIED = {
  waiting: "The test is being sent",
  sending: "The test is being sent",
  sent: "The test was sent. Look at your phone",
  failed: "The test did not go out",
  uncertain: "Nobody knows whether the test went out. Look at your phone",
} as const;

function Tried({ number: { test } }: { number: OurNumber }) {
  if (!test) return null;
  return (
    <p class="small" role="status">
      {TRIED[test.state]}
      {test.words && `: ${test.words}`} ({sentence(test.at, clock.now.value)}).
    </p>
  );
}

function Order({ order }: { order: WantedNumber }) {
  return (
    <li>
      <strong>{phone(order.number)}</strong> {order.team_name}
      {order.carrier && `, from ${order.carrier}`}
      <p class="muted small" role="status">
        <Icon name={order.state === "refused" ? "close" : "clock"} size={14} /> {orderState(order)}. {order.by ?? "We"}{" "}
        ordered it {sentence(order.at, clock.now.value)}.
      </p>
    </li>
  );
}

/** They may be put off, and come back with the page until all three are done. */
function Steps({ known: { start }, onClose }: { known: ClinicNumbers; onClose: () => void }) {
  const [said, setSaid] = useState("");
  const finish = () =>
    ours.finishStart().then(onClose, (error) => {
      if (!(error instanceof Refused)) throw error;
      setSaid(error.detail);
    });
  return (
    <section class="hint start">
      <h3>Three first steps</h3>
      <ol>
        <Step isDone={start.number}>Choose your phone number, below</Step>
        <Step isDone={start.people}>
          Bring your colleagues in: <a href="/people">people and teams</a>
        </Step>
        <Step isDone={start.tried}>
          Try it: send a test from your number, or a secure e-mail while carriers do not take its texts
        </Step>
      </ol>
      <button type="button" onClick={() => void finish()} disabled={!(start.number && start.people && start.tried)}>
        All done
      </button>
      <p role="status">{said}</p>
    </section>
  );
}

function Step({ isDone, children }: { isDone: boolean; children: preact.ComponentChildren }) {
  return (
    <li class={isDone ? "muted" : ""}>
      <Icon name={isDone ? "check" : "next"} size={14} /> {children}
      {isDone && <span class="hidden"> (done)</span>}
    </li>
  );
}
