// Investment credits: their rates by milestone, what they are worth in the plan, and why.
import { h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { fixed, kept } from "gp/app/format";
import { sumOf, unique, yearsOf } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderTable } from "gp/charts/table";

const NONE = "\u2013";
const NOTHING = 0.05;
const tenths = (share) => fixed(1)(share * 100).replace(/\.0$/, "");
const rate = (value) => (value === null ? NONE : `${tenths(value)}%`);
const dollars = (value) => (value < NOTHING ? NONE : fixed(1)(value));
const amount = (value) => (value < NOTHING ? NONE : fixed(0)(value));
const named = (row) => row.technology[0].toUpperCase() + row.technology.slice(1);

export function credits(plan) {
  const list = plan.tables.credits.map((row) => ({ ...row, name: named(row) }));
  const years = yearsOf(list, "in_service_year");
  const kinds = unique(list.map((row) => row.kind)).map((kind) => {
    const own = list.filter((row) => row.kind === kind);
    const alone = list.every((row) => row.name !== own[0].name || row.kind === kind);
    return { own, label: alone ? own[0].name : `${own[0].name}: ${own[0].label}` };
  });
  return [table(list, plan.told.credits), rates(kinds, years), worth(kinds, years, list)];
}

function rates(kinds, years) {
  const rows = kinds.map(({ own, label }) => ({
    label,
    cells: years.map((year) => {
      const row = own.find((one) => one.in_service_year === year);
      return row ? { value: row.rate_frac, text: rate(row.rate_frac), title: row.sentence } : { value: NaN, text: NONE };
    }),
  }));
  return figure({
    id: "credit-rates",
    title: t("credits.rates.title"),
    unit: t("credits.unit"),
    note: t("credits.note"),
    draw: (el) => renderHeat(el, { columns: years.map(String), rows }, { title: t("credits.rates.title"), colour: "var(--i-grant)", range: [0, 0.4], whole: true, corner: t("credits.technology") }),
  });
}

function worth(kinds, years, list) {
  const cells = (rows) => [...years.map((year) => sumOf(rows.filter((row) => row.in_service_year === year), (row) => row.credit_usd2025_m)), sumOf(rows, (row) => row.credit_usd2025_m), sumOf(rows, (row) => row.own_usd2025_m)].map((value) => ({ value: NaN, text: amount(value) }));
  const rows = [...kinds.map(({ own, label }) => ({ label, cells: cells(own) })), { label: t("total"), total: true, cells: cells(list) }];
  const columns = [...years.map(String), t("total"), t("credits.own")];
  return figure({
    id: "credit-worth",
    title: t("credits.worth.title"),
    unit: t("credits.worth.unit"),
    draw: (el, width) => renderHeat(el, { columns, rows }, { title: t("credits.worth.title"), plain: true, whole: true, wrapHeads: true, dense: width < 450, corner: t("credits.technology") }),
  });
}

function table(list, told) {
  const place = h("div");
  const columns = [
    { key: "group", label: t("rules.table.family") },
    { key: "label", label: t("credits.assets") },
    { key: "in_service_year", label: t("year"), number: true },
    { key: "rate_frac", label: t("credits.rate"), number: true, format: rate },
    { key: "usd_per_mwh", label: t("credits.mwh"), number: true, format: dollars },
    { key: "usd_per_t", label: t("credits.tonne"), number: true, format: dollars },
    { key: "capex_usd2025_m", label: t("credits.capex"), number: true, format: amount },
    { key: "credit_usd2025_m", label: t("credits.credit"), number: true, format: amount },
    { key: "citation", label: t("rules.table.citation"), kept: true },
    { key: "sentence", label: t("credits.why"), long: true },
  ];
  renderTable(place, { columns, rows: list }, { caption: t("credits.table.title"), hideCaption: true, file: "credits.csv", wrapHeads: true });
  return { node: h("div", { class: "card wide", id: "credit-table" }, h("h3", {}, t("credits.table.title")), h("p", { class: "unit" }, t("credits.table.unit")), h("p", { class: "told" }, kept(told)), place) };
}
