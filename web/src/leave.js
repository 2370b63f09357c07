// "Leave this site": takes this page's place in the tab's history, so that "back" does not return to it.
import { forgetAll } from "./keep-typing.js";

/** @param {Document} page @param {Storage} store */
export function leaveQuickly(page, store) {
  const link = page.querySelector("a[data-leave]");
  link?.addEventListener("click", (event) => {
    event.preventDefault();
    forgetAll(store);
    page.documentElement.hidden = true;
    page.defaultView.location.replace(link.href);
  });
}
