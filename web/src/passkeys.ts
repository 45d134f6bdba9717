/** Passkeys: the browser's own questions, and what the server hears of them. Each act raises `Refused`. */

import type { MyAccount } from "../../realtime/client/wire.gen.ts";
import { ask, Refused, useCsrf } from "./http.ts";

interface Asking {
  challenge: string;
  site: string;
  known: readonly string[];
}

export interface Wanting extends Asking {
  user: string;
  email: string;
  name: string;
}

/** Whether this browser has any. */
export const isOffered = (): boolean => "PublicKeyCredential" in globalThis;

const LEFT = new Refused(0, "left", "No passkey was used. Try again.");

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

function textOf(raw: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(raw)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const named = (known: readonly string[]) => known.map((id) => ({ type: "public-key" as const, id: bytes(id) }));

export const begin = () => ask<Wanting>("POST", "/account/passkeys/ask", {});

/** Adds one of this device, or of what is held to it. */
export async function add(wish: Wanting, name: string): Promise<MyAccount> {
  const made = await questioned(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: bytes(wish.challenge),
        rp: { id: wish.site, name: "BloomText" },
        user: { id: bytes(wish.user), name: wish.email, displayName: wish.name },
        // ES256, then RS256 for older Windows.
        pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: named(wish.known),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      },
    }),
  );
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse;
  return ask("POST", "/account/passkeys", {
    id: made.id,
    client_data: textOf(clientDataJSON),
    attestation: textOf(attestationObject),
    name,
  });
}

/** What a passkey of the person's has signed in this session. */
export async function signed(): Promise<object> {
  const { challenge, site, known } = await ask<Asking>("POST", "/session/prove/ask", {});
  const { id, response } = await questioned(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: bytes(challenge),
        rpId: site,
        allowCredentials: named(known),
        userVerification: "required",
      },
    }),
  );
  const { clientDataJSON, authenticatorData, signature } = response as AuthenticatorAssertionResponse;
  return {
    id,
    client_data: textOf(clientDataJSON),
    authenticator_data: textOf(authenticatorData),
    signature: textOf(signature),
  };
}

/** Proves once more who is there. */
export async function prove(): Promise<void> {
  const passkey = await signed();
  const { csrf } = await ask<{ csrf: string }>("POST", "/session/prove", { passkey });
  useCsrf(csrf);
}

export const rename = (passkey: string, name: string) =>
  ask<MyAccount>("PATCH", `/account/passkeys/${passkey}`, { name });
export const remove = (passkey: string) => ask<MyAccount>("DELETE", `/account/passkeys/${passkey}`);

/** The browser's own question; whoever leaves it is told so. */
async function questioned(question: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const answer = await question();
    if (answer) return answer as PublicKeyCredential;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === "InvalidStateError")
      throw new Refused(0, "has_one", "This device has a passkey of yours already.");
  }
  throw LEFT;
}
