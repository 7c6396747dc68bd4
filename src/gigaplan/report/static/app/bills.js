// Power bills: what the programme changes in each state, who pays, and CO2 beside it.
import { h } from "gp/app/dom";
import { choice, figure } from "gp/app/figure";
import { fixed, kept } from "gp/app/format";
import { unique, yearsOf } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderMap } from "gp/charts/map";
import { render as renderTable } from "gp/charts/table";

const CASES = ["off", "on", "law"];
const CENT = 0.005;
const caseName = (name) => t(`bills.case.${name}`);
const cents = fixed(2);
const signed = (value) => (value > CENT ? `+${cents(value)}` : cents(value));

export function bills(plan) {
  const list = plan.tables.bills;
  if (!list?.length) return null;
  const parts = [households(plan, list), whoPays(plan), carbon(plan), byState(plan, list)];
  const node = h(
    "section",
    { id: "bills" },
    h("h2", {}, t("bills.title")),
    h("p", { class: "lead" }, kept(plan.told.bills)),
    h("div", { class: "grid" }, parts.map((one) => one.node)),
  );
  return { node, draw: () => parts.forEach((one) => one.redraw?.()) };
}

function households(plan, list) {
  const years = yearsOf(list, "year");
  const state = { year: years[years.length - 1], tariff: "off" };
  const biggest = Math.max(1, ...list.map((row) => Math.abs(row.household_usd2025_per_month)));
  const now = () => list.filter((row) => row.year === state.year && row.case === state.tariff);
  const pairs = (row) => [
    [t("bills.household"), signed(row.household_usd2025_per_month)],
    [t("bills.retail.without"), cents(row.retail_without_usd2025_per_mwh)],
    [t("bills.retail.with"), cents(row.retail_with_usd2025_per_mwh)],
    [t("bills.campus"), fixed(1)(row.campus_twh)],
  ];
  const changed = (row) => Math.abs(row.household_usd2025_per_month) >= 2 * CENT && plan.geography.at.has(row.zone);
  const colour = (row) => (row.household_usd2025_per_month > 0 ? "var(--v-4)" : "var(--v-0)");
  const dots = () =>
    now()
      .filter(changed)
      .map((row) => {
        const [x, y] = plan.geography.at.get(row.zone);
        const value = Math.abs(row.household_usd2025_per_month);
        return { x, y, value, colour: colour(row), title: plan.zoneName(row.zone), pairs: pairs(row), text: `${row.zone} ${signed(row.household_usd2025_per_month)}` };
      });
  const one = figure({
    id: "bill-map",
    wide: true,
    title: t("bills.map.title"),
    unit: t("bills.map.unit"),
    note: t("bills.map.note"),
    controls: h(
      "div",
      { class: "controls" },
      choice(t("year"), years.map((year) => [year, String(year)]), state.year, (value) => pick({ year: value })),
      choice(t("bills.show"), CASES.map((name) => [name, caseName(name)]), state.tariff, (value) => pick({ tariff: value })),
    ),
    legend: () => [
      { colour: "var(--v-4)", label: t("bills.legend.more"), shape: "round" },
      { colour: "var(--v-0)", label: t("bills.legend.less"), shape: "round" },
    ],
    draw: (el, width) =>
      renderMap(el, { biggest, dots: dots(), about: new Map(now().map((row) => [row.zone, pairs(row)])) }, { width, title: t("bills.map.alt", { year: state.year }), geography: plan.geography, labels: width < 520 ? 5 : 20 }),
    file: "bills-of-households.csv",
    table: () => ({
      columns: [
        { key: "name", label: t("state") },
        { key: "year", label: t("year"), number: true },
        { key: "household_usd2025_per_month", label: t("bills.household"), number: true, format: cents },
      ],
      rows: now().map((row) => ({ ...row, name: plan.zoneName(row.zone) })),
    }),
  });
  const pick = (what) => {
    Object.assign(state, what);
    one.redraw();
  };
  return one;
}

