// A table that sorts by any column, filters, and downloads as CSV.
import { clear, h } from "gp/app/dom";
import { t } from "gp/app/words";

const LIMIT = 250;

function compare(column, sign) {
  return (one, other) => {
    const a = one[column.key];
    const b = other[column.key];
    if (a === b) return 0;
    if (a === null || a === undefined || a === "") return 1;
    if (b === null || b === undefined || b === "") return -1;
    return (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b))) * sign;
  };
}

function csvCell(value) {
  if (value === null || value === undefined) return "";
  let text = String(value);
  // A spreadsheet must not take a name for a formula.
  if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(columns, rows) {
  const lines = [columns.map((column) => csvCell(column.csv ?? column.key)).join(",")];
  for (const row of rows) lines.push(columns.map((column) => csvCell(row[column.key])).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

export function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// data: {columns: [{key, label, format?, number?, long?, kept?}], rows}; opts: {caption, filter, choices, file, whole, limit, wrapHeads}
export function render(el, data, opts = {}) {
  clear(el);
  const state = { column: null, sign: 1, text: "", chosen: {}, all: false };
  const body = h("tbody");
  const count = h("span", { class: "unit", role: "status" });
  const heads = data.columns.map((column) => {
    const sort = () => {
      const first = column.number ? -1 : 1;
      if (state.column === column) state.sign = -state.sign;
      else Object.assign(state, { column, sign: first });
      for (const head of heads) head.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", state.sign > 0 ? "ascending" : "descending");
      draw();
    };
    const cell = h(
      "th",
      { scope: "col", class: column.number ? "number" : "" },
      h("button", { type: "button", onclick: sort, title: t("table.sort") }, column.label),
    );
    return cell;
  });

  const wanted = () => {
    const text = state.text.toLowerCase();
    let found = data.rows.filter(
      (row) =>
        (!text || data.columns.some(({ key, format }) => String(format ? format(row[key], row) : row[key]).toLowerCase().includes(text))) &&
        Object.entries(state.chosen).every(([key, value]) => value === "" || String(row[key]) === value),
    );
    if (state.column) found = found.toSorted(compare(state.column, state.sign));
    return found;
  };

  function draw() {
    const found = wanted();
    const shown = state.all ? found : found.slice(0, opts.limit ?? LIMIT);
    clear(body);
    body.append(
      ...shown.map((row) =>
        h(
          "tr",
          { class: row.total ? "total" : "" },
          data.columns.map((column) =>
            h(
              "td",
              { class: column.number ? "number" : column.long ? "long" : column.kept ? "kept" : "" },
              column.format ? column.format(row[column.key], row) : (row[column.key] ?? ""),
            ),
          ),
        ),
      ),
    );
    if (!shown.length) {
      body.append(h("tr", {}, h("td", { colspan: data.columns.length, class: "empty" }, t("table.empty"))));
    }
    clear(count);
    if (opts.filter || shown.length < found.length) {
      count.append(t("table.count", { shown: shown.length.toLocaleString("en-US"), all: data.rows.length.toLocaleString("en-US") }));
    }
    more.hidden = shown.length === found.length;
  }

  const showAll = () => {
    state.all = true;
    draw();
  };
  const more = h("button", { type: "button", class: "button", onclick: showAll }, t("table.more"));
  const controls = h("div", { class: "controls" });
  if (opts.filter) {
    const typed = (event) => {
      state.text = event.target.value;
      draw();
    };
    const attributes = { type: "search", placeholder: t("table.filter"), "aria-label": t("table.filter") };
    controls.append(h("input", { ...attributes, oninput: typed }));
  }
  for (const choice of opts.choices ?? []) {
    const pick = (event) => {
      state.chosen[choice.key] = event.target.value;
      draw();
    };
    controls.append(
      h(
        "select",
        { "aria-label": choice.label, onchange: pick },
        h("option", { value: "" }, choice.label),
        choice.values.map((value) => h("option", { value }, choice.format ? choice.format(value) : value)),
      ),
    );
  }
  if (opts.file) {
    const save = () => download(opts.file, csv(data.columns, wanted()));
    controls.append(h("button", { type: "button", class: "button", onclick: save }, t("table.csv")));
  }
  controls.append(count, more);
  el.append(
    controls,
    h(
      "div",
      { class: opts.whole ? "scroll whole" : "scroll", tabindex: "0", role: "region", "aria-label": opts.caption },
      h("table", { class: opts.wrapHeads ? "wrap-heads" : null }, h("caption", { hidden: opts.hideCaption }, opts.caption), h("thead", {}, h("tr", {}, heads)), body),
    ),
  );
  draw();
}
