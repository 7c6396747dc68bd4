// Capital: who pays for what, when it is called, on which terms, and which limits on money bind.
import { classColour, groupColour, instrumentColour } from "gp/app/colours";
import { capitalFlow } from "gp/app/capital_flow";
import { groups, returns } from "gp/app/capital_terms";
import { h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { fixed, kept, money, number, percent, yearNames } from "gp/app/format";
import { pivot, sumOf, sums, yearsOf } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderStack } from "gp/charts/stack";

const CLASSES = ["campus", "accelerator", "energy"];
const INSTRUMENTS = ["equity", "grant", "debt"];
const PARTS = ["campus", "accelerator", "onsite", "generation", "storage"];
const NOTHING = 0.5;
const DENSE = 620;
const PART_COLOURS = { onsite: groupColour("On-site gas"), generation: classColour("energy"), storage: groupColour("Wind") };

const instrumentKeys = INSTRUMENTS.map((id) => ({ id, label: t(`capital.instrument.${id}`), colour: instrumentColour(id) }));
const partKeys = PARTS.map((id) => ({ id, label: t(`capital.part.${id}`), colour: PART_COLOURS[id] ?? classColour(id) }));

export function capital(plan) {
  const { investors } = plan.tables;
  if (!investors?.length) return null;
  const years = yearsOf(plan.tables.capital_calls);
  const parts = [...sourcesAndUses(plan), capitalFlow(plan, CLASSES, INSTRUMENTS), calls(plan, years), drawn(plan, years), groups(plan), returns(plan, CLASSES)];
  const node = h(
    "section",
    { id: "capital" },
    h("h2", {}, t("capital.title")),
    h("p", { class: "lead" }, kept(plan.told.capital)),
    h("div", { class: "grid" }, parts.map((one) => one.node)),
  );
  return { node, draw: () => parts.forEach((one) => one.redraw?.()) };
}

// Two columns of one height, and the two sides of the same table.
function sourcesAndUses(plan) {
  const { investors, capital_uses: uses } = plan.tables;
  const sources = sumOf(investors, (row) => row.drawn_usd2025_m);
  const spent = sumOf(uses, (row) => row.spend_usd2025_m);
  const paid = sums(investors, (row) => row.instrument, (row) => row.drawn_usd2025_m);
  const used = sums(uses, (row) => row.part, (row) => row.spend_usd2025_m);
  const keys = [...instrumentKeys.filter((key) => paid.get(key.id) > NOTHING), ...partKeys.filter((key) => used.get(key.id) > NOTHING)];
  const values = (map, prefix) => Object.fromEntries([...map].map(([id, value]) => [prefix + id, value / 1e3]));
  const columns = [
    { x: t("capital.sources"), values: values(paid, "") },
    { x: t("capital.uses"), values: values(used, "use ") },
  ];
  const shown = keys.map((key) => (PARTS.includes(key.id) ? { ...key, id: `use ${key.id}` } : key));
  const line = (label, value, whole, total = false) => ({ label, total, cells: [{ value: NaN, text: fixed(2)(value / 1e3) }, { value: NaN, text: whole ? percent(value / whole) : "\u2013" }] });
  const bySource = INSTRUMENTS.filter((id) => paid.get(id) > NOTHING).flatMap((id) => {
    const own = investors.filter((row) => row.instrument === id && row.drawn_usd2025_m > NOTHING);
    return [...own.map((row) => line(row.investor, row.drawn_usd2025_m, sources)), line(t("capital.all", { what: t(`capital.instrument.${id}`) }), paid.get(id), sources, true)];
  });
  const rows = [
    ...bySource,
    line(t("capital.sources.all"), sources, sources, true),
    ...partKeys.filter((key) => used.get(key.id) > NOTHING).map((key) => line(key.label, used.get(key.id), spent)),
    line(t("capital.uses.all"), spent, spent, true),
  ];
  const chart = figure({
    id: "sources-uses",
    title: t("capital.su.title"),
    unit: t("capital.su.unit"),
    legend: () => shown.map(({ colour, label }) => ({ colour, label })),
    empty: () => (shown.length ? null : t("capital.none")),
    draw: (el, width) => renderStack(el, { keys: shown, columns }, { width, title: t("capital.su.title"), unit: "B", format: fixed(1), height: width < 450 ? 280 : Math.max(320, 30 * rows.length - 60) }),
    note: t("capital.su.note"),
  });
  const table = figure({
    id: "sources-uses-table",
    title: t("capital.su.table"),
    unit: t("capital.billions"),
    draw: (el) => renderHeat(el, { columns: [t("capital.paid"), t("capital.share")], rows }, { title: t("capital.su.table"), plain: true, whole: true, corner: "" }),
  });
  return [chart, table];
}

