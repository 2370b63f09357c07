// Keeps what is being typed in forms marked data-keep="name" in this tab, until the form went through.
//
// A form went through when, after it was sent, a page of the same signed-in state arrives without that form's
// errors. When the login ended meanwhile, a page of another state arrives: the typing waits, and is put back
// when the form is met again.

const PREFIX = "keep:";
const NEVER = new Set(["hidden", "password", "file", "submit", "button"]);

/** @typedef {{fields: [string, string, boolean][], sent: boolean, signedIn: boolean}} Draft */

/** @param {HTMLFormElement} form */
function controls(form) {
  return [...form.elements].filter(
    (control) => control.name && !NEVER.has(control.type) && control.autocomplete !== "one-time-code",
  );
}

const ticked = (control) => control.type === "checkbox" || control.type === "radio";

/** @param {HTMLFormElement} form @returns {[string, string, boolean][]} */
export function typed(form) {
  return controls(form).map((control) => [control.name, control.value, ticked(control) && control.checked]);
}

/** Put a draft back wherever the page offers nothing of its own. @param {HTMLFormElement} form */
export function putBack(form, fields) {
  for (const control of controls(form)) {
    if (ticked(control)) {
      const kept = fields.find(([name, value]) => name === control.name && value === control.value);
      if (kept) control.checked = kept[2];
    } else {
      const kept = fields.find(([name]) => name === control.name);
      if (kept && control.value !== kept[1]) control.value = kept[1];
    }
  }
}

/**
 * What becomes of a draft when a page arrives.
 * @param {Draft} draft @param {{signedIn: boolean, hasForm: boolean, hasErrors: boolean}} page
 * @returns {"forget" | "wait" | "put back" | "keep"}
 */
export function fate(draft, page) {
  if (draft.sent && draft.signedIn !== page.signedIn) return "wait";
  if (draft.sent && !page.hasErrors) return "forget";
  if (!page.hasForm) return "keep";
  return page.hasErrors ? "keep" : "put back";
}

/** @param {Document} page @param {Storage} store */
export function keepTyping(page, store) {
  const signedIn = page.body.dataset.signedIn === "yes";
  const forms = new Map([...page.querySelectorAll("form[data-keep]")].map((form) => [form.dataset.keep, form]));
  const save = (name, draft) => store.setItem(PREFIX + name, JSON.stringify(draft));

  for (const key of Object.keys(store).filter((key) => key.startsWith(PREFIX))) {
    const name = key.slice(PREFIX.length);
    const draft = JSON.parse(store.getItem(key));
    const form = forms.get(name);
    const hasErrors = Boolean(form?.querySelector(".error-summary"));
    const what = fate(draft, { signedIn, hasForm: Boolean(form), hasErrors });
    if (what === "forget") store.removeItem(key);
    if (what === "put back") putBack(form, draft.fields);
    if (what === "wait" || what === "keep") save(name, { ...draft, sent: false });
  }

  for (const [name, form] of forms) {
    form.addEventListener("input", () => save(name, { fields: typed(form), sent: false, signedIn }));
    form.addEventListener("submit", () => save(name, { fields: typed(form), sent: true, signedIn }));
  }
  page.querySelector(".account form")?.addEventListener("submit", () => forgetAll(store));
}

/** @param {Storage} store */
export function forgetAll(store) {
  for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
}
