// Signing in with a passkey: both factors at once. Without script, or where a browser has none, the button stays hidden.
const button = document.getElementById("passkey");
const problem = document.getElementById("passkey-problem");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
const text = (raw) =>
  btoa(String.fromCharCode(...new Uint8Array(raw)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

async function post(path, body) {
  const answer = await fetch(`${button.dataset.base}/api/v1${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail);
  return said;
}

async function sign() {
  const { challenge, site } = await post("/session/passkey/ask", {});
  const asked = { challenge: bytes(challenge), rpId: site, userVerification: "required" };
  const { id, response } = await navigator.credentials.get({ publicKey: asked });
  await post("/session/passkey", {
    id,
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
  });
  location.assign(button.dataset.base + button.dataset.to);
}

function say(sentence) {
  problem.textContent = sentence;
  problem.hidden = !sentence;
}

if (window.PublicKeyCredential) button.hidden = false;
button.addEventListener("click", () => {
  say("");
  sign().catch((error) => {
    // The browser says no by itself where the person left its question, or has no passkey here.
    const isLeft = error instanceof DOMException;
    say(isLeft ? "No passkey was used. Sign in with your password, or try again." : error.message);
  });
});
