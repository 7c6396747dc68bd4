// A chart with its title, unit, legend, notes and the table behind it; drawn again when it gets
// another width.
import { clear, h } from "gp/app/dom";
import { t } from "gp/app/words";
import { render as renderLegend } from "gp/charts/legend";
import { render as renderTable } from "gp/charts/table";

const drawn = new Map();
const watcher = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const chart = drawn.get(target);
    if (chart && Math.abs(chart.width - contentRect.width) > 1) chart.draw();
  }
});

// Titles, units and notes may be functions, where they change with what is chosen.
const told = (value) => (typeof value === "function" ? value() : value);

// parts: {title, unit, controls?, legend: () => items, draw(el, width), table: () => {columns, rows},
//         file, note, wide}. Returns {node, redraw}.
export function figure(parts) {
  const place = h("div", { class: "chart" });
  const legend = h("div");
  const behind = h("div");
  const note = h("p", { class: "note" });
  const title = h("h3", {}, told(parts.title));
  const unit = h("p", { class: "unit" }, told(parts.unit));
  const more = parts.table && h("details", {}, h("summary", {}, t("figure.table")), behind);
  const node = h(
    "figure",
    { class: parts.wide ? "wide" : "", id: parts.id ?? null },
    title,
    parts.unit && unit,
    parts.controls,
    legend,
    place,
    parts.note && note,
    more,
  );
  const chart = { width: 0, draw: null };
  const fillTable = () => {
    if (more?.open) renderTable(behind, parts.table(), { caption: told(parts.title), file: told(parts.file), hideCaption: true });
  };
  more?.addEventListener("toggle", fillTable);
  chart.draw = () => {
    const width = Math.floor(place.clientWidth);
    if (!width) return;
    chart.width = width;
    if (typeof parts.title === "function") title.textContent = parts.title();
    if (typeof parts.unit === "function") unit.textContent = parts.unit();
    if (parts.legend) renderLegend(legend, parts.legend());
    if (parts.note) clear(note).append(told(parts.note));
    if (parts.empty?.()) clear(place).append(h("p", { class: "empty" }, parts.empty()));
    else parts.draw(place, width);
    fillTable();
  };
  drawn.set(place, chart);
  watcher.observe(place);
  return { node, redraw: chart.draw };
}

export function choice(label, options, chosen, onpick) {
  const buttons = options.map(([value, text]) =>
    h(
      "button",
      {
        type: "button",
        "aria-pressed": String(value === chosen),
        onclick: (event) => {
          for (const button of buttons) button.setAttribute("aria-pressed", String(button === event.currentTarget));
          onpick(value);
        },
      },
      text,
    ),
  );
  return h("div", { class: "choice", role: "group", "aria-label": label }, buttons);
}

export function select(label, options, onpick) {
  return h(
    "label",
    {},
    label,
    h(
      "select",
      { onchange: (event) => onpick(event.target.value) },
      options.map(([value, text]) => h("option", { value }, text)),
    ),
  );
}
