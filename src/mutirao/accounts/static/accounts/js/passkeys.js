// Passkeys: a form with data-passkey="create" or "get" asks the device before it is sent.
// The options come from a JSON element of the page, or (signing in) from the form's own address.
(() => {
  "use strict";
  const toBytes = (text) => {
    const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  };
  const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const known = (list) => (list || []).map((item) => ({ ...item, id: toBytes(item.id) }));

  async function create(options) {
    const asked = options.creation_options.publicKey;
    // One kind only: a passkey that knows its account and checks who holds it.
    const credential = await navigator.credentials.create({ publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      user: { ...asked.user, id: toBytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
      authenticatorSelection: {
        ...asked.authenticatorSelection,
        residentKey: "required", requireResidentKey: true, userVerification: "required",
      },
    } });
    return packed(credential, {
      attestationObject: toText(credential.response.attestationObject),
      transports: credential.response.getTransports?.() || [],
    });
  }

  async function get(options) {
    const asked = options.request_options.publicKey;
    const credential = await navigator.credentials.get({ publicKey: {
      ...asked, challenge: toBytes(asked.challenge), allowCredentials: known(asked.allowCredentials),
    } });
    const answer = credential.response;
    return packed(credential, {
      authenticatorData: toText(answer.authenticatorData),
      signature: toText(answer.signature),
      userHandle: answer.userHandle ? toText(answer.userHandle) : null,
    });
  }

  const packed = (credential, response) => ({
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: { clientDataJSON: toText(credential.response.clientDataJSON), ...response },
    clientExtensionResults: credential.getClientExtensionResults(),
  });

  async function options(form) {
    const element = document.getElementById(form.dataset.passkeyOptions);
    if (element) return JSON.parse(element.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  const say = (form, key) => {
    const place = document.querySelector("[data-passkey-fault]");
    place.hidden = !key;
    place.textContent = key ? place.dataset[key] : "";
    delete form.dataset.sent; // it may be tried again at once
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const way = { create, get }[form.dataset.passkey];
    if (!way) return;
    event.preventDefault();
    say(form, "");
    if (!navigator.credentials || !window.PublicKeyCredential) { say(form, "unknown"); return; }
    try {
      form.elements.credential.value = JSON.stringify(await way(await options(form)));
      form.submit();
    } catch (fault) {
      say(form, fault.name === "SecurityError" ? "unknown" : "refused");
    }
  });
})();
