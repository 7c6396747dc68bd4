// Stacked columns by year: what is above zero goes up, what is below goes down.
import { scaleBand, scaleLinear } from "gp/vendor/d3";
import { canvas, clear, s } from "gp/app/dom";
import { number } from "gp/app/format";
import { t } from "gp/app/words";
import { bandLabels, grid, marginFor } from "gp/charts/axis";
import { explains } from "gp/charts/tip";

// data: {keys: [{id, label, colour}], columns: [{x, values: {id: number}}]}
export function render(el, data, opts) {
  clear(el);
  const { width, title, unit = "", format = number, totals = true, line = null } = opts;
  const height = opts.height ?? (width < 520 ? 260 : 320);
  const { keys, columns } = data;
  const parts = columns.map((column) => {
    let up = 0;
    let down = 0;
    const segments = [];
    for (const key of keys) {
      const value = column.values[key.id] ?? 0;
      if (!value) continue;
      const from = value > 0 ? up : down;
      if (value > 0) up += value;
      else down += value;
      segments.push({ key, value, low: Math.min(from, from + value), high: Math.max(from, from + value) });
    }
    return { x: column.x, up, down, segments };
  });
  const lineTop = line ? Math.max(...line.map((point) => point.y)) : 0;
  const top = Math.max(...parts.map((part) => part.up), lineTop, 0);
  const lineLow = line ? Math.min(...line.map((point) => point.y)) : 0;
  const low = Math.min(...parts.map((part) => part.down), lineLow, 0);
  // A little below zero keeps its own end: a whole step of the axis would be empty.
  const above = scaleLinear().domain([0, top || 1]).nice(5).domain()[1];
  const y = -low < 0.1 * above ? scaleLinear().domain([low, above]) : scaleLinear().domain([low, top || 1]).nice(5);
  const ticks = height < 200 ? 3 : 5;
  const axisFormat = opts.axisFormat ?? ((value) => value.toLocaleString("en-US").replace("-", "\u2212"));
  y.range([height - 26, totals ? 22 : 10]);
  const left = marginFor(y, axisFormat, ticks);
  const names = columns.map((column) => column.x);
  const x = scaleBand().domain(names).range([left, width - 2]).paddingInner(0.32).paddingOuter(0.15);
  const wide = Math.min(x.bandwidth(), 92);
  const inset = (x.bandwidth() - wide) / 2;
  const bars = parts.map((part) => {
    const at = x(part.x) + inset;
    const pairs = () => [
      ...part.segments.toReversed().map(({ key, value }) => [key.label, `${format(value)} ${unit}`]),
      [t("total"), `${format(part.up + part.down)} ${unit}`],
      ...(line ?? []).filter((point) => point.x === part.x && point.label).map((point) => [point.label, `${format(point.y)} ${unit}`]),
    ];
    return s(
      "g",
      explains(String(part.x), pairs),
      s("rect", { class: "hit", x: x(part.x), width: x.bandwidth(), y: 0, height: height - 26 }),
      part.segments.map(({ key, low: bottom, high }) => {
        const tall = y(bottom) - y(high);
        if (tall < 0.25) return null;
        return s("rect", {
          class: tall > 2.5 ? "seg" : "",
          x: at,
          width: wide,
          y: y(high),
          height: tall,
          style: { fill: key.colour },
        });
      }),
      totals &&
        part.up > 0 &&
        s(
          "text",
          { class: "strong", x: at + wide / 2, y: y(part.up) - 6, "font-size": 12, "text-anchor": "middle" },
          format(part.up + part.down),
        ),
    );
  });
  const path =
    line &&
    s("path", {
      d: line
        .map((point, step) => `${step ? "L" : "M"}${x(point.x) + x.bandwidth() / 2},${y(point.y)}`)
        .join(""),
      fill: "none",
      style: { stroke: "var(--ink)" },
      "stroke-width": 2,
      "stroke-dasharray": "5 3",
      "pointer-events": "none",
    });
  el.append(
    canvas(
      width,
      height,
      title,
      grid(y, { left, right: width, format: axisFormat, ticks }),
      bars,
      path,
      bandLabels(x, names, height - 7),
    ),
  );
}
