// Power by block on each representative day: supply above zero, uses of storage and exports below,
// and the load as a line.
import { scaleLinear } from "gp/vendor/d3";
import { canvas, clear, s } from "gp/app/dom";
import { grid, marginFor } from "gp/charts/axis";
import { explains } from "gp/charts/tip";
import { t } from "gp/app/words";

function clock(hour) {
  return `${String(Math.floor(hour) % 24).padStart(2, "0")}:00`;
}

// data: {keys: [{id, label, colour}], days: [{label, blocks: [{start, hours, values, load, campus}]}]}
export function render(el, data, opts) {
  clear(el);
  const { width, title, format } = opts;
  const narrow = width < 620;
  const perRow = narrow ? 1 : Math.min(data.days.length, width < 900 ? 2 : 4);
  const tall = narrow ? 190 : perRow > 2 ? 290 : 260;
  let top = 0;
  let low = 0;
  for (const day of data.days) {
    for (const block of day.blocks) {
      const values = Object.values(block.values);
      top = Math.max(top, block.load, values.filter((v) => v > 0).reduce((a, b) => a + b, 0));
      low = Math.min(low, values.filter((v) => v < 0).reduce((a, b) => a + b, 0));
    }
  }
  const y = scaleLinear().domain([low / 1e3, (top || 1) / 1e3]).nice(4).range([tall - 24, 26]);
  const axis = (value) => value.toLocaleString("en-US").replace("-", "\u2212");
  const left = marginFor(y, axis, 4);
  const gap = 18;
  const panel = (width - left * 1 - gap * (perRow - 1)) / perRow;
  const panels = data.days.map((day, at) => {
    const column = at % perRow;
    const x0 = left + column * (panel + gap);
    const y0 = Math.floor(at / perRow) * (tall + 14);
    return s("g", { transform: `translate(0 ${y0})` }, drawDay(day, { x0, panel, y, tall, left, column, axis, format, keys: data.keys }));
  });
  const rows = Math.ceil(data.days.length / perRow);
  el.append(canvas(width, rows * (tall + 14) - 14, title, panels));
}

function drawDay(day, { x0, panel, y, tall, column, axis, format, keys }) {
  const first = Math.min(...day.blocks.map((block) => block.start));
  const last = Math.max(...day.blocks.map((block) => block.start + block.hours));
  const x = scaleLinear().domain([first, last]).range([x0, x0 + panel]);
  let path = "";
  const columns = day.blocks.map((block, step) => {
    let up = 0;
    let down = 0;
    const bars = keys.map((key) => {
      const value = (block.values[key.id] ?? 0) / 1e3;
      if (Math.abs(value) < 1e-4) return null;
      const from = value > 0 ? up : down;
      if (value > 0) up += value;
      else down += value;
      return s("rect", {
        x: x(block.start),
        width: x(block.start + block.hours) - x(block.start) - 0.6,
        y: Math.min(y(from), y(from + value)),
        height: Math.abs(y(from) - y(from + value)),
        style: { fill: key.colour },
      });
    });
    path += `${step ? "L" : "M"}${x(block.start)},${y(block.load / 1e3)}H${x(block.start + block.hours)}`;
    const pairs = () => [
      ...keys
        .toReversed()
        .filter((key) => Math.abs(block.values[key.id] ?? 0) > 0.5)
        .map((key) => [key.label, format(block.values[key.id])]),
      [t("dispatch.load"), format(block.load)],
      [t("dispatch.campus"), format(block.campus)],
    ];
    return s(
      "g",
      explains(`${day.label}, ${clock(block.start)}\u2013${clock(block.start + block.hours)}`, pairs),
      s("rect", { class: "hit", x: x(block.start), width: x(block.start + block.hours) - x(block.start), y: 20, height: tall - 44 }),
      bars,
    );
  });
  return [
    s("text", { class: "strong", x: x0, y: 13, "font-size": 12.5 }, day.label),
    grid(y, { left: x0, right: x0 + panel, format: column === 0 ? axis : () => "", ticks: 4 }),
    columns,
    s("path", { d: path, fill: "none", "stroke-width": 2, style: { stroke: "var(--ink)" }, "pointer-events": "none" }),
    [first, (first + last) / 2, last].map((hour, at) =>
      s(
        "text",
        { x: x(hour), y: tall - 6, "font-size": 11.5, "text-anchor": ["start", "middle", "end"][at] },
        at === 2 && hour === 24 ? "24:00" : clock(hour),
      ),
    ),
  ];
}
