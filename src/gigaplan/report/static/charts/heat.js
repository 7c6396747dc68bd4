// Numbers by place and year, shaded by size: a chart that is its own table.
import { clear, h } from "gp/app/dom";

const MANY = 20;

// data: {rows: [{label, cells: [{value, text, alarm?}], pick?, picked?}], columns: [label]}
// opts: {title, colour, corner, plain, text, range: [low, high], dense, whole, wrapHeads}; a row with pick is a button.
export function render(el, data, opts) {
  clear(el);
  const values = data.rows.flatMap((row) => row.cells.map((cell) => cell.value)).filter(Number.isFinite);
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = opts.range ?? [sorted[0] ?? 0, sorted[Math.floor(sorted.length * 0.95)] ?? 1];
  const shade = (cell) => {
    if (cell.alarm) return "var(--warn-soft)";
    if (opts.plain || !Number.isFinite(cell.value)) return "";
    const share = Math.max(0, Math.min(1, (cell.value - low) / (high - low || 1)));
    return `color-mix(in srgb, ${opts.colour} ${Math.round(share * 34)}%, transparent)`;
  };
  const head = (row) => (row.pick ? h("button", { type: "button", class: "pick", "aria-pressed": String(Boolean(row.picked)), onclick: row.pick }, row.label) : row.label);
  const kind = [opts.text && "wraps", opts.dense && "dense", opts.wrapHeads && "wrap-heads"].filter(Boolean).join(" ");
  const long = data.rows.length > MANY && !opts.whole;
  el.append(
    h(
      "div",
      { class: long ? "scroll" : "scroll whole", ...(long ? { tabindex: "0", role: "region", "aria-label": opts.title } : {}) },
      h(
        "table",
        { class: kind || null },
        h("caption", { hidden: true }, opts.title),
        h(
          "thead",
          {},
          h("tr", {}, h("th", { scope: "col" }, opts.corner ?? ""), data.columns.map((name) => h("th", { scope: "col", class: opts.text ? "" : "number", style: { paddingRight: "0.5rem" } }, name))),
        ),
        h(
          "tbody",
          {},
          data.rows.map((row) =>
            h(
              "tr",
              { class: row.total ? "total" : "" },
              h("th", { scope: "row" }, head(row)),
              row.cells.map((cell) =>
                h("td", { class: cell.wrap ? "" : "number", title: cell.title ?? null, style: { background: shade(cell), paddingRight: "0.5rem" } }, cell.text),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
