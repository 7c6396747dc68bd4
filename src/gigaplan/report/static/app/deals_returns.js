// What comes back: the curve of money over years, returns against what is asked, in figures and words.
import { instrumentColour, lineColour } from "gp/app/colours";
import { h } from "gp/app/dom";
import { figure, select } from "gp/app/figure";
import { country, fixed, kept, money, number } from "gp/app/format";
import { sums, unique } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderLines } from "gp/charts/lines";
import { render as renderStack } from "gp/charts/stack";

const PAID = "paid_usd_nominal_m";
const BACK = "received_usd_nominal_m";
const rate = (value) => (value === null ? "\u2013" : `${fixed(1)(value * 100)}%`);
const times = (value) => (value === null ? "\u2013" : `${fixed(2)(value)}\u00d7`);
const sized = (value) => (value === null || Math.abs(value) < 0.005 ? "\u2013" : fixed(2)(value / 1e3));

function span(list) {
  const years = list.map((row) => row.year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

// Paid, received and the sum of both so far, for every year.
function through(list, years) {
  const paid = sums(list, (row) => row.year, (row) => row[PAID]);
  const back = sums(list, (row) => row.year, (row) => row[BACK]);
  let so = 0;
  return years.map((year) => {
    so += (back.get(year) ?? 0) - (paid.get(year) ?? 0);
    return { year, paid: paid.get(year) ?? 0, back: back.get(year) ?? 0, so };
  });
}

const HEADS = ["instrument", "paid", "back", "irr", "required", "moic", "dpi", "rvpi", "tvpi", "payback"];
const DENSE = 620;
const OWNERS = "owners";
const ALL = "all";
const keyOf = (row) => `${row.instrument} ${row.investor}`;

export function curve(plan) {
  const list = plan.tables.deal_flows;
  const names = plan.tables.deal_called.map((row) => [keyOf(row), row.investor]);
  const others = unique(list.map(keyOf)).filter((key) => !names.some(([one]) => one === key));
  const state = { who: OWNERS };
  const chosen = () => list.filter((row) => (state.who === OWNERS ? row.instrument === "equity" : state.who === ALL || keyOf(row) === state.who));
  const rows = () => through(chosen(), span(chosen()));
  const keys = [
    { id: "paid", label: t("deals.paid"), colour: "var(--i-debt)" },
    { id: "back", label: t("deals.back"), colour: "var(--i-equity)" },
  ];
  const turn = () => {
    const found = rows();
    const deepest = found.reduce((one, other) => (other.so < one.so ? other : one));
    const since = found.findLastIndex((row) => row.so < 0) + 1;
    const values = { deepest: money(deepest.so), when: deepest.year, end: money(found.at(-1).so), last: found.at(-1).year };
    return since < found.length ? t("deals.curve.note", { ...values, even: found[since].year }) : t("deals.curve.note.never", values);
  };
  const pick = (value) => {
    state.who = value;
    one.redraw();
  };
  const options = [[OWNERS, t("deals.owners")], [ALL, t("deals.everybody")], ...names, ...others.map((key) => [key, key.slice(key.indexOf(" ") + 1)])];
  const one = figure({
    id: "deal-curve",
    wide: true,
    title: t("deals.curve.title"),
    unit: t("deals.curve.unit"),
    controls: h("div", { class: "controls" }, select(t("deals.who"), options, pick)),
    legend: () => [...keys.map(({ colour, label }) => ({ colour, label })), { colour: "var(--ink)", label: t("deals.so.far"), shape: "line" }],
    draw: (el, width) => {
      const found = rows();
      const columns = found.map((row) => ({ x: row.year, values: { paid: -row.paid / 1e3, back: row.back / 1e3 } }));
      renderStack(el, { keys, columns }, { width, title: t("deals.curve.title"), unit: "B", format: number, totals: false, height: width < 520 ? 280 : 360, line: found.map((row) => ({ x: row.year, y: row.so / 1e3, label: t("deals.so.far") })) });
    },
    note: turn,
    file: "money-over-years.csv",
    table: () => ({
      columns: [
        { key: "year", label: t("year"), number: true },
        { key: "paid", label: t("deals.paid.m"), number: true, format: fixed(1) },
        { key: "back", label: t("deals.back.m"), number: true, format: fixed(1) },
        { key: "so", label: t("deals.so.m"), number: true, format: fixed(1) },
      ],
      rows: rows(),
    }),
  });
  return one;
}

// The same curve for each of those who pay, as lines of their own.
export function eachInvestor(plan) {
  const list = plan.tables.deal_flows;
  const years = span(list);
  const series = plan.tables.deal_called.map((row, at) => ({
    label: row.investor,
    colour: lineColour(at),
    dash: at >= 9,
    points: through(list.filter((flow) => keyOf(flow) === keyOf(row)), years).map((one) => ({ x: one.year, y: one.so / 1e3 })),
  }));
  if (series.length < 2) return null;
  return figure({
    id: "deal-curves",
    title: t("deals.curves.title"),
    unit: t("deals.curves.unit"),
    legend: () => series.map(({ colour, label, dash }) => ({ colour, label, shape: dash ? "line dashed" : "line" })),
    draw: (el, width) => renderLines(el, { series }, { width, height: width < 520 ? 280 : 380, title: t("deals.curves.title"), format: (value) => money(value * 1e3) }),
    file: "money-over-years-by-investor.csv",
    table: () => ({
      columns: [
        { key: "investor", label: t("capital.investor") },
        { key: "year", label: t("year"), number: true },
        { key: PAID, label: t("deals.paid.m"), number: true, format: fixed(1) },
        { key: BACK, label: t("deals.back.m"), number: true, format: fixed(1) },
      ],
      rows: list,
    }),
  });
}

function name(row) {
  if (row.level === "class") return t(`capital.class.${row.name}`);
  return row.level === "programme" ? t("deals.owners") : row.name;
}

const missing = (row) => t(row.irr_status === "none" ? "deals.irr.none" : "deals.irr.several");

export function returnsTable(plan) {
  const list = plan.tables.deal_returns;
  const order = (level) => list.filter((row) => row.level === level);
  const investors = order("investor").toSorted((a, b) => b[PAID] - a[PAID]);
  const text = (value) => ({ value: NaN, text: value });
  const line = (row, dense) => {
    const found = row.irr_frac !== null ? rate(row.irr_frac) : row[PAID] > 0 ? missing(row) : t("deals.irr.free");
    return {
      label: name(row),
      total: row.level === "programme",
      cells: [
        ...(dense ? [] : [text(t(`capital.instrument.${row.instrument}`))]),
        text(sized(row[PAID])),
        text(sized(row[BACK])),
        { value: NaN, alarm: row.short > 0, text: found + (row.short > 0 ? " \u25bc" : ""), title: row.short > 0 ? t("deals.irr.short") : null },
        text(rate(row.required_frac)),
        ...(dense ? [] : [row.moic, row.dpi, row.rvpi, row.tvpi].map((value) => text(times(value)))),
        ...(dense ? [] : [text(row.payback_years === null ? "\u2013" : fixed(1)(row.payback_years))]),
      ],
    };
  };
  // Where it is narrow, multiples stand in the table behind alone.
  const draw = (el, width) => {
    const dense = width < DENSE;
    const rows = [...investors, ...order("class"), ...order("programme")].map((row) => line(row, dense));
    const columns = dense ? HEADS.slice(1, 5) : HEADS;
    renderHeat(el, { columns: columns.map((key) => t(`deals.head.${key}`)), rows }, { title: t("deals.returns.title"), plain: true, whole: true, dense, wrapHeads: true, corner: t("deals.who") });
  };
  const sentences = () => h("span", {}, t("deals.returns.note"), plan.told.investors.length > 0 && h("ul", { class: "worths" }, plan.told.investors.map((one) => h("li", {}, kept(one)))));
  return figure({
    id: "deal-returns",
    wide: true,
    title: t("deals.returns.title"),
    unit: t("deals.returns.unit"),
    draw,
    note: sentences,
    file: "returns.csv",
    table: () => ({
      columns: [
        { key: "level", label: t("deals.level") },
        { key: "name", label: t("deals.who") },
        { key: "instrument", label: t("capital.instrument") },
        { key: PAID, label: t("deals.paid.m"), number: true, format: fixed(1) },
        { key: BACK, label: t("deals.back.m"), number: true, format: fixed(1) },
        { key: "irr_frac", label: t("deals.head.irr"), number: true, format: rate },
        { key: "irr_status", label: t("deals.status") },
        { key: "required_frac", label: t("deals.head.required"), number: true, format: rate },
        { key: "npv_usd_nominal_m", label: t("deals.npv"), number: true, format: fixed(1) },
        ...["moic", "dpi", "rvpi", "tvpi"].map((key) => ({ key, label: t(`deals.head.${key}`), number: true, format: times })),
        { key: "payback_years", label: t("deals.head.payback"), number: true, format: (value) => (value === null ? "\u2013" : fixed(1)(value)) },
      ],
      rows: list,
    }),
  });
}

// Investors from abroad: what they earn in dollars, and in their own money once every flow is hedged.
export function foreign(plan) {
  const list = plan.tables.foreign_returns ?? [];
  if (!list.length) return null;
  const text = (value) => ({ value: NaN, text: value });
  const rows = list.map((row) => ({
    label: row.investor,
    cells: [text(country(row.country)), text(rate(row.irr_usd_frac)), text(t("deals.foreign.cell", { rate: rate(row.irr_hedged_frac), currency: row.currency })), text(fixed(0)(row.hedging_cost_usd_nominal_m))],
  }));
  const columns = ["country", "usd", "own", "cost"].map((key) => t(`deals.foreign.${key}`));
  return figure({
    id: "deal-foreign",
    title: t("deals.foreign.title"),
    unit: t("deals.foreign.unit"),
    note: t("deals.foreign.note"),
    draw: (el, width) => renderHeat(el, { columns, rows }, { title: t("deals.foreign.title"), plain: true, whole: true, wrapHeads: true, dense: width < 450, corner: t("capital.investor") }),
    file: "returns-abroad.csv",
    table: () => ({
      columns: [
        { key: "investor", label: t("capital.investor") },
        { key: "country", label: t("deals.foreign.country") },
        { key: "currency", label: t("deals.foreign.currency") },
        { key: "units_per_usd", label: t("deals.foreign.today"), number: true, format: number },
        { key: "forward_units_per_usd", label: t("deals.foreign.forward"), number: true, format: number },
        { key: "irr_usd_frac", label: t("deals.foreign.usd"), number: true, format: rate },
        { key: "irr_hedged_frac", label: t("deals.foreign.own"), number: true, format: rate },
        { key: "hedging_cost_usd_nominal_m", label: t("deals.foreign.cost"), number: true, format: fixed(1) },
      ],
      rows: list,
    }),
  });
}
