// Why the plan is as it is: limits that bind, and where queues and reserves stand.
import { h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { fixed, kept, number, percent, plain, power, price } from "gp/app/format";
import { unique } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderTable } from "gp/charts/table";

const unitOf = (row) => row.unit.replace(/^.* per /, "");

const worth = (row) => {
  const value = row.shadow_price;
  const text = value >= 1e3 ? `$${fixed(2)(value / 1e3)} B` : value >= 1 ? `$${fixed(0)(value)} M` : `$${fixed(0)(value * 1e3)} k`;
  return `${text} per ${unitOf(row)}`;
};

export function limits(plan) {
  const { why, binding } = plan.tables;
  const list = h(
    "ol",
    { class: "why" },
    binding.map((row) =>
      h(
        "li",
        {},
        h("p", {}, kept(row.sentence)),
        h("span", { class: "worth" }, row.unit.startsWith("M$") ? worth(row) : `${price(row.shadow_price)} ${row.unit}`),
        h("small", {}, t(row.family.startsWith("capital_group") ? "why.share" : "why.setting", { limit: row.limit, value: `${number(row.binding_value)} ${unitOf(row)}`, setting: row.setting })),
      ),
    ),
  );
  const table = h("div");
  const families = unique(why.map((row) => row.family));
  const card = h(
    "div",
    { class: "card wide" },
    h("h3", {}, t("why.title")),
    h("p", { class: "unit" }, t("why.unit")),
    binding.length ? list : h("p", { class: "empty" }, t("why.none")),
    h("details", { id: "why-all" }, h("summary", {}, t("why.all", { count: why.length })), table),
  );
  const drawTable = () =>
    renderTable(
      table,
      {
        columns: [
          { key: "rank", label: t("why.rank"), number: true },
          { key: "sentence", label: t("why.sentence"), long: true, format: kept },
          { key: "shadow_price", label: t("why.price"), number: true, format: price },
          { key: "unit", label: t("unit") },
          { key: "binding_value", label: t("why.value"), number: true, format: number },
          { key: "setting", label: t("why.where"), format: plain },
        ],
        rows: why,
      },
      {
        caption: t("why.title"),
        hideCaption: true,
        filter: true,
        file: "why.csv",
        limit: 60,
        choices: [{ key: "family", label: t("why.family"), values: families, format: (name) => name.replaceAll("_", " ") }],
      },
    );
  drawTable();

  const figures = [reserves(plan), queues(plan)];
  const node = h(
    "section",
    { id: "limits" },
    h("h2", {}, t("limits.title")),
    h("p", { class: "lead" }, t("limits.lead")),
    h("div", { class: "grid" }, card, figures.map((one) => one.node)),
  );
  return { node, draw: () => figures.forEach((one) => one.redraw()) };
}

function reserves(plan) {
  const regions = unique(plan.tables.reserve.map((row) => row.region));
  const found = new Map(plan.tables.reserve.map((row) => [`${row.region} ${row.year}`, row]));
  const cell = (row) => {
    if (!row || !row.peak_load_mw) return { value: NaN, text: "\u2013" };
    const margin = row.firm_capacity_mw / row.peak_load_mw - 1;
    const asked = row.requirement_mw / row.peak_load_mw - 1;
    const short = row.shortfall_mw > 1;
    return {
      value: margin,
      alarm: short,
      text: `${percent(margin)}${short ? " \u25bc" : ""}`,
      title: t(short ? "reserve.short" : "reserve.held", { asked: percent(asked), firm: power(row.firm_capacity_mw), short: power(row.shortfall_mw) }),
    };
  };
  return figure({
    title: t("reserve.title"),
    unit: t("reserve.unit"),
    note: t("reserve.note"),
    empty: () => (regions.length ? null : t("empty")),
    draw: (el) =>
      renderHeat(
        el,
        {
          columns: plan.years.map(String),
          rows: regions.map((region) => ({ label: region, cells: plan.years.map((year) => cell(found.get(`${region} ${year}`))) })),
        },
        { title: t("reserve.title"), plain: true, corner: t("region") },
      ),
    file: "reserve.csv",
    table: () => ({
      columns: [
        { key: "region", label: t("region") },
        { key: "year", label: t("year"), number: true },
        { key: "peak_load_mw", label: t("reserve.peak"), number: true, format: fixed(0) },
        { key: "firm_capacity_mw", label: t("reserve.firm"), number: true, format: fixed(0) },
        { key: "requirement_mw", label: t("reserve.required"), number: true, format: fixed(0) },
        { key: "shortfall_mw", label: t("reserve.missing"), number: true, format: fixed(0) },
      ],
      rows: plan.tables.reserve,
    }),
  });
}

const QUEUES = ["pv", "wind-ons", "gas", "battery", "nuclear"];
const queueName = (group) => (QUEUES.includes(group) ? t(`queue.${group}`) : group);

function queues(plan) {
  const groups = unique(plan.tables.queue_use.map((row) => row.queue_group));
  const share = (group, year, narrow) => {
    const list = plan.tables.queue_use.filter((row) => row.queue_group === group && row.year === year);
    const built = list.reduce((sum, row) => sum + row.built_mw, 0);
    const full = list.filter((row) => row.built_mw > 0.995 * row.throughput_mw).length;
    return { value: full, text: built > 0.5 ? (narrow ? power(built) : `${power(built)} \u00b7 ${full}`) : "\u2013", title: t("queue.cell", { full }) };
  };
  return figure({
    title: t("queue.title"),
    unit: t("queue.unit"),
    empty: () => (groups.length ? null : t("empty")),
    draw: (el, width) =>
      renderHeat(
        el,
        { columns: plan.years.map(String), rows: groups.map((group) => ({ label: queueName(group), cells: plan.years.map((year) => share(group, year, width < 420)) })) },
        { title: t("queue.title"), colour: "var(--g-wind)", corner: t("queue.group") },
      ),
    file: "queues.csv",
    table: () => ({
      columns: [
        { key: "name", label: t("state") },
        { key: "queue_group", label: t("queue.group") },
        { key: "year", label: t("year"), number: true },
        { key: "built_mw", label: t("queue.built"), number: true, format: fixed(0) },
        { key: "throughput_mw", label: t("queue.throughput"), number: true, format: fixed(0) },
        { key: "share", label: t("queue.share"), number: true, format: percent },
      ],
      rows: plan.tables.queue_use.map((row) => ({ ...row, name: plan.zoneName(row.zone), queue_group: queueName(row.queue_group), share: row.built_mw / row.throughput_mw })),
    }),
  });
}
