/** What can be tried beside the phone: patients who write by themselves, faults, and a clock that goes ahead. */

import { type Act, act, beginAnew, type Faults, robot, standing, switchOff, write } from "./carrier.ts";
import { byId } from "./dom.ts";
import type { Person } from "./shapes.ts";

const EVERY = 9_000;
const SURE = "Throw everything away?";
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

/** Whose phones are off; the carrier forgets it with everything else. */
const off = new Set<string>();

/** What is pressed for this phone alone. */
export function show(writer: Person | undefined): void {
  press("fault-off", off.has(writer?.phone ?? ""));
  byId("tried").textContent = "";
}

function showFaults({ carrier, worker, signal, hours }: Faults): void {
  press("fault-carrier", carrier);
  press("fault-worker", worker);
  press("fault-slow", signal === "slow");
  press("fault-gone", signal === "gone");
  const ahead = hours >= 24 ? `${Math.floor(hours / 24)} d ${Math.round(hours % 24)} h` : `${Math.round(hours)} h`;
  byId("ahead").textContent = hours > 0 ? `${ahead} ahead` : "";
}

/** Let time pass. The screens begin anew: until then they count by the time that was. */
async function pass(how: "hour" | "day"): Promise<void> {
  showFaults(await act(how, true));
  for (const frame of document.querySelectorAll<HTMLIFrameElement>("#desks iframe[src]")) {
    frame.contentWindow?.location.reload();
  }
}

async function sendRobot(writer: Person | undefined): Promise<void> {
  const isThere = writer?.phone ? await robot(writer.phone) : false;
  byId("tried").textContent = isThere
    ? "A preview robot opened the newest link. The inbox counts nothing as seen."
    : "There is no link on this phone yet.";
}

async function toggleOff(writer: Person | undefined): Promise<void> {
  if (!writer?.phone) return;
  const isOff = !off.delete(writer.phone);
  if (isOff) off.add(writer.phone);
  await switchOff(writer.phone, isOff);
  press("fault-off", isOff);
  byId("tried").textContent = isOff ? "No text reaches this phone now. Send one." : "Texts reach this phone again.";
}

/** The second press begins anew: everything that was written here is gone then. */
async function anew(button: HTMLElement): Promise<void> {
  if (button.textContent !== SURE) {
    button.textContent = SURE;
    return;
  }
  (button as HTMLButtonElement).disabled = true;
  byId("anew-said").textContent = "A new demo is made. That takes some seconds …";
  const door = await beginAnew();
  localStorage.clear();
  while (!(await isReady(door))) await new Promise((done) => setTimeout(done, 500));
  location.assign(door);
}

/** The old demo has no such door, and between the two nobody answers. */
async function isReady(door: string): Promise<boolean> {
  const page = await fetch(door).catch(() => null);
  return page?.ok === true && (await page.text()).includes('action="/demo/enter"');
}

export function listen(people: readonly Person[], numbers: readonly string[], writer: () => Person | undefined): void {
  const isOn = (id: string): boolean => byId(id).getAttribute("aria-pressed") === "true";
  for (const name of ["carrier", "worker", "slow", "gone"] as const satisfies readonly Act[]) {
    const id = `fault-${name}`;
    byId(id).addEventListener("click", () => void act(name, !isOn(id)).then(showFaults));
  }
  byId("fault-off").addEventListener("click", () => void toggleOff(writer()));
  byId("robot").addEventListener("click", () => void sendRobot(writer()));
  byId("anew").addEventListener("click", () => void anew(byId("anew")));
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
  void standing().then(showFaults);
}
