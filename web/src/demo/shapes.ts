/** What the demo's own addresses answer. */

export interface Person {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  language: string;
  born: string | null;
}

export interface People {
  clinic: string;
  numbers: { number: string; team: string }[];
  people: Person[];
}

export interface Text {
  kind: "received" | "written";
  message_uuid: string;
  other: string;
  text: string;
  at: string;
}

export interface Mail {
  subject: string;
  text: string;
  message_id: string;
  at: string;
}

export interface Happened {
  n: number;
  kind: string;
  about: string;
  at: string;
}
