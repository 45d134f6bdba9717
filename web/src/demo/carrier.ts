/** Questions to the demo's server, which asks the simulated carrier. */

import type { Happened, Mail, People, Text } from "./shapes.ts";

async function get<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as T;
}

export function people(): Promise<People> {
  return get("/demo/people");
}

export function events(after: number): Promise<{ at: number; events: Happened[] }> {
  return get(`/demo/events?after=${after}`);
}

export async function texts(number: string): Promise<Text[]> {
  return (await get<{ messages: Text[] }>(`/demo/phone/${number.replace("+", "")}`)).messages;
}

export async function mails(address: string): Promise<Mail[]> {
  return (await get<{ mails: Mail[] }>(`/demo/mail/${encodeURIComponent(address)}`)).mails;
}

/** A text, or a picture (base64) with it, written on a phone. */
export interface Written {
  to: string;
  text: string;
  image?: string;
  type?: string;
}

export async function write(number: string, written: Written): Promise<boolean> {
  const answer = await fetch(`/demo/phone/${number.replace("+", "")}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(written),
  });
  return answer.ok;
}
