// A vertical axis as quiet grid lines with numbers, and labels under bands.
import { s, textWidth } from "gp/app/dom";

export function grid(scale, { left, right, format, ticks = 5 }) {
  return scale.ticks(ticks).map((value) =>
    s(
      "g",
      {},
      s("line", {
        class: value === 0 ? "axis" : "grid-line",
        x1: left,
        x2: right,
        y1: scale(value),
        y2: scale(value),
      }),
      s("text", { x: left - 7, y: scale(value) + 4, "font-size": 11.5, "text-anchor": "end" }, format(value)),
    ),
  );
}

export function marginFor(scale, format, ticks = 5) {
  return Math.ceil(Math.max(...scale.ticks(ticks).map((value) => textWidth(format(value), 11.5)))) + 12;
}

// Labels of bands; drops every second one and so on where they would touch.
export function bandLabels(scale, names, y) {
  const widest = Math.max(...names.map((name) => textWidth(String(name), 12))) + 8;
  const every = Math.max(1, Math.ceil(widest / scale.step()));
  return names.map((name, at) =>
    (names.length - 1 - at) % every
      ? null
      : s(
          "text",
          { x: scale(name) + scale.bandwidth() / 2, y, "font-size": 12, "text-anchor": "middle" },
          String(name),
        ),
  );
}
