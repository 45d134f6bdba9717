/** What is wrong with a phone number or an e-mail address while it is typed. The server decides; this explains. */

export interface Doubt {
  words: string;
  /** What was probably meant. */
  instead?: string;
}

/** Nothing where it is empty, or looks right. */
export function phoneDoubt(typed: string): Doubt | null {
  const text = typed.trim();
  if (text === "") return null;
  if (/\d\s*(x|ext\.?)\s*\d+$/i.test(text)) return { words: "Leave out the extension: texts cannot go to one." };
  if (/\p{L}/u.test(text)) return { words: "A phone number has no letters. Give ten digits, such as 312 555 0142." };
  return digitsDoubt(text.replace(/\D/g, ""), text.startsWith("+"));
}

function digitsDoubt(digits: string, isWorldwide: boolean): Doubt | null {
  if (isWorldwide && !digits.startsWith("1")) {
    if (digits.length < 8) return { words: "This number is too short for another country’s." };
    return { words: "A number of another country. Your clinic may not text there; e-mail is safer." };
  }
  const home = digits.startsWith("1") ? digits.slice(1) : digits;
  if (home.length < 10) {
    return { words: `This number is too short: it has ${home.length} of ten digits. Give the area code too.` };
  }
  if (home.length > 10) {
    return { words: "This number is too long. One of another country begins with +, such as +52." };
  }
  return /^[01]/.test(home) ? { words: "No area code begins with 0 or 1. Check the number." } : null;
}

const HOSTS = [
  ...["gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "aol.com", "comcast.net", "verizon.net"],
  ...["sbcglobal.net", "att.net", "bellsouth.net", "protonmail.com"],
];
/** Like one of those, and real. */
const REAL = new Set(["mail.com", "ymail.com", "email.com", "gmx.com", "live.com", "me.com", "aim.com", "atl.net"]);

/** Nothing where it is empty, or looks right. */
export function emailDoubt(typed: string): Doubt | null {
  const text = typed.trim();
  if (text === "") return null;
  const [name = "", host = "", ...rest] = text.split("@");
  if (/\s/.test(text)) return { words: "An e-mail address has no spaces." };
  if (!text.includes("@") || rest.length > 0) return { words: "An e-mail address has one @, as in name@example.com." };
  if (name === "") return { words: "The name before the @ is missing." };
  if (!/^[^.]+(\.[^.]+)+$/.test(host)) return { words: "What stands after the @ is not complete, as in example.com." };
  const meant = meantHost(host.toLowerCase());
  return meant ? { words: `Did you mean ${name}@${meant}?`, instead: `${name}@${meant}` } : null;
}

function meantHost(host: string): string | null {
  if (HOSTS.includes(host) || REAL.has(host)) return null;
  const ended = host.replace(/\.(con|cmo|ocm|comm|vom|xom|cpm|om)$/, ".com");
  return HOSTS.find((each) => isNear(ended, each)) ?? (ended === host ? null : ended);
}

/** The same, but for one letter that is missing, wrong or too many, or two that changed places. */
export function isNear(one: string, other: string): boolean {
  if (one === other) return true;
  const at = [...one].findIndex((letter, place) => letter !== other[place]);
  const from = at === -1 ? one.length : at;
  const [left, right] = [one.slice(from), other.slice(from)];
  if (left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1)) return true;
  return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
}

/** Of the one box for everything: only where it is a phone number or an address that somebody types. */
export function anyDoubt(typed: string): Doubt | null {
  const text = typed.trim();
  if (text.includes("@")) return emailDoubt(text);
  const digits = text.replace(/\D/g, "");
  // Up to nine digits can be the end of a number that is looked for.
  const isNumber = /^[+(\d][\d\s().+-]*$/.test(text) && (digits.length > 9 || text.startsWith("+"));
  return isNumber && !/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(text) ? phoneDoubt(text) : null;
}
