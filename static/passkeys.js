// Works the buttons for passkeys: asks the server for a challenge, the browser for an answer, and
// sends the form that the button belongs to once the server has taken the answer.
"use strict";

async function send(address, token, body) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}

const ceremonies = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
    }),
  get: (options) =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
    }),
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const said = form.querySelector("[role=alert]");
  form.hidden = !window.PublicKeyCredential?.parseRequestOptionsFromJSON;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.hidden = true;
    const token = form.elements.csrfmiddlewaretoken.value;
    try {
      const options = await send(form.dataset.begin, token, {});
      const credential = await ceremonies[form.dataset.passkey](options);
      await send(form.dataset.complete, token, credential.toJSON());
    } catch {
      said.textContent = form.dataset.refused;
      said.hidden = false;
      return;
    }
    form.submit();
  });
}
