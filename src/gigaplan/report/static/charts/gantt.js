// Projects as bars in time: one row each, which opens to say what its date hangs on.
import { scaleLinear } from "gp/vendor/d3";
import { canvas, clear, h, s } from "gp/app/dom";
import { explains } from "gp/charts/tip";

const LANE = 9;
const LEAST = 22;
const BARE = 340;

// Gives every stage the first lane in which it does not meet another.
function lanes(stages) {
  const ends = [];
  return stages
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .map((stage) => {
      const free = ends.findIndex((end) => end <= stage.start + 1e-3);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = stage.end;
      return { ...stage, lane };
    });
}

// data: {rows: [{label, about, stages: [{label, start, end, critical, colour, pairs}], alt, open()}]}
// opts: {width, from, to, now, title}
export function render(el, data, opts) {
  clear(el);
  const { width, from, to, now, title } = opts;
  const narrow = width < 620;
  const left = narrow ? 0 : Math.min(BARE, Math.round(width * 0.3));
  const room = width - left - (narrow ? 0 : 12);
  const x = scaleLinear().domain([from, to]).range([1, room - 1]);
  const every = Math.max(1, Math.ceil((to - from) / Math.max(2, room / 46)));
  const years = Array.from({ length: to - from + 1 }, (_, at) => from + at).filter((year) => (to - year) % every === 0);
  const rule = (year, height, kind) => s("line", { class: kind, x1: x(year), x2: x(year), y1: 0, y2: height });
  const rules = (height) => [...years.map((year) => rule(year, height, "grid-line")), now > from && now < to && rule(now, height, "now")];
  const anchor = (year) => (year === from ? "start" : year === to ? "end" : "middle");
  const axis = canvas(room, 18, title, years.map((year) => s("text", { x: x(year), y: 13, "font-size": 11.5, "text-anchor": anchor(year) }, String(year))));
  const place = narrow ? "minmax(0, 1fr)" : `${left}px minmax(0, 1fr)`;
  el.append(
    h("div", { class: "gantt" }, h("div", { class: "gantt-axis", style: { gridTemplateColumns: place } }, !narrow && h("span"), axis), data.rows.map((row) => line(row, { x, room, rules, place }))),
  );
}

function line(row, { x, room, rules, place }) {
  const placed = lanes(row.stages);
  const count = 1 + Math.max(0, ...placed.map((stage) => stage.lane));
  const height = Math.max(LEAST, count * LANE + 6);
  // What takes no time, such as an order, is a mark on top of what follows it.
  const moment = (stage) => stage.end - stage.start < 0.02;
  const bars = placed.toSorted((a, b) => moment(a) - moment(b)).map((stage) =>
    s("rect", {
      class: stage.critical ? "bar critical" : "bar",
      x: x(stage.start),
      y: 3 + stage.lane * LANE,
      width: moment(stage) ? 3.5 : Math.max(1.5, x(stage.end) - x(stage.start) - 0.8),
      height: LANE - 2,
      rx: 1.5,
      style: { fill: stage.colour },
      ...explains(stage.label, stage.pairs),
    }),
  );
  const body = h("div", { class: "gantt-more" });
  const open = (event) => {
    if (event.currentTarget.open && !body.childNodes.length) row.open(body);
  };
  return h(
    "details",
    { ontoggle: open },
    h("summary", { style: { gridTemplateColumns: place } }, h("span", { class: "gantt-label" }, row.label, h("small", {}, row.about)), canvas(room, height, row.alt, rules(height), bars)),
    body,
  );
}
