// The way of the money: from investors through classes of spending to states.
import { classColour, groupColour, instrumentColour } from "gp/app/colours";
import { h } from "gp/app/dom";
import { figure, select } from "gp/app/figure";
import { money, percent } from "gp/app/format";
import { sumOf, sums, yearsOf } from "gp/app/rows";
import { t } from "gp/app/words";
import { NARROW, render as renderSankey } from "gp/charts/sankey";

const MOST = { wide: 14, narrow: 6 };
const REST = "rest";
const NOTHING = 0.5;

// The words of a name, ever fewer from its end.
const shorter = (name) => name.split(" ").map((_, at, words) => words.slice(0, words.length - at).join(" "));

// Keeps the largest places and puts the others into one.
function kept(whole, most, named, colour) {
  const sorted = [...whole].filter(([, value]) => value > NOTHING).toSorted((a, b) => b[1] - a[1]);
  const few = sorted.length > most + 1 ? sorted.slice(0, most) : sorted;
  const rest = sorted.slice(few.length);
  const nodes = few.map(([id, value]) => ({ id, label: named(id), short: id, value, colour: colour(id) }));
  if (rest.length) nodes.push({ id: REST, label: t("capital.rest", { count: rest.length }), short: `+${rest.length}`, value: sumOf(rest, ([, value]) => value), colour: "var(--faint)" });
  return { nodes, of: (id) => (few.some(([name]) => name === id) ? id : REST) };
}

export function capitalFlow(plan, classes, instruments) {
  const { investors, capital_funding: funding, capital_places: places } = plan.tables;
  const years = yearsOf(funding);
  const instrument = new Map(investors.map((row) => [row.investor, row.instrument]));
  const kinds = instruments.filter((kind) => investors.some((row) => row.instrument === kind && row.drawn_usd2025_m > NOTHING));
  const state = { year: 0 };
  const chosen = (list) => list.filter((row) => !state.year || row.calendar_year === state.year);
  const whole = () => sumOf(chosen(funding), (row) => row.fund_usd2025_m);

  function data(width) {
    const most = MOST[width < NARROW ? "narrow" : "wide"];
    const total = whole();
    const given = kept(sums(chosen(funding), (row) => row.investor, (row) => row.fund_usd2025_m), most, (id) => id, (id) => instrumentColour(instrument.get(id)));
    const spent = kept(sums(chosen(funding), (row) => row.capital_class, (row) => row.fund_usd2025_m), 3, (id) => t(`capital.class.${id}`), classColour);
    const where = kept(sums(chosen(places), (row) => row.place, (row) => row.fund_usd2025_m), most, plan.zoneName, () => groupColour("Campus"));
    const explained = (nodes) => nodes.map((node) => ({ ...node, pairs: [[t("capital.paid"), money(node.value)], [t("capital.share"), percent(node.value / total)]] }));
    // By instrument, so that bands of one colour stay together.
    const rank = (node) => (node.id === REST ? kinds.length : kinds.indexOf(instrument.get(node.id)));
    return {
      stages: [
        { label: t("capital.stage.investor"), nodes: explained(given.nodes.toSorted((a, b) => rank(a) - rank(b)).map((node) => ({ ...node, short: node.id === REST ? node.short : shorter(node.id) }))), every: true },
        { label: t("capital.stage.class"), nodes: explained(spent.nodes.toSorted((a, b) => classes.indexOf(a.id) - classes.indexOf(b.id)).map((node) => ({ ...node, short: node.label }))) },
        { label: t("capital.stage.place"), nodes: explained(where.nodes) },
      ],
      flows: [
        sums(chosen(funding), (row) => `${given.of(row.investor)} ${row.capital_class}`, (row) => row.fund_usd2025_m),
        sums(chosen(places), (row) => `${row.capital_class} ${where.of(row.place)}`, (row) => row.fund_usd2025_m),
      ],
    };
  }

  const pick = (value) => {
    state.year = Number(value);
    one.redraw();
  };
  const one = figure({
    id: "money-flow",
    wide: true,
    title: t("capital.flow.title"),
    unit: () => t("capital.flow.unit", { total: money(whole()), when: state.year ? t("chips.in", { year: state.year }) : t("chips.in.all") }),
    controls: h("div", { class: "controls" }, select(t("year"), [["0", t("chips.all")], ...years.map((year) => [String(year), String(year)])], pick)),
    legend: () => kinds.map((kind) => ({ colour: instrumentColour(kind), label: t(`capital.instrument.${kind}`) })),
    draw: (el, width) => renderSankey(el, data(width), { width, title: t("capital.flow.title"), format: money }),
    note: t("capital.flow.note"),
    empty: () => (years.length ? null : t("capital.none")),
    file: "money-flow.csv",
    table: () => ({
      columns: [
        { key: "from", label: t("capital.from") },
        { key: "to", label: t("capital.to") },
        { key: "usd2025_m", label: t("capital.millions"), number: true, format: money },
      ],
      rows: [
        ...[...sums(chosen(funding), (row) => `${row.investor}|${row.capital_class}`, (row) => row.fund_usd2025_m)].map(([key, value]) => ({ from: key.split("|")[0], to: t(`capital.class.${key.split("|")[1]}`), usd2025_m: value })),
        ...[...sums(chosen(places), (row) => `${row.capital_class}|${row.place}`, (row) => row.fund_usd2025_m)].map(([key, value]) => ({ from: t(`capital.class.${key.split("|")[0]}`), to: plan.zoneName(key.split("|")[1]), usd2025_m: value })),
      ],
    }),
  });
  return one;
}
