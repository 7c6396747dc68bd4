// Several plans side by side; everything is measured against the first.
import { categoryColour } from "gp/app/colours";
import { h } from "gp/app/dom";
import { figure, select } from "gp/app/figure";
import { fixed, kept, number, percent } from "gp/app/format";
import { comparison, differences, stackTable, used } from "gp/app/model";
import { unique } from "gp/app/rows";
import { shell } from "gp/app/shell";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderStack } from "gp/charts/stack";
import { render as renderWaterfall } from "gp/charts/waterfall";
import { facts } from "gp/app/about";

const data = comparison();
const [base, ...others] = data.plans;
const MARKS = { returns: " \u25bc" };
const earned = (value) => (value === null ? t("deals.irr.several") : `${fixed(1)(value)}%`);
const signed = (format) => (value) => (value > 0 ? `+${format(value)}` : format(value));

function words() {
  return h(
    "section",
    { id: "summary", "aria-label": t("nav.summary") },
    h("div", { class: "words" }, data.summary.map((text, at) => h("div", {}, h("h3", {}, others[at]), h("p", {}, kept(text))))),
  );
}

function measures() {
  const list = data.tables.measures;
  const value = (measure, plan) => list.find((row) => row.measure === measure && row.plan === plan)?.value ?? NaN;
  const lines = unique(list.map((row) => row.measure)).map((measure) => {
    const unit = list.find((row) => row.measure === measure).unit;
    const first = value(measure, base);
    const format = ["states", "components", "deals"].includes(unit) ? fixed(0) : number;
    return {
      label: `${measure}, ${unit}`,
      cells: data.plans.map((plan) => {
        const own = value(measure, plan);
        const gap = own - first;
        const same = plan === base || Math.abs(gap) < 5e-4 * Math.max(1, Math.abs(first));
        return { value: NaN, text: format(own) + (same ? "" : ` (${signed(format)(gap)})`) };
      }),
    };
  });
  const table = figure({
    wide: true,
    title: t("compare.figures"),
    unit: t("compare.measures.unit", { base }),
    draw: (el) => renderHeat(el, { columns: data.plans, rows: lines }, { title: t("compare.measures"), plain: true, corner: t("compare.measure") }),
    file: "comparison.csv",
    table: () => ({
      columns: [
        { key: "measure", label: t("compare.measure") },
        { key: "unit", label: t("unit") },
        { key: "plan", label: t("compare.plan") },
        { key: "value", label: t("total"), number: true, format: number },
      ],
      rows: list,
    }),
  });
  const settings = figure({
    wide: true,
    title: t("compare.settings"),
    unit: t("compare.settings.unit"),
    empty: () => (data.tables.settings.length ? null : t("compare.same")),
    draw: (el) =>
      renderHeat(
        el,
        {
          columns: data.plans,
          rows: unique(data.tables.settings.map((row) => row.setting)).map((setting) => ({
            label: setting.split(/(?<=[._])/).flatMap((part) => [part, h("wbr")]),
            cells: data.plans.map((plan) => ({
              value: NaN,
              text: data.tables.settings.find((row) => row.setting === setting && row.plan === plan)?.value ?? "",
              wrap: true,
            })),
          })),
        },
        { title: t("compare.settings"), plain: true, text: true, corner: t("compare.setting") },
      ),
  });
  const figures = [table, settings];
  const node = h("section", { id: "measures" }, h("h2", {}, t("compare.measures")), h("div", { class: "grid" }, figures.map((one) => one.node)));
  return { node, draw: () => figures.forEach((one) => one.redraw()) };
}

