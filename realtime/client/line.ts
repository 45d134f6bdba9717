/** A clinic at the other end of the line, for the tests of `live.ts`. */

import { vi } from "vitest";
import { type Frame, Live, type LiveState, type Polling, type Socket } from "./live.ts";
import type { StreamAt } from "./wire.gen.ts";

interface Thing {
  n: number;
  kind: string;
}

const TEAM: StreamAt = { id: "team", epoch: "e1", at: 10 };
export const thing = (n: number): Thing => ({ n, kind: "message.posted" });

/** A socket whose other end is the test. */
class Line implements Socket {
  readyState: Socket["readyState"] = 0;
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  sent: { t: string; streams?: { id: string; epoch: string; after: number }[] }[] = [];
  closedWith: number | undefined;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code?: number): void {
    this.readyState = 3;
    this.closedWith = code;
  }

  connect(): void {
    this.readyState = 1;
    this.onopen?.call(this as never, new Event("open"));
  }

  say(frame: Frame<Thing>): void {
    this.onmessage?.call(this as never, { data: JSON.stringify(frame) } as MessageEvent);
  }

  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.call(this as never, { code } as CloseEvent);
  }
}

export function begin(fetched: Frame<Thing>[] | null = null, polling?: Polling) {
  const lines: Line[] = [];
  const heard: number[] = [];
  const states: LiveState[] = [];
  const afresh: string[] = [];
  const fetchFacts = vi.fn(async () => fetched);
  const live = new Live<Thing>({
    url: "ws://clinic/live/inbox/",
    build: "b1",
    fetchFacts,
    ...(polling && { polling }),
    onFacts: (_, facts) => heard.push(...facts.map((fact) => fact.n)),
    onAfresh: (stream) => afresh.push(stream),
    onState: (state) => states.push(state),
    open: () => {
      const line = new Line();
      lines.push(line);
      return line;
    },
    random: () => 0.5,
  });
  live.start([TEAM]);
  const line = () => lines.at(-1) as Line;
  const goLive = () => {
    line().connect();
    line().say({ t: "live", streams: { team: 10 } });
  };
  return { live, lines, line, goLive, heard, states, afresh, fetchFacts };
}
