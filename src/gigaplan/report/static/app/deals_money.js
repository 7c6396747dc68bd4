// Money up to the openings: sources and uses by class, and when it is called.
import { instrumentColour } from "gp/app/colours";
import { figure } from "gp/app/figure";
import { fixed, money, number, percent } from "gp/app/format";
import { stackTable } from "gp/app/model";
import { pivot, sumOf, sums, unique } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderQuilt } from "gp/charts/quilt";
import { render as renderStack } from "gp/charts/stack";

export const CLASSES = ["campus", "accelerator", "energy"];
const USES = { capex: "capex", "interest during construction": "interest", fees: "fees", reserves: "reserves" };
const INSTRUMENTS = ["equity", "debt", "grant"];
const NOTHING = 0.005;

export const classesOf = (list) => CLASSES.filter((name) => list.some((row) => row.capital_class === name));
const dash = (value, told) => (Math.abs(value) < NOTHING ? "\u2013" : told(value / 1e3));
const useName = (item) => (USES[item] ? t(`deals.use.${USES[item]}`) : item);

// One table with two sides that add up to the same, class by class.
export function sourcesAndUses(plan) {
  const list = plan.tables.deal_sources_uses;
  const classes = classesOf(list);
  const cell = (rows, name) => sumOf(rows.filter((row) => !name || row.capital_class === name), (row) => row.usd_nominal_m);
  const line = (label, rows, total = false) => ({
    label,
    total,
    cells: [...classes, null].map((name) => ({ value: NaN, text: dash(cell(rows, name), fixed(2)) })),
  });
  const items = (rows, named) => unique(rows.map((row) => row.item)).map((item) => line(named(item), rows.filter((row) => row.item === item)));
  const uses = list.filter((row) => row.side === "use");
  const sources = list.filter((row) => row.side === "source");
  const kinds = INSTRUMENTS.filter((kind) => sources.some((row) => row.instrument === kind));
  const paid = kinds.flatMap((kind) => {
    const own = sources.filter((row) => row.instrument === kind);
    const names = unique(own.map((row) => row.item));
    const sum = names.length > 1 ? [line(t("capital.all", { what: t(`capital.instrument.${kind}`) }), own, true)] : [];
    return [...items(own, (item) => item), ...sum];
  });
  const rows = [...items(uses, useName), line(t("capital.uses.all"), uses, true), ...paid, line(t("capital.sources.all"), sources, true)];
  const columns = [...classes.map((name) => t(`capital.class.${name}`)), t("total")];
  return figure({
    id: "deal-sources-uses",
    title: t("deals.su.title"),
    unit: t("deals.su.unit"),
    note: t("deals.su.note"),
    draw: (el) => renderHeat(el, { columns, rows }, { title: t("deals.su.title"), plain: true, whole: true, corner: "" }),
    file: "sources-and-uses.csv",
    table: () => ({
      columns: [
        { key: "capital_class", label: t("capital.stage.class") },
        { key: "side", label: t("deals.side") },
        { key: "item", label: t("deals.item") },
        { key: "usd_nominal_m", label: t("deals.millions"), number: true, format: fixed(1) },
      ],
      rows: list,
    }),
  });
}

// What each investor is called for in all, beside what it commits in the money of the optimisation.
export function called(plan) {
  const list = plan.tables.deal_called;
  const committed = list.some((row) => row.committed_usd2025_m !== null);
  const text = (value) => ({ value: NaN, text: value });
  const real = (row) => (committed ? [text(row.drawn_usd2025_m === null ? "\u2013" : fixed(2)(row.drawn_usd2025_m / 1e3)), text(row.committed_usd2025_m === null ? "\u2013" : fixed(2)(row.committed_usd2025_m / 1e3)), text(row.committed_usd2025_m > 0 ? percent(row.drawn_usd2025_m / row.committed_usd2025_m) : "\u2013")] : []);
  const own = list.map((row) => ({ label: row.investor, cells: [text(fixed(2)(row.paid_usd_nominal_m / 1e3)), ...real(row)] }));
  const whole = (key) => sumOf(list, (row) => row[key]);
  const total = { drawn_usd2025_m: whole("drawn_usd2025_m"), committed_usd2025_m: whole("committed_usd2025_m") };
  const rows = [...own, { label: t("total"), total: true, cells: [text(fixed(2)(whole("paid_usd_nominal_m") / 1e3)), ...real(total)] }];
  const columns = [t("deals.called"), ...(committed ? [t("deals.drawn"), t("deals.committed"), t("capital.used")] : [])];
  return figure({
    id: "deal-called",
    title: t("deals.called.title"),
    unit: t(committed ? "deals.called.unit" : "deals.called.unit.bare"),
    note: t(committed ? "deals.called.note" : "deals.called.note.bare"),
    draw: (el, width) => renderHeat(el, { columns, rows }, { title: t("deals.called.title"), plain: true, whole: true, wrapHeads: true, dense: width < 400, corner: t("capital.investor") }),
  });
}

