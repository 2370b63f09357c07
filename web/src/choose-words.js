// On the sheet of what was found: words selected with the mouse, or with Shift and the arrow keys, are chosen in
// the forms beside them, too. Without this the same words are chosen from lists.

/** @param {Selection} selection @param {Element} words @returns {[string, string] | null} */
export function chosen(selection, words) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const inside = [...words.querySelectorAll("[data-word]")].filter((word) => range.intersectsNode(word));
  const whole = inside.filter((word) => touches(range, word));
  return whole.length ? [whole[0].dataset.word, whole[whole.length - 1].dataset.word] : null;
}

/** Whether more than the edge of a word is selected. */
function touches(range, word) {
  const own = word.ownerDocument.createRange();
  own.selectNodeContents(word);
  return range.compareBoundaryPoints(Range.END_TO_START, own) < 0 && range.compareBoundaryPoints(Range.START_TO_END, own) > 0;
}

document.addEventListener("selectionchange", () => {
  const words = document.querySelector("[data-count-words]");
  const found = words && chosen(document.getSelection(), words);
  if (!found) return;
  const panel = words.closest(".clause-place");
  for (const [name, number] of [["first", found[0]], ["last", found[1]], ["at", found[0]]]) {
    for (const select of panel.querySelectorAll(`select[name=${name}]`)) select.value = number;
  }
  const mark = panel.querySelector("#fold-mark");
  if (mark && !panel.querySelector("details[open]")) mark.open = true;
});
