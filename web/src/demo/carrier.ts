/** Questions to the demo's server, which asks the simulated carrier. */

import type { Happened, Mail, People, Text } from "./shapes.ts";

const digits = (number: string): string => number.replace("+", "");

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
  return (await get<{ messages: Text[] }>(`/demo/phone/${digits(number)}`)).messages;
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
  /** How often the carrier's call comes. */
  copies?: number;
}

export async function write(number: string, written: Written): Promise<boolean> {
  const answer = await fetch(`/demo/phone/${digits(number)}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(written),
  });
  return answer.ok;
}

/** What is out of order, and how many hours the clock is ahead. */
export interface Faults {
  carrier: boolean;
  worker: boolean;
  signal: "good" | "slow" | "gone";
  hours: number;
}

export function standing(): Promise<Faults> {
  return get("/demo/faults");
}

async function post<T>(address: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as T;
}

export type Act = "carrier" | "worker" | "slow" | "gone" | "hour" | "day";

export function act(name: Act, on: boolean): Promise<Faults> {
  return post("/demo/faults", { act: name, on });
}

/** Let a program that makes previews open the newest link on a phone; whether there was one. */
export async function robot(number: string): Promise<boolean> {
  return (await post<{ opened: boolean }>(`/demo/robot/${digits(number)}`, {})).opened;
}

/** Let no text reach a phone any more, or again. */
export async function switchOff(number: string, on: boolean): Promise<void> {
  await post(`/demo/off/${digits(number)}`, { on });
}

/** Ask for a demo from the beginning: where its way in will be. */
export async function beginAnew(): Promise<string> {
  const { door } = await post<{ door: string }>("/demo/anew", {});
  return `/demo/enter?door=${door}`;
}

/** A secure message to a patient as Dana sends one from her inbox, through the same API. */
export async function postAs(patient: string, body: string): Promise<void> {
  const me = await get<{ csrf: string; teams: { id: string; is_member: boolean }[] }>("/api/v1/me");
  const ours = { "X-BloomText-CSRF": me.csrf };
  const team_id = me.teams.find((each) => each.is_member)?.id;
  const opened = await post<{ id: string }>("/api/v1/conversations", { patient_id: patient, team_id }, ours);
  const message = { key: crypto.randomUUID(), via: "secure_sms", body };
  await post(`/api/v1/conversations/${opened.id}/messages`, message, ours);
}