const quarterName = (id) => `Q${id.slice(-1)} ${id.slice(0, 4)}`;

// Every quarter between the first call and the last.
function quarters(list) {
  const at = (id) => Number(id.slice(0, 4)) * 4 + Number(id.slice(-1)) - 1;
  const places = list.map((row) => at(row.quarter));
  const [first, last] = [Math.min(...places), Math.max(...places)];
  return Array.from({ length: last - first + 1 }, (_, step) => {
    const year = Math.floor((first + step) / 4);
    const id = `${year}Q${((first + step) % 4) + 1}`;
    return { id, year, label: quarterName(id) };
  });
}

export function calendar(plan) {
  const list = plan.tables.deal_calls;
  const columns = list.length ? quarters(list) : [];
  const own = plan.tables.deal_called.map((row) => ({
    label: row.investor,
    colour: instrumentColour(row.instrument),
    end: money(row.paid_usd_nominal_m),
    values: sums(list.filter((call) => call.investor === row.investor && call.instrument === row.instrument), (call) => call.quarter, (call) => call.paid_usd_nominal_m),
  }));
  const whole = sums(list, (call) => call.quarter, (call) => call.paid_usd_nominal_m);
  const rows = [...own, { label: t("total"), total: true, colour: "var(--ink)", end: money(sumOf(list, (call) => call.paid_usd_nominal_m)), values: whole }];
  const kinds = INSTRUMENTS.filter((kind) => list.some((row) => row.instrument === kind));
  return figure({
    id: "deal-calls",
    wide: true,
    title: t("deals.calls.title"),
    unit: t("deals.calls.unit"),
    note: t("deals.calls.note"),
    legend: () => kinds.map((kind) => ({ colour: instrumentColour(kind), label: t(`capital.instrument.${kind}`) })),
    empty: () => (list.length ? null : t("capital.none")),
    draw: (el, width) => renderQuilt(el, { columns, rows }, { width, title: t("deals.calls.title"), format: money }),
    file: "capital-calls-by-quarter.csv",
    table: () => {
      const soFar = new Map();
      return {
        columns: [
          { key: "investor", label: t("capital.investor") },
          { key: "quarter", label: t("deals.quarter") },
          { key: "paid_usd_nominal_m", label: t("deals.calls.paid"), number: true, format: fixed(1) },
          { key: "cumulative_usd_nominal_m", label: t("deals.calls.so"), number: true, format: fixed(1) },
          { key: "share_frac", label: t("deals.calls.share"), number: true, format: percent },
        ],
        rows: list.map((row) => {
          const all = plan.tables.deal_called.find((one) => one.investor === row.investor && one.instrument === row.instrument).paid_usd_nominal_m;
          const key = `${row.instrument} ${row.investor}`;
          soFar.set(key, (soFar.get(key) ?? 0) + row.paid_usd_nominal_m);
          return { ...row, cumulative_usd_nominal_m: soFar.get(key), share_frac: soFar.get(key) / all };
        }),
      };
    },
  });
}

// Called so far by instrument at the end of every year.
export function calledSoFar(plan) {
  const list = plan.tables.deal_calls.map((row) => ({ ...row, year: Number(row.quarter.slice(0, 4)) }));
  const years = unique((list.length ? quarters(list) : []).map((quarter) => quarter.year));
  const paid = pivot(list, years, (row) => row.year, (row) => row.instrument, (row) => row.paid_usd_nominal_m / 1e3);
  const so = {};
  const columns = paid.map(({ x, values }) => {
    for (const [kind, value] of Object.entries(values)) so[kind] = (so[kind] ?? 0) + value;
    return { x, values: { ...so } };
  });
  const keys = INSTRUMENTS.filter((kind) => so[kind] * 1e3 > NOTHING).map((id) => ({ id, label: t(`capital.instrument.${id}`), colour: instrumentColour(id) }));
  return figure({
    id: "deal-called-so-far",
    title: t("deals.so.title"),
    unit: t("deals.so.unit"),
    legend: () => keys.map(({ colour, label }) => ({ colour, label })),
    empty: () => (list.length ? null : t("capital.none")),
    draw: (el, width) => renderStack(el, { keys, columns }, { width, title: t("deals.so.title"), unit: "B", format: number, height: width < 520 ? 280 : 380 }),
    file: "called-so-far.csv",
    table: () => stackTable(keys, columns, t("year"), fixed(2)),
  });
}
