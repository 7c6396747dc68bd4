// The way of the plan's accelerators from wafers to campuses.
import { groupColour, originColour } from "gp/app/colours";
import { h } from "gp/app/dom";
import { figure, select } from "gp/app/figure";
import { country, number, percent } from "gp/app/format";
import { sums, yearsOf } from "gp/app/rows";
import { t } from "gp/app/words";
import { NARROW, render as renderSankey } from "gp/charts/sankey";

const STAGES = ["wafer", "packaging", "memory", "accelerator", "campus"];
const MOST_STATES = { wide: 12, narrow: 6 };
const REST = "rest";
const NEW = "new:";

export function chips(plan) {
  const flow = plan.tables.chip_flow;
  if (!flow.length) return [];
  const years = yearsOf(flow, "year");
  const unit = plan.chip_unit;
  const state = { year: 0 };
  const size = sums(flow.filter((row) => row.year === 0 && row.stage !== "campus"), (row) => row.place, (row) => row.amount);
  const order = [...size].toSorted((a, b) => b[1] - a[1]).map(([place]) => place);
  const whole = () => flow.filter((row) => row.year === state.year && row.stage === "campus").reduce((sum, row) => sum + row.amount, 0);
  const named = (place) => (place.startsWith(NEW) ? t("chips.new", { place: plan.zoneName(place.slice(NEW.length)) }) : country(place));

  const node = (id, label, short, value, colour, total) => ({ id, label, short, value, colour, pairs: [[unit, number(value)], [t("chips.share"), percent(value / total)]] });

  function places(stage, total, most) {
    const rows = flow.filter((row) => row.year === state.year && row.stage === stage);
    if (stage !== "campus") {
      return rows
        .toSorted((a, b) => order.indexOf(a.place) - order.indexOf(b.place))
        .map((row) => node(row.place, named(row.place), row.place.replace(NEW, "+"), row.amount, originColour(row.place.startsWith(NEW) ? "new" : row.place, order.indexOf(row.place)), total));
    }
    const sorted = rows.toSorted((a, b) => b.amount - a.amount);
    const kept = sorted.length > most + 1 ? sorted.slice(0, most) : sorted;
    const rest = sorted.slice(kept.length);
    const nodes = kept.map((row) => node(row.place, plan.zoneName(row.place), row.place, row.amount, groupColour("Campus"), total));
    if (rest.length) nodes.push(node(REST, t("chips.rest", { count: rest.length }), `+${rest.length}`, rest.reduce((sum, row) => sum + row.amount, 0), "var(--faint)", total));
    return nodes;
  }

  const stages = (width) => {
    const total = whole();
    const most = MOST_STATES[width < NARROW ? "narrow" : "wide"];
    return STAGES.map((stage) => ({ label: t(`chips.stage.${stage}`), nodes: places(stage, total, most) })).filter((stage) => stage.nodes.length);
  };
  const told = (year) => (year ? String(year) : t("chips.all"));
  const pick = (value) => {
    state.year = Number(value);
    one.redraw();
  };
  const one = figure({
    id: "chips",
    wide: true,
    title: t("chips.title"),
    unit: () => t("chips.unit", { total: number(whole()), unit, when: state.year ? t("chips.in", { year: state.year }) : t("chips.in.all") }),
    controls: h("div", { class: "controls" }, select(t("year"), years.map((year) => [String(year), told(year)]), pick)),
    draw: (el, width) => renderSankey(el, { stages: stages(width) }, { width, title: t("chips.title"), format: number }),
    note: t("chips.note"),
    file: "chip-flow.csv",
    table: () => ({
      columns: [
        { key: "stage", label: t("chips.stage") },
        { key: "place", label: t("chips.place") },
        { key: "amount", label: unit, number: true, format: number },
        { key: "share", label: t("chips.share"), number: true, format: percent },
      ],
      rows: flow
        .filter((row) => row.year === state.year)
        .map((row) => ({ stage: t(`chips.stage.${row.stage}`), place: row.stage === "campus" ? plan.zoneName(row.place) : named(row.place), amount: row.amount, share: row.amount / whole() })),
    }),
  });
  return [one];
}
