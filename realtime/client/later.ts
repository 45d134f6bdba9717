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

/** Milliseconds before attempt number `failures` + 1: 0.5 s doubling to 30 s, ±30 % so that a clinic does not return in step. */
export function backOff(failures: number, random: number): number {
  const plain = Math.min(30_000, 500 * 2 ** Math.max(0, failures - 1));
  return plain * (0.7 + 0.6 * random);
}
