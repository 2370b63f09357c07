// Passkeys: carries what the browser and the server say to each other, in forms that work by POST.
// A form [data-passkey] is "add", "use" or "sign-in"; its options stand in the page, or are asked for.

const fromText = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
};

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withIds = (list) => (list ?? []).map((each) => ({ ...each, id: fromText(each.id) }));

/** What the server asks of a new passkey, as the browser wants it. */
export function forCreating({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: fromText(publicKey.challenge),
      user: { ...publicKey.user, id: fromText(publicKey.user.id) },
      excludeCredentials: withIds(publicKey.excludeCredentials),
    },
  };
}

/** What the server asks of an existing passkey, as the browser wants it. */
export function forUsing({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: fromText(publicKey.challenge),
      allowCredentials: withIds(publicKey.allowCredentials),
    },
  };
}

/** What the browser answers, as the server reads it. */
export function asText(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: toText(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) answer[part] = toText(response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  });
}

async function optionsOf(form) {
  const there = form.querySelector("script[type='application/json']");
  if (there) return JSON.parse(there.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

async function ask(form) {
  const options = await optionsOf(form);
  const credential =
    form.dataset.passkey === "add"
      ? await navigator.credentials.create(forCreating(options))
      : await navigator.credentials.get(forUsing(options));
  form.elements.credential.value = asText(credential);
  form.submit();
}

if (globalThis.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form).catch(() => {
        form.querySelector("[data-passkey-failed]").hidden = false;
      });
    });
  }
}