function whoPays(plan) {
  const list = plan.tables.bill_totals;
  const years = yearsOf(list, "year");
  const line = (name, key, words) => ({
    label: t(words, { case: caseName(name) }),
    cells: years.map((year) => {
      const value = list.find((row) => row.case === name && row.year === year)[key];
      return { value: NaN, text: fixed(0)(value) };
    }),
  });
  const rows = CASES.flatMap((name) => [
    line(name, "customers_change_usd2025_m_per_yr", "bills.totals.customers"),
    line(name, "campuses_pay_usd2025_m_per_yr", "bills.totals.campuses"),
  ]);
  return figure({
    id: "bill-totals",
    title: t("bills.totals.title"),
    unit: t("bills.totals.unit"),
    note: t("bills.totals.note"),
    draw: (el, width) => renderHeat(el, { columns: years.map(String), rows }, { title: t("bills.totals.title"), plain: true, whole: true, dense: width < 450, corner: t("bills.totals.case") }),
  });
}

function carbon(plan) {
  const list = plan.tables.carbon_effect;
  const line = (key, words, decimals) => ({
    label: t(words),
    cells: list.map((row) => ({ value: NaN, text: fixed(decimals)(row[key]) })),
  });
  const rows = [
    line("with_mt", "bills.carbon.with", 1),
    line("without_mt", "bills.carbon.without", 1),
    line("difference_mt", "bills.carbon.difference", 1),
    line("campus_twh", "bills.carbon.use", 1),
    line("marginal", "bills.carbon.marginal", 2),
    line("average", "bills.carbon.average", 2),
  ];
  return figure({
    id: "bill-carbon",
    title: t("bills.carbon.title"),
    unit: t("bills.carbon.unit"),
    note: t("bills.carbon.note"),
    draw: (el, width) => renderHeat(el, { columns: list.map((row) => String(row.year)), rows }, { title: t("bills.carbon.title"), plain: true, whole: true, dense: width < 450, corner: "" }),
  });
}

function byState(plan, list) {
  const place = h("div");
  const rows = list
    .filter((row) => row.case !== "law")
    .map((row) => ({ ...row, name: plan.zoneName(row.zone), tariff: caseName(row.case), law: t(row.by_law ? "bills.law.yes" : "bills.law.no") }))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.year - b.year);
  const price = (key, label) => ({ key, label: t(label), number: true, format: cents });
  const columns = [
    { key: "name", label: t("state") },
    { key: "year", label: t("year"), number: true },
    { key: "tariff", label: t("bills.case") },
    { key: "law", label: t("bills.law") },
    { key: "load_twh", label: t("bills.load"), number: true, format: fixed(1) },
    { key: "campus_twh", label: t("bills.campus"), number: true, format: fixed(1) },
    price("wholesale_without", "bills.wholesale.without"),
    price("wholesale_with", "bills.wholesale.with"),
    price("retail_without_usd2025_per_mwh", "bills.retail.without"),
    price("retail_with_usd2025_per_mwh", "bills.retail.with"),
    price("household_usd2025_per_month", "bills.household"),
    price("campuses_usd2025_per_mwh", "bills.rate"),
  ];
  renderTable(place, { columns, rows }, {
    caption: t("bills.table.title"),
    hideCaption: true,
    file: "bills.csv",
    limit: 100,
    wrapHeads: true,
    choices: [
      { key: "name", label: t("all.zones"), values: unique(rows.map((row) => row.name)).toSorted() },
      { key: "tariff", label: t("bills.show"), values: unique(rows.map((row) => row.tariff)) },
    ],
  });
  return {
    node: h(
      "div",
      { class: "card wide", id: "bill-table" },
      h("h3", {}, t("bills.table.title")),
      h("p", { class: "unit" }, t("bills.table.unit")),
      place,
      h("p", { class: "note" }, t("bills.table.note")),
    ),
  };
}
