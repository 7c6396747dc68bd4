// Money: what everything costs, what is spent when and by whom, and what a gigawatt costs.
import { categoryColour, payerColour } from "gp/app/colours";
import { h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { fixed, money, power as watts } from "gp/app/format";
import { stackTable, used } from "gp/app/model";
import { pivot, sums, yearsOf } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderStack } from "gp/charts/stack";
import { render as renderWaterfall } from "gp/charts/waterfall";

export function costs(plan) {
  const payers = plan.payers.map((id) => ({ id, label: t(`payer.${id}`), colour: payerColour(id) }));
  const categories = plan.categories.map((id) => ({ id, label: id[0].toUpperCase() + id.slice(1), colour: categoryColour(id) }));

  const whole = sums(plan.tables.costs, (row) => row.category, (row) => row.discounted_usd2025_m);
  const steps = categories
    .filter((key) => Math.abs(whole.get(key.id) ?? 0) > 0.5)
    .map((key) => ({ label: key.label, value: whole.get(key.id), colour: key.colour }));
  const total = steps.reduce((sum, step) => sum + step.value, 0);
  const fall = [...steps, { label: t("total"), value: total, colour: "var(--ink)", total: true }];
  const waterfall = figure({
    title: t("costs.waterfall.title"),
    unit: t("costs.waterfall.unit", { year: plan.base_year }),
    draw: (el, width) => renderWaterfall(el, fall, { width, title: t("costs.waterfall.title"), format: money }),
    note: t("costs.waterfall.note"),
    file: "costs.csv",
    table: () => ({
      columns: [
        { key: "category", label: t("costs.category") },
        { key: "payer", label: t("costs.payer") },
        { key: "year", label: t("year"), number: true },
        { key: "cost_usd2025_m_per_yr", label: t("costs.yearly"), number: true, format: fixed(0) },
        { key: "discounted_usd2025_m", label: t("costs.discounted"), number: true, format: fixed(0) },
      ],
      rows: plan.tables.costs,
    }),
  });

  const yearly = pivot(plan.tables.costs, plan.years, (row) => row.year, (row) => row.category, (row) => row.cost_usd2025_m_per_yr / 1e3);
  const categoryKeys = used(categories, yearly, 0.005);
  const byCategory = figure({
    title: t("costs.yearly.title"),
    unit: t("costs.yearly.unit"),
    legend: () => categoryKeys.map(({ colour, label }) => ({ colour, label })),
    draw: (el, width) => renderStack(el, { keys: categoryKeys, columns: yearly }, { width, title: t("costs.yearly.title"), unit: "B", format: fixed(0) }),
    table: () => stackTable(categoryKeys, yearly, t("year"), fixed(1)),
    file: "yearly-costs.csv",
  });

  const years = yearsOf(plan.tables.spend);
  const spent = pivot(plan.tables.spend, years, (row) => row.calendar_year, (row) => row.payer, (row) => row.spend_usd2025_m / 1e3);
  const spenders = used(payers, spent, 0.05);
  const spend = figure({
    title: t("costs.spend.title"),
    unit: t("costs.spend.unit"),
    legend: () => spenders.map(({ colour, label }) => ({ colour, label })),
    draw: (el, width) => renderStack(el, { keys: spenders, columns: spent }, { width, title: t("costs.spend.title"), unit: "B", format: fixed(0), totals: width > 420 }),
    table: () => stackTable(spenders, spent, t("year"), fixed(1)),
    file: "spend.csv",
    note: t("costs.spend.note"),
    empty: () => (spenders.length ? null : t("empty")),
  });

  const perPart = plan.tables.cost_per_gw;
  const sumIf = (keep) => perPart.filter(keep).reduce((sum, row) => sum + (row.usd2025_b_per_gw ?? 0), 0);
  const isChip = (row) => row.part.startsWith("Accelerators");
  const isCampus = (row) => row.part.startsWith("Campus");
  const lines = [
    ...perPart.map((row) => ({ label: row.part, payer: t(`payer.${row.payer}`), capex: row.capex_usd2025_m, per: row.usd2025_b_per_gw })),
  ];
  const after = (keep, label) => ({
    label,
    payer: "",
    capex: perPart.filter(keep).reduce((sum, row) => sum + row.capex_usd2025_m, 0),
    per: sumIf(keep),
    total: true,
  });
  lines.push(after(isCampus, t("gigawatt.campus")));
  if (perPart.some(isChip)) lines.push(after((row) => isCampus(row) || isChip(row), t("gigawatt.chips")));
  lines.push(after((row) => row.usd2025_b_per_gw !== null, t(plan.national ? "gigawatt.all" : "gigawatt.own")));
  const gigawatt = figure({
    title: t("gigawatt.title"),
    unit: t("gigawatt.unit"),
    note: [
      t(`gigawatt.note.${plan.accelerators_paid_by}`),
      plan.replaced_accelerator_gw && t("gigawatt.note.replaced", { replaced: watts(plan.replaced_accelerator_gw * 1e3) }),
      t(plan.national ? "gigawatt.note.national" : "gigawatt.note.sponsor"),
    ]
      .filter(Boolean)
      .join(" "),
    empty: () => (perPart.some((row) => row.usd2025_b_per_gw !== null) ? null : t("empty")),
    draw: (el) =>
      renderHeat(
        el,
        {
          columns: [t("gigawatt.payer"), t("gigawatt.capital"), t("gigawatt.per")],
          rows: lines.map((line) => ({
            label: line.label,
            total: line.total,
            cells: [
              { value: NaN, text: line.payer },
              { value: NaN, text: money(line.capex) },
              { value: line.total || line.per === null ? NaN : line.per, text: line.per === null ? "\u2013" : money(line.per * 1e3) },
            ],
          })),
        },
        { title: t("gigawatt.title"), colour: "var(--g-campus)", corner: t("gigawatt.part") },
      ),
  });

  const figures = [waterfall, gigawatt, byCategory, spend];
  const node = h(
    "section",
    { id: "costs" },
    h("h2", {}, t("costs.title")),
    h("p", { class: "lead" }, t("costs.lead")),
    h("div", { class: "grid" }, figures.map((one) => one.node)),
  );
  return { node, draw: () => figures.forEach((one) => one.redraw()) };
}