// Which investor pays how much in each calendar year; the rest of the row is drawn against committed.
function calls(plan, years) {
  const { investors, capital_calls: list } = plan.tables;
  const found = new Map(list.map((row) => [`${row.investor} ${row.calendar_year}`, row]));
  const cell = (name, year, told) => {
    const row = found.get(`${name} ${year}`);
    if (!row) return { value: NaN, text: "\u2013" };
    const about = { so: money(row.drawn_usd2025_m), committed: money(row.committed_usd2025_m) };
    const paid = row.fund_usd2025_m > NOTHING;
    return {
      value: paid ? row.fund_usd2025_m : NaN,
      alarm: paid && row.full > 0,
      text: paid ? told(row.fund_usd2025_m / 1e3) : "\u2013",
      title: t(row.full ? "capital.calls.full" : "capital.calls.cell", about),
    };
  };
  const inYear = sums(list, (row) => row.calendar_year, (row) => row.fund_usd2025_m);
  const ends = (drawnSoFar, committed, dense) => [
    ...(dense ? [] : [drawnSoFar, committed].map((value) => ({ value: NaN, text: number(value / 1e3) }))),
    { value: NaN, text: committed > 0 ? percent(drawnSoFar / committed) : "\u2013" },
  ];
  const whole = (key) => sumOf(investors, (row) => row[key]);
  // Where it is narrow, years keep one decimal, and only the share of what is used stands beside them.
  const rows = (dense) => {
    const told = dense ? (value) => (value < 0.05 ? "<0.1" : fixed(1)(value)) : number;
    const all = years.map((year) => ({ value: NaN, text: inYear.get(year) > NOTHING ? told(inYear.get(year) / 1e3) : "\u2013" }));
    const own = investors.map((row) => ({
      label: row.investor,
      cells: [...years.map((year) => cell(row.investor, year, told)), ...ends(row.drawn_usd2025_m, row.committed_usd2025_m, dense)],
    }));
    return [...own, { label: t("total"), total: true, cells: [...all, ...ends(whole("drawn_usd2025_m"), whole("committed_usd2025_m"), dense)] }];
  };
  return figure({
    id: "calls",
    wide: true,
    title: t("capital.calls.title"),
    unit: t("capital.calls.unit"),
    note: t("capital.calls.note"),
    draw: (el, width) => {
      const dense = width < DENSE;
      const columns = [...yearNames(years, dense), ...(dense ? [] : [t("capital.drawn"), t("capital.committed")]), t("capital.used")];
      renderHeat(el, { columns, rows: rows(dense) }, { title: t("capital.calls.title"), colour: "var(--i-equity)", corner: t("capital.investor"), dense, whole: true });
    },
    file: "capital-calls.csv",
    table: () => ({
      columns: [
        { key: "investor", label: t("capital.investor") },
        { key: "calendar_year", label: t("year"), number: true },
        { key: "fund_usd2025_m", label: t("capital.called"), number: true, format: fixed(0) },
        { key: "drawn_usd2025_m", label: t("capital.drawn.so"), number: true, format: fixed(0) },
        { key: "committed_usd2025_m", label: t("capital.committed.so"), number: true, format: fixed(0) },
      ],
      rows: list,
    }),
  });
}

// Drawn so far by instrument, under the line of what is committed so far.
function drawn(plan, years) {
  const { investors, capital_calls: list } = plan.tables;
  const instrument = new Map(investors.map((row) => [row.investor, row.instrument]));
  const columns = pivot(list, years, (row) => row.calendar_year, (row) => instrument.get(row.investor), (row) => row.drawn_usd2025_m / 1e3);
  const committed = sums(list, (row) => row.calendar_year, (row) => row.committed_usd2025_m / 1e3);
  const keys = instrumentKeys.filter((key) => columns.some((column) => column.values[key.id] * 1e3 > NOTHING));
  return figure({
    title: t("capital.drawn.title"),
    unit: t("capital.drawn.unit"),
    legend: () => [...keys.map(({ colour, label }) => ({ colour, label })), { colour: "var(--ink)", label: t("capital.line"), shape: "line" }],
    draw: (el, width) => renderStack(el, { keys, columns }, { width, title: t("capital.drawn.title"), unit: "B", format: fixed(0), totals: false, height: width < 520 ? 260 : 380, line: years.map((year) => ({ x: year, y: committed.get(year) ?? 0 })) }),
  });
}
