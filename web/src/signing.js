// A drawn signature beside the typed name. Only where the pen went is sent, not how fast or how hard.
import SignaturePad from "signature_pad";

const WIDTH = 600;
const HEIGHT = 200;

/** @param {{points: {x: number, y: number}[]}[]} groups @param {number} scale */
export function strokes(groups, scale) {
  return groups.map(({ points }) => points.map(({ x, y }) => [Math.round(x * scale), Math.round(y * scale)]));
}

/** @param {HTMLElement} place */
function drawing(place) {
  const canvas = place.querySelector("canvas");
  const field = place.closest("form")?.querySelector("input[name=strokes]");
  if (!canvas || !field) return;
  const pad = new SignaturePad(canvas, { penColor: "#1b2526", minWidth: 1, maxWidth: 2.5 });

  const fit = () => {
    const ratio = Math.max(window.devicePixelRatio, 1);
    const width = canvas.clientWidth;
    canvas.width = width * ratio;
    canvas.height = ((width * HEIGHT) / WIDTH) * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    field.value = "";
  };
  const note = () => {
    field.value = pad.isEmpty() ? "" : JSON.stringify(strokes(pad.toData(), WIDTH / canvas.clientWidth));
  };

  let before = 0;
  new ResizeObserver(() => {
    if (canvas.clientWidth !== before) {
      before = canvas.clientWidth;
      fit();
    }
  }).observe(canvas);
  pad.addEventListener("endStroke", note);
  place.querySelector("[data-clear]")?.addEventListener("click", () => {
    pad.clear();
    note();
  });
}

for (const place of document.querySelectorAll("[data-drawing]")) drawing(place);
