/** What can be tried beside the phone: patients who write by themselves, faults, and a clock that goes ahead. */

import { act, type Faults, standing, write } from "./carrier.ts";
import { byId } from "./dom.ts";
import type { Person } from "./shapes.ts";

const EVERY = 9_000;
const WORDS = [
  "Is my prescription ready?",
  "Can I come a bit later today?",
  "Thank you!",
  "What time do you open on Friday?",
  "Where can I park?",
  "Do I have to fast before the test?",
];

let traffic: ReturnType<typeof setInterval> | null = null;

function any<T>(list: readonly T[]): T | undefined {
  return list[Math.floor(Math.random() * list.length)];
}

/** Patients write every few seconds, one at a time, until it is switched off. */
function toggleTraffic(people: readonly Person[], numbers: readonly string[]): void {
  if (traffic) {
    clearInterval(traffic);
    traffic = null;
    return;
  }
  const one = (): void => {
    const phone = any(people.filter((each) => each.phone))?.phone;
    const to = numbers[0];
    if (phone && to) void write(phone, { to, text: any(WORDS) ?? "" });
  };
  one();
  traffic = setInterval(one, EVERY);
}

function press(id: string, isOn: boolean): void {
  byId(id).setAttribute("aria-pressed", String(isOn));
}

function show({ carrier, worker, hours }: Faults): void {
  press("fault-carrier", carrier);
  press("fault-worker", worker);
  const ahead = hours >= 24 ? `${Math.floor(hours / 24)} d ${Math.round(hours % 24)} h` : `${Math.round(hours)} h`;
  byId("ahead").textContent = hours > 0 ? `${ahead} ahead` : "";
}

/** Let time pass. The screens begin anew: until then they count by the time that was. */
async function pass(how: "hour" | "day"): Promise<void> {
  show(await act(how, true));
  for (const frame of document.querySelectorAll<HTMLIFrameElement>("#desks iframe[src]")) {
    frame.contentWindow?.location.reload();
  }
}

export function listen(people: readonly Person[], numbers: readonly string[], writer: () => Person | undefined): void {
  const isOn = (id: string): boolean => byId(id).getAttribute("aria-pressed") === "true";
  const toggle = (id: string, name: "carrier" | "worker") => () => void act(name, !isOn(id)).then(show);
  byId("fault-carrier").addEventListener("click", toggle("fault-carrier", "carrier"));
  byId("fault-worker").addEventListener("click", toggle("fault-worker", "worker"));
  byId("clock-hour").addEventListener("click", () => void pass("hour"));
  byId("clock-day").addEventListener("click", () => void pass("day"));
  byId("fault-twice").addEventListener("click", () => {
    const phone = writer()?.phone;
    if (phone && numbers[0])
      void write(phone, { to: numbers[0], text: "This comes twice from the carrier", copies: 2 });
  });
  byId("traffic").addEventListener("click", () => {
    toggleTraffic(people, numbers);
    press("traffic", traffic !== null);
  });
  void standing().then(show);
}
