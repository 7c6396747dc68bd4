// State and local taxes: what is paid and what is forgone, by state and by year, and each incentive.
import { lineColour } from "gp/app/colours";
import { h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { fixed, kept } from "gp/app/format";
import { stackTable, used } from "gp/app/model";
import { unique } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderStack } from "gp/charts/stack";
import { render as renderTable } from "gp/charts/table";

const TAXES = ["sales", "property", "corporate"];
const WAYS = ["paid", "forgone"];
const MOST = { wide: 20, narrow: 7 };
const NONE = "\u2013";
const dollars = (value) => (value === null ? NONE : fixed(0)(value));

// What is forgone has the colour of its tax, thinned.
const colour = (way, at) => (way === "paid" ? lineColour(at) : `color-mix(in srgb, ${lineColour(at)} 38%, var(--paper))`);
const KEYS = WAYS.flatMap((way) => TAXES.map((tax, at) => ({ id: `${way}_${tax}`, label: t(`taxes.${way}.${tax}`), colour: colour(way, at) })));

export function taxes(plan) {
  if (!plan.tables.tax_states?.length) return null;
  const parts = [byState(plan), byYear(plan), stateTable(plan), incentiveTable(plan)];
  const node = h(
    "section",
    { id: "taxes" },
    h("h2", {}, t("taxes.title")),
    h("p", { class: "lead" }, kept(plan.told.taxes)),
    h("div", { class: "grid" }, parts.map((one) => one.node)),
  );
  return { node, draw: () => parts.forEach((one) => one.redraw?.()) };
}

const column = (x, row) => ({ x, values: Object.fromEntries(KEYS.map(({ id }) => [id, row[id] / 1e3])) });

// The states with most tax; all others together.
function columnsOf(list, most) {
  if (list.length <= most + 1) return list.map((row) => column(row.zone, row));
  const rest = list.slice(most);
  const sum = Object.fromEntries(KEYS.map(({ id }) => [id, rest.reduce((whole, row) => whole + row[id], 0)]));
  return [...list.slice(0, most).map((row) => column(row.zone, row)), column(`+${rest.length}`, sum)];
}

function byState(plan) {
  const list = plan.tables.tax_states;
  const all = columnsOf(list, list.length);
  const keys = used(KEYS, all);
  return figure({
    id: "tax-states",
    wide: true,
    title: t("taxes.states.title"),
    unit: t("taxes.unit"),
    note: t("taxes.states.note"),
    legend: () => keys.map(({ colour: fill, label }) => ({ colour: fill, label })),
    draw: (el, width) => renderStack(el, { keys, columns: columnsOf(list, MOST[width < 520 ? "narrow" : "wide"]) }, { width, title: t("taxes.states.title"), unit: "B", format: fixed(1) }),
    table: () => stackTable(keys, all, t("taxes.state"), fixed(2)),
    file: "taxes-by-state.csv",
  });
}

function byYear(plan) {
  const columns = plan.tables.tax_years.map((row) => column(row.calendar_year, row));
  const keys = used(KEYS, columns);
  return figure({
    id: "tax-years",
    wide: true,
    title: t("taxes.years.title"),
    unit: t("taxes.unit"),
    note: t("taxes.years.note"),
    legend: () => keys.map(({ colour: fill, label }) => ({ colour: fill, label })),
    draw: (el, width) => renderStack(el, { keys, columns }, { width, title: t("taxes.years.title"), unit: "B", format: fixed(1), totals: width > 520 }),
    table: () => stackTable(keys, columns, t("year"), fixed(2)),
    file: "taxes-by-year.csv",
  });
}

function stateTable(plan) {
  const place = h("div");
  const rows = plan.tables.tax_states.map((row) => ({ ...row, where: plan.zoneName(row.zone) }));
  const amounts = ["due", "paid", "forgone", "forgone_sales", "forgone_property"];
  const columns = [
    { key: "where", label: t("taxes.state"), kept: true },
    ...amounts.map((key) => ({ key, label: t(`taxes.column.${key}`), number: true, format: fixed(0) })),
    { key: "operation_job_years", label: t("taxes.jobs"), number: true, format: dollars },
    { key: "usd_per_operation_job_year", label: t("taxes.per_job"), number: true, format: dollars },
  ];
  renderTable(place, { columns, rows }, { caption: t("taxes.table.title"), hideCaption: true, file: "taxes.csv", wrapHeads: true, limit: 60 });
  return card("tax-table", "taxes.table", place);
}

function incentiveTable(plan) {
  const place = h("div");
  const rows = plan.tables.incentives.map((row) => ({ ...row, where: plan.zoneName(row.zone) }));
  const columns = [
    { key: "where", label: t("taxes.state"), kept: true },
    { key: "kind", label: t("taxes.kind") },
    { key: "level", label: t("taxes.level") },
    { key: "cost_usd2025_m", label: t("taxes.cost"), number: true, format: fixed(0) },
    { key: "usd2025_per_operation_job_year", label: t("taxes.per_job"), number: true, format: dollars },
    { key: "usd2025_per_job_year", label: t("taxes.per_any_job"), number: true, format: dollars },
    { key: "citation", label: t("taxes.law"), long: true },
  ];
  const choices = [
    { key: "where", label: t("all.zones"), values: unique(rows.map((row) => row.where)).toSorted() },
    { key: "kind", label: t("taxes.kind.all"), values: unique(rows.map((row) => row.kind)) },
  ];
  renderTable(place, { columns, rows }, { caption: t("taxes.incentives.title"), hideCaption: true, file: "incentives.csv", wrapHeads: true, limit: 60, choices });
  return card("incentive-table", "taxes.incentives", place);
}

const card = (id, words, place) => ({
  node: h("div", { class: "card wide", id }, h("h3", {}, t(`${words}.title`)), h("p", { class: "unit" }, t(`${words}.unit`)), place, h("p", { class: "note" }, t(`${words}.note`))),
});
