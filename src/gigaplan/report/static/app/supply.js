// Supply chains: how much of each component is taken, from where, by whose hands, and what is short.
import { originColour } from "gp/app/colours";
import { chips } from "gp/app/chips";
import { h } from "gp/app/dom";
import { factories } from "gp/app/factories";
import { figure, select } from "gp/app/figure";
import { country, fixed, kept, money, number, percent, yearNames } from "gp/app/format";
import { pivot, sums, unique, yearsOf } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderStack } from "gp/charts/stack";

const DENSE = 620;
const MOST_STATES = 14;
const NOTHING = 1e-4;
const MARKS = ["", " \u25b3", " \u25b2"];

const largest = (list) => Math.max(0, ...list.map((row) => row.share ?? 0));
const weight = (list) => list.reduce((sum, row) => sum + row.binds * 10, 0) + largest(list);
const unitOf = (component) => (component.unit === "units" ? t("chain.unit") : component.unit);

export function supply(plan) {
  const { supply_use: use, components } = plan.tables;
  if (!use.length) return null;
  const years = yearsOf(use);
  const of = new Map(components.map((row) => [row.component, row]));
  const national = components.filter((row) => !row.local && use.some((one) => one.component === row.component && one.use + one.given_use > 1e-6));
  const trades = components.filter((row) => row.local);
  const parts = [
    ...(national.length ? tightness(plan, national, years) : []),
    ...(trades.length ? [labour(plan, trades, years)] : []),
    ...chips(plan),
    ...factories(plan, of, years),
  ];
  const node = h(
    "section",
    { id: "supply" },
    h("h2", {}, t("chain.title")),
    h("p", { class: "lead" }, kept(plan.told.supply)),
    h("div", { class: "grid" }, parts.map((one) => one.node)),
  );
  return { node, draw: () => parts.forEach((one) => one.redraw?.()) };
}

// One cell: how much of the supply is taken, and whether one more unit is worth anything.
function cell(row, component, dense) {
  if (!row) return { value: NaN, text: "\u2013" };
  const taken = row.use + row.given_use;
  if (taken < NOTHING && !row.binds) return { value: NaN, text: "\u2013" };
  const text = row.share === null ? (taken > NOTHING ? t("chain.free") : "\u2013") : dense ? fixed(0)(row.share * 100) : `${fixed(0)(row.share * 100)}%`;
  const about = {
    taken: number(taken),
    given: number(row.given_use),
    supply: row.supply === null ? t("chain.unlimited") : number(row.supply + row.factory_output),
    unit: component.unit,
    worth: money(row.worth_usd2025_m),
    one: unitOf(component),
  };
  return { value: row.share ?? NaN, alarm: row.binds > 0, text: dense ? text : text + MARKS[row.binds], title: t(`chain.cell.${row.binds}`, about) };
}


function useTable(rows, of, plan) {
  return {
    columns: [
      { key: "label", label: t("chain.component"), csv: "component" },
      ...(plan ? [{ key: "name", label: t("state") }] : []),
      { key: "calendar_year", label: t("year"), number: true },
      { key: "unit", label: t("unit") },
      { key: "use", label: t("chain.plan"), number: true, format: number },
      { key: "given_use", label: t("chain.given"), number: true, format: number },
      { key: "supply", label: t("chain.supply"), number: true, format: (value) => (value === null ? t("chain.unlimited") : number(value)) },
      { key: "factory_output", label: t("chain.factories"), number: true, format: number },
      { key: "stock", label: t("chain.stock"), number: true, format: number },
      { key: "share", label: t("chain.share"), number: true, format: (value) => (value === null ? "\u2013" : percent(value)) },
      { key: "worth_usd2025_m", label: t("chain.worth"), number: true, format: number },
    ],
    rows: rows.map((row) => ({ ...row, label: of.get(row.component).label, unit: of.get(row.component).unit, name: plan?.zoneName(row.zone) })),
  };
}

function tightness(plan, components, years) {
  const of = new Map(components.map((row) => [row.component, row]));
  const use = plan.tables.supply_use.filter((row) => of.has(row.component));
  const mine = new Map(components.map(({ component }) => [component, use.filter((row) => row.component === component)]));
  const ordered = components.toSorted((a, b) => weight(mine.get(b.component)) - weight(mine.get(a.component)));
  const state = { component: ordered[0].component };
  const pick = (component) => {
    state.component = component;
    chooser.querySelector("select").value = component;
    heat.redraw();
    one.redraw();
  };
  const heat = figure({
    id: "tightness",
    title: t("chain.heat.title"),
    unit: t("chain.heat.unit"),
    note: t("chain.heat.note"),
    draw: (el, width) => {
      const dense = width < DENSE;
      const focused = el.contains(document.activeElement);
      const data = ordered.map((component) => {
        const found = new Map(mine.get(component.component).map((row) => [row.calendar_year, row]));
        const picked = component.component === state.component;
        return { label: component.label, picked, pick: () => pick(component.component), cells: years.map((year) => cell(found.get(year), component, dense)) };
      });
      renderHeat(el, { columns: yearNames(years, dense), rows: data }, { title: t("chain.heat.title"), colour: "var(--g-gas)", corner: t("chain.component"), range: [0, 1], dense });
      if (focused) el.querySelector('[aria-pressed="true"]').focus();
    },
    wide: true,
    file: "supply.csv",
    table: () => useTable(use, of),
  });
  const chooser = h("div", { class: "controls" }, select(t("chain.component"), ordered.map((row) => [row.component, row.label]), pick));
  const one = sourcesOf(plan, { of, mine, state, years, chooser });
  return [heat, one];
}

