// A waterfall that lies on its side: each row starts where the one above ends, the last is the sum.
import { scaleLinear } from "gp/vendor/d3";
import { canvas, clear, s, textWidth } from "gp/app/dom";
import { explains } from "gp/charts/tip";

// data: [{label, value, colour, total?}]
export function render(el, data, opts) {
  clear(el);
  const { width, title, format } = opts;
  const narrow = width < 520;
  const step = narrow ? 44 : 30;
  const labels = data.map((row) => row.label);
  const left = narrow ? 0 : Math.ceil(Math.max(...labels.map((text) => textWidth(text, 13)))) + 14;
  const texts = data.map((row) => format(row.value, row));
  const right = Math.ceil(Math.max(...texts.map((text) => textWidth(text, 12.5, 600)))) + 12;
  let at = 0;
  const parts = data.map((row) => {
    const from = row.total ? 0 : at;
    const to = from + row.value;
    if (!row.total) at = to;
    return { ...row, from, to };
  });
  const ends = parts.flatMap((row) => [row.from, row.to]);
  const x = scaleLinear().domain([Math.min(0, ...ends), Math.max(...ends, 1e-9)]).range([left, width - right]);
  const children = parts.map((row, at_) => {
    const y = at_ * step + 4;
    const barY = narrow ? y + 19 : y + 3;
    const low = x(Math.min(row.from, row.to));
    const high = x(Math.max(row.from, row.to));
    return s(
      "g",
      explains(row.label, [["", format(row.value, row)]]),
      s("rect", { class: "hit", x: 0, width, y, height: step }),
      s(
        "text",
        {
          class: row.total ? "strong" : "",
          x: narrow ? 0 : left - 10,
          y: narrow ? y + 13 : y + 17,
          "font-size": 13,
          "text-anchor": narrow ? "start" : "end",
        },
        row.label,
      ),
      s("rect", {
        x: low,
        y: barY,
        width: Math.max(high - low, 1.5),
        height: 18,
        rx: 2,
        style: { fill: row.colour },
      }),
      at_ < parts.length - 1 &&
        !parts[at_ + 1].total &&
        s("line", { class: "grid-line", x1: x(row.to), x2: x(row.to), y1: barY + 18, y2: barY + step }),
      s("text", { class: "strong", x: high + 6, y: barY + 13.5, "font-size": 12.5 }, texts[at_]),
    );
  });
  el.append(canvas(width, data.length * step + 6, title, children));
}
