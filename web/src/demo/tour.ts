/** A tour of six steps, each done by hand or for one; it can be left, and goes on where it was left. */

import { postAs } from "./carrier.ts";
import { byId } from "./dom.ts";
import type { Person } from "./shapes.ts";

const PLACE = "bt-demo-tour";
const OVER = "over";

export interface Stage {
  person: (name: string) => Person | undefined;
  /** Take up this person's phone. */
  phone: (name: string) => void;
  /** Tap the newest link on the phone in the hand. */
  tap: () => Promise<boolean>;
  /** Write on it. */
  answer: (text: string) => Promise<boolean>;
  /** Show one of the clinic's screens. */
  desk: (name: string) => void;
}

interface Step {
  words: string;
  act?: { name: string; do: (stage: Stage) => Promise<unknown> | unknown };
}

const WHO = "Marisol";

const STEPS: readonly Step[] = [
  {
    words: "Dana at the front desk sends Marisol a secure message: in her inbox, or by this button.",
    act: { name: "Send it for me", do: send },
  },
  {
    words: "Marisol’s phone buzzes. The text names the clinic and has a link; of the message it says nothing.",
    act: { name: "Take her phone", do: (stage) => stage.phone(WHO) },
  },
  { words: "She taps the link. There is no app and no password.", act: { name: "Tap it", do: (stage) => stage.tap() } },
  {
    words:
      "The page asks for her date of birth; it stands above the phone. Type it and read the message in her tongue.",
  },
  {
    words: "Dana sees her initials below what she has viewed. Marisol answers, and her row jumps up.",
    act: { name: "Answer for her", do: (stage) => stage.answer("Gracias, ahí estaré") },
  },
  { words: "Sam supervises: he sees the same at once, and writes nothing.", act: { name: "Show Sam", do: both } },
];

function both(stage: Stage): void {
  stage.desk("both");
}

async function send(stage: Stage): Promise<void> {
  const marisol = stage.person(WHO);
  if (!marisol) return;
  stage.phone(WHO);
  await postAs(marisol.id, "Your results are here. Please call us when you have a moment.");
}

export function listen(stage: Stage): void {
  let at = Number(localStorage.getItem(PLACE)) || 0;
  const box = byId("tour");
  const draw = (): void => {
    const step = STEPS[at];
    box.hidden = !step || localStorage.getItem(PLACE) === OVER;
    if (!step) return;
    byId("tour-words").textContent = `${at + 1} of ${STEPS.length}: ${step.words}`;
    const button = byId<HTMLButtonElement>("tour-act");
    button.hidden = !step.act;
    button.textContent = step.act?.name ?? "";
    byId("tour-next").textContent = at === STEPS.length - 1 ? "End" : "Next";
  };
  const go = (to: number): void => {
    at = to;
    localStorage.setItem(PLACE, to < STEPS.length ? String(to) : OVER);
    draw();
  };
  byId("tour-act").addEventListener("click", () => {
    void Promise.resolve(STEPS[at]?.act?.do(stage)).then(() => go(at + 1));
  });
  byId("tour-next").addEventListener("click", () => go(at + 1));
  byId("tour-skip").addEventListener("click", () => {
    localStorage.setItem(PLACE, OVER);
    box.hidden = true;
  });
  byId("tour-begin").addEventListener("click", () => {
    // It goes on where it was left, and anew after its end.
    go(at < STEPS.length ? at : 0);
    byId("tour-next").focus();
  });
  draw();
}
