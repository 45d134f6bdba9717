/** What a test of the clinic's sign-in provider came to. */

const WHY: Record<string, string> = {
  silence: "it did not answer in time",
  unreachable: "it could not be reached",
  unknown_host: "there is no such name",
  private: "its name leads into a network of its own",
  not_allowed: "it names an address that we may not ask",
  tls: "it has no valid certificate",
  redirect: "it sends us to another address; give that one",
  status: "there is no sign-in document at this address",
  no_document: "there is no sign-in document at this address",
  other_issuer: "it calls itself by another address; give that one exactly",
  no_pkce: "it cannot do PKCE with S256",
  no_keys: "it shows no keys",
};

export function tested(why: string | null): string {
  if (!why) return "The provider answers. Now try it: sign in with it in another browser.";
  return `The provider does not work: ${WHY[why] ?? "its answer was not one that we can read"}.`;
}
