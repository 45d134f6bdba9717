/** In the empty list of a clinic in which nobody has written yet: what comes first, and the way to each. */

import { type Dialog, dialog, me } from "../store.ts";
import { mayManage } from "../tags.ts";
import { Icon } from "./icon.tsx";

interface Step {
  title: string;
  words: string;
  isDone: boolean;
  ways: readonly (readonly [string, Dialog])[];
}

export function FirstSteps() {
  const teams = me.value?.teams ?? [];
  return (
    <section class="first-steps" aria-labelledby="first-steps">
      <h2 id="first-steps">Three steps to your first message</h2>
      <ol>
        {stepsOf(teams.some((team) => team.numbers.length > 0)).map((step) => (
          <li key={step.title}>
            <h3>
              {step.isDone && <Icon name="check" size={14} />} {step.title}
              {step.isDone && <span class="hidden">: done</span>}
            </h3>
            <p class="muted">{step.words}</p>
            {!step.isDone &&
              step.ways.map(([words, open]) => (
                <button key={words} type="button" onClick={() => (dialog.value = open)}>
                  {words}
                </button>
              ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

function stepsOf(hasNumber: boolean): Step[] {
  return [
    {
      title: "A number",
      words: hasNumber ? "Your texts have a number to leave from." : "Texts leave from a number of your clinic.",
      isDone: hasNumber,
      ways: [["See the plan", { name: "plan" }]],
    },
    {
      title: "Patients",
      words: "Add them one by one, or bring in a list.",
      isDone: false,
      ways: [
        ["Add a patient", { name: "new-patient", typed: "" }],
        ...(mayManage() ? [["Import patients", { name: "import" }] as const] : []),
      ],
    },
    {
      title: "A first message, to yourself",
      words: "Type your own phone number: you will see what a patient sees.",
      isDone: false,
      ways: me.value?.teams.some((team) => team.is_member) ? [["New conversation", { name: "new" }]] : [],
    },
  ];
}
