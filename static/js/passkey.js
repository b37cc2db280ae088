// Passkeys: asks the browser to make or to show one and sends its answer with the form around the button.
// A form carries `data-passkey="create"` or `"get"` and its options as JSON in `data-options`. Without this file, or
// in a browser that knows no passkeys, the part stays hidden and codes work as ever. At an address that cannot use them
// the part says why in place of the button.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const decoded = (options) => {
    const known = (each) => ({ ...each, id: bytes(each.id) });
    const made = { ...options, challenge: bytes(options.challenge) };
    if (options.user) made.user = { ...options.user, id: bytes(options.user.id) };
    if (options.excludeCredentials) made.excludeCredentials = options.excludeCredentials.map(known);
    if (options.allowCredentials) made.allowCredentials = options.allowCredentials.map(known);
    return made;
  };

  const encoded = (credential) => {
    const answer = credential.response;
    const response = { clientDataJSON: text(answer.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (answer[name]) response[name] = text(answer[name]);
    }
    if (answer.getTransports) response.transports = answer.getTransports();
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  };

  const ask = async (form) => {
    const said = form.querySelector("[data-passkey-said]");
    const options = { publicKey: decoded(JSON.parse(form.dataset.options).publicKey) };
    said.textContent = "";
    try {
      const credential = await navigator.credentials[form.dataset.passkey](options);
      form.elements.credential.value = JSON.stringify(encoded(credential));
      form.submit();
    } catch (error) {
      said.textContent =
        error.name === "SecurityError"
          ? "This address can’t use passkeys: they need https, or http://localhost."
          : error.name === "InvalidStateError"
            ? "This device holds a passkey for you already."
            : "No passkey came back. Try again, or use a code.";
    }
  };

  // A passkey belongs to a host's name, which a bare IP address is not; browsers refuse it only after the press.
  const isBareAddress = /^\[|^\d+(\.\d+){3}$/.test(location.hostname);
  const reason = !window.isSecureContext
    ? "Passkeys need an address that begins with https, or http://localhost. Codes work here too."
    : isBareAddress
      ? `Passkeys need an address with a name, and ${location.hostname} is a bare number. Codes work here too.`
      : "";
  if (!reason && !window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.closest("[data-passkey-part]").hidden = false;
    if (reason) {
      const said = document.createElement("p");
      said.textContent = reason;
      form.replaceWith(said);
      continue;
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
})();