function sourcesOf(plan, { of, mine, state, years, chooser }) {
  const rows = () => plan.tables.supply_sources.filter((row) => row.component === state.component);
  const keys = () => {
    const size = sums(rows(), (row) => row.origin, (row) => row.taken);
    const codes = [...size].filter(([, taken]) => taken > 1e-6).toSorted((a, b) => b[1] - a[1]).map(([code]) => code);
    const found = codes.map((id, at) => ({ id, label: country(id), colour: originColour(id, at) }));
    const made = mine.get(state.component).some((row) => row.factory_output > 1e-4);
    return made ? [...found, { id: "new", label: t("chain.factories"), colour: originColour("new") }] : found;
  };
  const columns = () => {
    const found = pivot(rows(), years, (row) => row.calendar_year, (row) => row.origin, (row) => row.taken);
    const made = new Map(mine.get(state.component).map((row) => [row.calendar_year, row.factory_output]));
    return found.map((column) => ({ ...column, values: { ...column.values, new: made.get(column.x) ?? 0 } }));
  };
  const line = () => mine.get(state.component).filter((row) => row.supply !== null).map((row) => ({ x: row.calendar_year, y: row.supply + row.factory_output }));
  const told = () => {
    const component = of.get(state.component);
    const list = mine.get(state.component);
    const top = list.reduce((best, row) => (row.worth_usd2025_m > best.worth_usd2025_m ? row : best), list[0]);
    const nearest = list.reduce((best, row) => ((row.share ?? 0) > (best.share ?? 0) ? row : best), list[0]);
    const text = list.some((row) => row.binds)
      ? t("chain.binds", { one: unitOf(component), year: top.calendar_year, worth: money(top.worth_usd2025_m) })
      : t("chain.binds.not", { share: percent(nearest.share ?? 0), year: nearest.calendar_year });
    return `${text} ${t("chain.sources.note")}`;
  };
  return figure({
    id: "sources",
    wide: true,
    title: () => t("chain.sources.title", { name: of.get(state.component).label }),
    unit: () => t("chain.sources.unit", { unit: of.get(state.component).unit }),
    controls: chooser,
    legend: () => [...keys().map(({ colour, label }) => ({ colour, label })), { colour: "var(--ink)", label: t("chain.line"), shape: "line" }],
    empty: () => (keys().length ? null : t("empty")),
    draw: (el, width) =>
      renderStack(
        el,
        { keys: keys(), columns: columns() },
        { width, title: t("chain.sources.title", { name: of.get(state.component).label }), unit: of.get(state.component).unit, line: line().length ? line() : null, totals: false, height: width < 520 ? 240 : 300 },
      ),
    note: told,
    file: () => `supply-${state.component}.csv`,
    table: () => ({
      columns: [
        { key: "country", label: t("chain.origin"), csv: "origin" },
        { key: "calendar_year", label: t("year"), number: true },
        { key: "taken", label: t("chain.taken"), number: true, format: number },
        { key: "available", label: t("chain.available"), number: true, format: (value) => (value === null ? t("chain.unlimited") : number(value)) },
        { key: "premium_usd2025_m", label: t("chain.premium"), number: true, format: number },
      ],
      rows: rows().map((row) => ({ ...row, country: country(row.origin) })),
    }),
  });
}

function labour(plan, trades, years) {
  const of = new Map(trades.map((row) => [row.component, row]));
  const use = plan.tables.supply_use.filter((row) => of.has(row.component));
  const sorted = trades.toSorted((a, b) => total(b) - total(a));
  function total(trade) {
    return use.filter((row) => row.component === trade.component).reduce((sum, row) => sum + row.binds, 0);
  }
  const state = { trade: sorted[0].component };
  const lines = (dense) => {
    const list = use.filter((row) => row.component === state.trade);
    const zones = unique(list.map((row) => row.zone)).map((zone) => [zone, list.filter((row) => row.zone === zone)]);
    return zones
      .toSorted((a, b) => weight(b[1]) - weight(a[1]))
      .slice(0, MOST_STATES)
      .map(([zone, own]) => {
        const found = new Map(own.map((row) => [row.calendar_year, row]));
        return { label: dense ? zone : plan.zoneName(zone), cells: years.map((year) => cell(found.get(year), of.get(state.trade), dense)) };
      });
  };
  const pick = (value) => {
    state.trade = value;
    one.redraw();
  };
  const one = figure({
    id: "labour",
    wide: true,
    title: t("labour.title"),
    unit: t("labour.unit", { unit: trades[0].unit }),
    controls: sorted.length > 1 && h("div", { class: "controls" }, select(t("labour.trade"), sorted.map((row) => [row.component, row.label]), pick)),
    note: t("labour.note"),
    draw: (el, width) => {
      const dense = width < DENSE;
      renderHeat(el, { columns: yearNames(years, dense), rows: lines(dense) }, { title: t("labour.title"), colour: "var(--g-hydro)", corner: t("state"), range: [0, 1], dense });
    },
    file: "labour.csv",
    table: () => useTable(use.filter((row) => row.component === state.trade), of, plan),
  });
  return one;
}