function gaps() {
  const state = { other: others[0] };
  const keys = data.powerKeys;
  const stack = (id, unit) => {
    const columns = () => differences(data.tables[id], base, state.other);
    const shown = () => used(keys, columns(), 0.02);
    return figure({
      title: t(`compare.${id}`, { base }),
      unit: t(`compare.${id}.unit`),
      legend: () => shown().map(({ colour, label }) => ({ colour, label })),
      empty: () => (shown().length ? null : t("compare.nothing")),
      draw: (el, width) => renderStack(el, { keys: shown(), columns: columns() }, { width, title: t(`compare.${id}`, { base }), unit, totals: false }),
      table: () => stackTable(shown(), columns(), t("year"), signed(fixed(1))),
      file: `compare-${id}.csv`,
    });
  };
  const cost = figure({
    title: t("nav.compare.money"),
    unit: t("compare.costs.unit"),
    draw: (el, width) => {
      const of = (plan) => new Map(data.tables.costs.filter((row) => row.plan === plan).map((row) => [row.category, row.value]));
      const [one, two] = [of(base), of(state.other)];
      const total = (map) => [...map.values()].reduce((a, b) => a + b, 0);
      const steps = data.categories
        .map((id) => ({ label: id[0].toUpperCase() + id.slice(1), value: (two.get(id) ?? 0) - (one.get(id) ?? 0), colour: categoryColour(id), change: true }))
        .filter((step) => Math.abs(step.value) > 0.05);
      const list = [{ label: base, value: total(one), colour: "var(--soft)" }, ...steps, { label: state.other, value: total(two), colour: "var(--ink)", total: true }];
      renderWaterfall(el, list, { width, title: t("compare.costs", { base, other: state.other }), format: (value, row) => (row?.change ? signed(number)(value) : number(value)) });
    },
    file: "compare-costs.csv",
    table: () => ({
      columns: [
        { key: "plan", label: t("compare.plan") },
        { key: "category", label: t("costs.category") },
        { key: "value", label: t("compare.costs.unit"), number: true, format: number },
      ],
      rows: data.tables.costs,
    }),
  });
  // A table of plans by what they have: states, components, factories.
  const sideBySide = (id, table, key, format, colour) => {
    const list = data.tables[table];
    const names = unique(list.map((row) => row[key]));
    const largest = (name) => Math.max(...list.filter((row) => row[key] === name).map((row) => row.value));
    const cell = (name, plan) => {
      const row = list.find((one) => one[key] === name && one.plan === plan);
      return { value: row?.value ?? 0, text: row ? format(row.value) + (row.binds ? MARKS[id] ?? " \u25b2" : "") : "\u2013", alarm: row?.binds > 0 };
    };
    return figure({
      title: t(`compare.${id}`),
      unit: t(`compare.${id}.unit`),
      empty: () => (names.length ? null : t(id === "factories" ? "compare.factories.none" : "empty")),
      draw: (el) => {
        const lines = names.toSorted((a, b) => largest(b) - largest(a)).map((name) => ({ label: name, cells: data.plans.map((plan) => cell(name, plan)) }));
        renderHeat(el, { columns: data.plans, rows: lines }, { title: t(`compare.${id}`), colour, corner: t(`compare.${id}.corner`) });
      },
    });
  };
  const chains = [];
  if (data.tables.tightness.length) chains.push(sideBySide("tightness", "tightness", "component", percent, "var(--g-gas)"));
  if (data.tables.tightness.length) chains.push(sideBySide("factories", "factories", "factory", number, "var(--c-factory-capital)"));
  if (data.tables.investors.length) chains.push(sideBySide("investors", "investors", "investor", number, "var(--i-equity)"));
  if (data.tables.returns.length) chains.push(sideBySide("returns", "returns", "investor", earned, "var(--i-equity)"));
  const campuses = sideBySide("campuses", "campuses", "zone", number, "var(--g-campus)");
  const figures = [cost, campuses, stack("capacity", "GW"), stack("generation", "TWh"), ...chains];
  const draw = () => figures.forEach((one) => one.redraw());
  const pick = (value) => {
    state.other = value;
    draw();
  };
  const node = h(
    "section",
    { id: "differences" },
    h("h2", {}, t("compare.differences")),
    others.length > 1 && h("div", { class: "controls" }, select(t("compare.plan"), others.map((name) => [name, name]), pick)),
    h("div", { class: "grid" }, figures.map((one) => one.node)),
  );
  return { node, draw };
}

function plans() {
  const cards = data.manifests.map((manifest, at) => h("div", { class: "card" }, h("h3", {}, `${data.plans[at]}: ${data.titles[at]}`), facts({ manifest })));
  return { node: h("section", { id: "about" }, h("h2", {}, t("compare.manifests")), h("div", { class: "grid" }, cards)), draw: () => {} };
}

shell({
  kicker: t("compare.kicker", { count: data.plans.length }),
  title: data.title,
  about: data.titles.join(" \u00b7 "),
  sections: [
    [t("nav.summary"), { node: words(), draw: () => {} }],
    [t("compare.measures"), measures()],
    [t("compare.differences"), gaps()],
    [t("compare.manifests"), plans()],
  ],
  footer: t("footer", { version: data.manifests[0].gigaplan_version }),
});
