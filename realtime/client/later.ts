/** Timers by name, so that setting one again replaces it, and the pause between attempts. */

export interface Later {
  after(name: string, milliseconds: number, act: () => void): void;
  has(name: string): boolean;
  cancel(name: string): void;
  cancelAll(): void;
}

export function timers(): Later {
  const running = new Map<string, ReturnType<typeof setTimeout>>();
  const cancel = (name: string) => {
    clearTimeout(running.get(name));
    running.delete(name);
  };
  return {
    after(name, milliseconds, act) {
      cancel(name);
      const due = () => {
        running.delete(name);
        act();
      };
      running.set(name, setTimeout(due, milliseconds));
    },
    has: (name) => running.has(name),
    cancel,
    cancelAll: () => [...running.keys()].forEach(cancel),
  };
}

const SOONEST = 500;
const SOON = 2_000;
const LATEST = 30_000;
/** About a minute of attempts that come soon. */
const PATIENT = 30;

/** ±30 %, so that a clinic does not return in step. `random` is from 0 to 1. */
export const spread = (milliseconds: number, random: number): number => milliseconds * (0.7 + 0.6 * random);

/**
 * Milliseconds before attempt number `failures` + 1: 0.5 s, doubling to 2 s. What restarts is back within a minute, and
 * for so long a screen is right again within five seconds of its return. Only then does it double on, to 30 s.
 */
export function backOff(failures: number, random: number): number {
  const isLong = failures > PATIENT;
  const plain = isLong ? SOON * 2 ** (failures - PATIENT) : SOONEST * 2 ** Math.max(0, failures - 1);
  return spread(Math.min(plain, isLong ? LATEST : SOON), random);
}
