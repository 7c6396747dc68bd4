// Lines over years, with rules across for what is asked.
import { scaleLinear } from "gp/vendor/d3";
import { canvas, clear, s, textWidth } from "gp/app/dom";
import { grid, marginFor } from "gp/charts/axis";
import { explains } from "gp/charts/tip";

const FOOT = 26;
const SIZE = 12;

// data: {series: [{label, colour, dash?, thin?, points: [{x, y}]}], rules: [{label, y, colour}]}
// opts: {width, height, title, format, axisFormat, zero: whether the axis has to show zero}
export function render(el, data, opts) {
  clear(el);
  const { width, title, format, zero = true } = opts;
  const height = opts.height ?? (width < 520 ? 260 : 340);
  const { series, rules = [] } = data;
  const points = series.flatMap((one) => one.points);
  const values = [...points.map((point) => point.y), ...rules.map((rule) => rule.y), ...(zero ? [0] : [])];
  const y = scaleLinear().domain([Math.min(...values), Math.max(...values)]).nice(5).range([height - FOOT, 12]);
  const axisFormat = opts.axisFormat ?? ((value) => value.toLocaleString("en-US").replace("-", "\u2212"));
  const left = marginFor(y, axisFormat);
  const years = [...new Set(points.map((point) => point.x))].toSorted((a, b) => a - b);
  const [first, last] = [years[0], years[years.length - 1]];
  const x = scaleLinear().domain(first === last ? [first - 1, last + 1] : [first, last]).range([left + 4, width - 14]);
  const step = years.length > 1 ? (x(last) - x(first)) / (last - first) : width - left;
  const path = (list) => list.map((point, at) => `${at ? "L" : "M"}${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`).join("");
  const drawn = series.map((one) =>
    one.points.length > 1
      ? s("path", { d: path(one.points), class: "trace", fill: "none", "stroke-width": one.thin ? 1.6 : 2.4, "stroke-dasharray": one.dash ? "5 3" : null, "stroke-linejoin": "round", style: { stroke: one.colour } })
      : one.points.map((point) => s("circle", { cx: x(point.x), cy: y(point.y), r: 3.5, style: { fill: one.colour } })),
  );
  // Labels of rules stand above their lines, the lowest first, and never touch.
  let above = Infinity;
  const across = rules
    .toSorted((one, other) => one.y - other.y)
    .map((rule) => {
      above = Math.min(y(rule.y) - 4, above - SIZE - 1);
      return [
        s("line", { x1: left, x2: width, y1: y(rule.y), y2: y(rule.y), "stroke-width": 1.4, "stroke-dasharray": "2 3", style: { stroke: rule.colour } }),
        s("text", { class: "halo rule", x: width - 4, y: above, "font-size": SIZE, "text-anchor": "end", "pointer-events": "none" }, rule.label),
      ];
    });
  const hits = years.map((year) => {
    const pairs = () => series.flatMap((one) => one.points.filter((point) => point.x === year).map((point) => [one.label, format(point.y)]));
    return s("rect", { class: "hit", x: x(year) - step / 2, width: step, y: 0, height: height - FOOT, ...explains(String(year), pairs) });
  });
  el.append(canvas(width, height, title, grid(y, { left, right: width, format: axisFormat }), across, drawn, hits, yearLabels(years, x, step, height - 7)));
}

// Years under the axis, counted back from the last, as many as do not touch.
function yearLabels(years, x, step, y) {
  const last = years[years.length - 1];
  const every = Math.max(1, Math.ceil((textWidth("2030", SIZE) + 10) / step));
  return years
    .filter((year) => (last - year) % every === 0)
    .map((year) => s("text", { x: x(year), y, "font-size": SIZE, "text-anchor": "middle" }, String(year)));
}
