// Rows of small cells by quarter, darker where there is more; what each row comes to stands at its end.
import { canvas, clear, s, textWidth } from "gp/app/dom";
import { explains } from "gp/charts/tip";

const SIZE = 12;
const HEAD = 20;
const TALL = 24;
const NARROW = 620;

// The words of a name, ever fewer from its end, until they have room.
function fitted(text, room) {
  if (textWidth(text, SIZE) <= room) return text;
  let short = text;
  while (short.length > 1 && textWidth(`${short}\u2026`, SIZE) > room) short = short.slice(0, -1);
  return `${short.trimEnd()}\u2026`;
}

// data: {columns: [{id, year, label}], rows: [{label, colour, values: Map id -> number, end, total?}]}
// opts: {width, title, format, pairs(row, column, value)}
export function render(el, data, opts) {
  clear(el);
  const { width, title, format } = opts;
  const { columns, rows } = data;
  const narrow = width < NARROW;
  const right = Math.ceil(Math.max(...rows.map((row) => textWidth(row.end, SIZE, 600)))) + 10;
  const left = narrow ? 0 : Math.ceil(Math.min(230, Math.max(...rows.map((row) => textWidth(row.label, SIZE))) + 14));
  const tall = narrow ? TALL + 16 : TALL;
  const wide = (width - left - right) / columns.length;
  const most = Math.max(...rows.filter((row) => !row.total).flatMap((row) => [...row.values.values()]), 1e-9);
  const whole = Math.max(...rows.filter((row) => row.total).flatMap((row) => [...row.values.values()]), most);
  const height = HEAD + rows.length * tall + 4;
  const starts = columns.map((column, at) => ({ ...column, at })).filter((column) => column.at === 0 || columns[column.at - 1].year !== column.year);
  const room = textWidth("2030", SIZE) + 8;
  const every = Math.max(1, Math.ceil(room / ((wide * columns.length) / starts.length)));
  const years = starts.map((column, own) => [
    column.at > 0 && s("line", { class: "grid-line", x1: left + column.at * wide - 0.5, x2: left + column.at * wide - 0.5, y1: HEAD - 4, y2: height }),
    own % every === 0 && s("text", { x: left + column.at * wide + 1, y: 13, "font-size": SIZE }, String(column.year)),
  ]);
  const lines = rows.map((row, own) => {
    const y = HEAD + own * tall;
    const box = narrow ? y + 17 : y + 2;
    const texts = [
      s("text", { class: row.total ? "strong" : "", x: 0, y: y + (narrow ? 13 : 16), "font-size": SIZE }, fitted(row.label, narrow ? width : left - 8)),
      s("text", { class: "strong", x: width, y: box + 14, "font-size": SIZE, "text-anchor": "end" }, row.end),
    ];
    const cells = columns.map((column, at) => {
      const value = row.values.get(column.id) ?? 0;
      const share = Math.sqrt(value / (row.total ? whole : most));
      return s("rect", {
        class: value > 0 ? "cell called" : "cell",
        x: left + at * wide + 0.5,
        y: box,
        width: Math.max(1, wide - 1),
        height: TALL - 4,
        rx: 1.5,
        style: value > 0 ? { fill: row.colour, fillOpacity: String(0.15 + 0.85 * share) } : { fill: "var(--grid)", fillOpacity: "0.5" },
        ...explains(`${row.label}, ${column.label}`, [["", value > 0 ? format(value) : "\u2013"]]),
      });
    });
    return [texts, cells];
  });
  el.append(canvas(width, height, title, years, lines));
}
