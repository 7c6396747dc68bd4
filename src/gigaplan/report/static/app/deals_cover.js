// How debt is covered over the years, and every deal with its price, cover and return.
import { classColour } from "gp/app/colours";
import { classesOf } from "gp/app/deals_money";
import { h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { fixed, kept } from "gp/app/format";
import { unique } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderLines } from "gp/charts/lines";
import { render as renderTable } from "gp/charts/table";

const ratio = (value) => (value === null ? "\u2013" : `${fixed(2)(value)}\u00d7`);
const rate = (value) => (value === null ? "\u2013" : `${fixed(1)(value * 100)}%`);
const cents = (value) => (value === null ? "\u2013" : fixed(2)(value));
const RULES = { dscr: "deals.cover.asked", lock_up_dscr: "deals.cover.lock" };

export function cover(plan) {
  const list = plan.tables.deal_cover;
  const classes = classesOf(list);
  const own = (name) => list.filter((row) => row.capital_class === name);
  const line = (name, key) => ({
    label: t(`deals.cover.${key}`, { what: t(`capital.class.${name}`) }),
    colour: classColour(name),
    dash: key === "mean",
    thin: key === "mean",
    points: own(name).map((row) => ({ x: row.year, y: row[key] })),
  });
  const series = classes.flatMap((name) => [line(name, "min"), line(name, "mean")]);
  const asked = new Map();
  for (const row of plan.tables.deal_cover_terms) {
    const key = `${row.term} ${row.value}`;
    asked.set(key, [...(asked.get(key) ?? []), row]);
  }
  const rules = [...asked.values()].map((rows) => ({
    y: rows[0].value,
    colour: rows.length > 1 ? "var(--soft)" : classColour(rows[0].capital_class),
    label: t(RULES[rows[0].term], { what: rows.map((row) => t(`capital.class.${row.capital_class}`)).join(", "), value: fixed(2)(rows[0].value) }),
  }));
  const one = { y: 1, colour: "var(--warn)", label: t("deals.cover.one") };
  return figure({
    id: "deal-cover",
    wide: true,
    title: t("deals.cover.title"),
    unit: t("deals.cover.unit"),
    note: t("deals.cover.note"),
    legend: () => series.map(({ colour, label, dash }) => ({ colour, label, shape: dash ? "line dashed" : "line" })),
    empty: () => (list.length ? null : t("deals.cover.none")),
    draw: (el, width) => renderLines(el, { series, rules: [one, ...rules] }, { width, height: width < 520 ? 280 : 340, title: t("deals.cover.title"), format: ratio, axisFormat: (value) => fixed(1)(value), zero: false }),
    file: "cover-of-debt.csv",
    table: () => ({
      columns: [
        { key: "capital_class", label: t("capital.stage.class") },
        { key: "year", label: t("year"), number: true },
        { key: "min", label: t("deals.cover.least"), number: true, format: ratio },
        { key: "mean", label: t("deals.cover.whole"), number: true, format: ratio },
        { key: "count", label: t("deals.cover.count"), number: true, format: fixed(0) },
      ],
      rows: list,
    }),
  });
}

export function dealTable(plan) {
  const place = h("div");
  const rows = plan.tables.deals.map((row) => ({
    ...row,
    what: plan.assetLabel(row.asset),
    class_name: t(`capital.class.${row.capital_class}`),
    where: plan.zoneName(row.zone),
    opens_year: Number(row.opens.slice(0, 4)),
    over_frac: row.price_usd_nominal / row.required_price_usd_nominal - 1,
  }));
  const over = (value, row) => (Math.abs(value) < 5e-4 ? "0.0%" : `${value > 0 ? "+" : ""}${rate(value)}${row.short ? " \u25bc" : ""}`);
  const found = (value, row) => (value === null ? t(row.irr_status === "none" ? "deals.irr.none" : "deals.irr.several") : rate(value));
  const columns = [
    { key: "deal", label: t("deals.deal"), kept: true },
    { key: "what", label: t("projects.what"), csv: "asset_label" },
    { key: "where", label: t("projects.where") },
    { key: "opens_year", label: t("deals.opens"), number: true },
    { key: "capacity_mw", label: t("projects.capacity"), number: true, format: fixed(0) },
    { key: "uses_usd_nominal_m", label: t("deals.cost.m"), number: true, format: fixed(0) },
    { key: "price_usd_nominal", label: t("deals.price"), number: true, format: cents },
    { key: "required_price_usd_nominal", label: t("deals.price.required"), number: true, format: cents },
    { key: "over_frac", label: t("deals.price.over"), number: true, format: over },
    { key: "market_price_usd_nominal", label: t("deals.price.market"), number: true, format: cents },
    { key: "levelised_cost_usd_nominal", label: t("deals.levelised"), number: true, format: cents },
    { key: "unit", label: t("deals.unit"), kept: true },
    { key: "min_dscr", label: t("deals.cover.least"), number: true, format: ratio },
    { key: "irr_frac", label: t("deals.head.irr"), number: true, format: found },
    { key: "required_frac", label: t("deals.head.required"), number: true, format: rate },
    { key: "payback_years", label: t("deals.head.payback"), number: true, format: (value) => (value === null ? "\u2013" : fixed(1)(value)) },
  ];
  renderTable(place, { columns, rows }, {
    caption: t("deals.table.title"),
    hideCaption: true,
    filter: true,
    file: "deals.csv",
    limit: 100,
    wrapHeads: true,
    choices: [
      { key: "class_name", label: t("projects.class"), values: unique(rows.map((row) => row.class_name)) },
      { key: "where", label: t("all.zones"), values: unique(rows.map((row) => row.where)).toSorted() },
      { key: "short", label: t("deals.short.all"), values: ["1", "0"], format: (value) => t(value === "1" ? "deals.short.yes" : "deals.short.no") },
    ],
  });
  const warning = plan.told.price_warning;
  return {
    node: h(
      "div",
      { class: "card wide", id: "deal-table" },
      h("h3", {}, t("deals.table.title")),
      h("p", { class: "unit" }, t("deals.table.unit")),
      warning && h("p", { class: "warning" }, kept(warning)),
      h("p", { class: "unit" }, kept(plan.told.levelised)),
      place,
      h("p", { class: "note" }, t("deals.table.note")),
    ),
  };
}
