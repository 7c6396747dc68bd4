// One box for all charts that follows the pointer and says what is under it.
import { clear, h } from "gp/app/dom";

let box = null;

export function show(event, title, pairs = []) {
  if (!box) {
    box = h("div", { class: "tip", role: "status" });
    document.body.append(box);
  }
  clear(box);
  box.append(
    h("b", {}, title),
    h("dl", {}, pairs.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
  );
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const left = Math.min(event.clientX + 14, room - width - 8);
  const above = event.clientY - height - 12;
  box.style.left = `${Math.max(8, left) + window.scrollX}px`;
  box.style.top = `${(above < 8 ? event.clientY + 16 : above) + window.scrollY}px`;
}

export function hide() {
  if (box) box.hidden = true;
}

// Attributes that make an element explain itself.
export function explains(title, pairs) {
  const appear = (event) => show(event, title, typeof pairs === "function" ? pairs() : pairs);
  return { onpointermove: appear, onpointerdown: appear, onpointerleave: hide };
}
