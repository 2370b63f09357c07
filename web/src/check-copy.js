// Checking a copy: the file stays in the browser, only its SHA-256 is sent. Without this, the file is uploaded.

/** @param {ArrayBuffer} content */
export async function sha256(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {HTMLFormElement} form */
function hashFirst(form) {
  const chosen = form.querySelector("input[type=file]");
  const field = form.querySelector("input[name=sha256]");
  if (!chosen || !field || !globalThis.crypto?.subtle) return;
  form.addEventListener("submit", async (event) => {
    const [file] = chosen.files;
    if (!file) return;
    event.preventDefault();
    field.value = await sha256(await file.arrayBuffer());
    chosen.disabled = true;
    form.submit();
    chosen.disabled = false;
  });
}

for (const form of document.querySelectorAll("form[data-check-copy]")) hashFirst(form);
