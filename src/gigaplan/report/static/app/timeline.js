// Projects in time: their stages, the path that sets their date, and what a month is worth.
import { stageColour } from "gp/app/colours";
import { clear, h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { fixed, kept, money, power } from "gp/app/format";
import { unique } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderGantt } from "gp/charts/gantt";
import { render as renderTable } from "gp/charts/table";

const STAGES = ["permit", "grid_study", "order", "manufacture", "deliver", "construct", "commission"];
const FIRST = 20;

const stageName = (stage) => (STAGES.includes(stage) ? t(`stage.${stage}`) : stage.replaceAll("_", " "));
const quarter = (year) => t("timeline.quarter", { quarter: Math.floor((year - Math.floor(year)) * 4 + 1e-6) + 1, year: Math.floor(year + 1e-9) });
const monthsOf = (stage) => fixed(1)((stage.end_year - stage.start_year) * 12);

export function timeline(plan) {
  const { stages, time_to_power: months } = plan.tables;
  if (!stages?.length && !months?.length) return null;
  const parts = [...(stages?.length ? [gantt(plan)] : []), ...(months?.length ? [worth(plan)] : [])];
  const node = h(
    "section",
    { id: "timeline" },
    h("h2", {}, t("timeline.title")),
    h("p", { class: "lead" }, t("timeline.lead")),
    h("div", { class: "grid" }, parts.map((one) => one.node)),
  );
  return { node, draw: () => parts.forEach((one) => one.redraw?.()) };
}

function joined(plan) {
  const of = new Map();
  for (const stage of plan.tables.stages) {
    if (!of.has(stage.project)) of.set(stage.project, []);
    of.get(stage.project).push(stage);
  }
  const path = new Map((plan.tables.critical_path ?? []).map((row) => [row.project, row]));
  const named = (row) => (row.class === "accelerator" ? t("timeline.accelerators", { name: row.asset }) : plan.assetLabel(row.asset));
  return plan.tables.timed_projects.map((row) => ({ ...row, label: row.label || named(row), stages: of.get(row.project), path: path.get(row.project) }));
}

function options(label, name, values, told, pick) {
  const list = values.map((value) => h("option", { value }, told(value)));
  return h("select", { "aria-label": label, name, onchange: (event) => pick(event.target.value) }, h("option", { value: "" }, label), list);
}

function gantt(plan) {
  const list = joined(plan);
  const labels = new Map(plan.tables.components.map((row) => [row.component, row.label]));
  const part = (component) => labels.get(component) ?? component.replaceAll("_", " ");
  const described = (stage) => (stage.component ? `${stageName(stage.stage)}: ${part(stage.component)}` : stageName(stage.stage));
  const all = list.flatMap((row) => row.stages);
  const from = Math.floor(Math.min(...all.map((stage) => stage.start_year)));
  const to = Math.ceil(Math.max(...all.map((stage) => stage.end_year)));
  const state = { class: "", zone: "", all: false };
  const found = () => list.filter((row) => (!state.class || row.class === state.class) && (!state.zone || row.zone === state.zone || row.to_zone === state.zone));
  const shown = () => (state.all ? found() : found().slice(0, FIRST));
  const where = (row) => plan.zoneName(row.zone) + (row.to_zone ? ` \u2013 ${plan.zoneName(row.to_zone)}` : "");
  const more = h("button", { type: "button", class: "button", onclick: () => set({ all: true }) }, t("timeline.more"));
  const count = h("span", { class: "unit", role: "status" });
  const set = (choice) => {
    Object.assign(state, choice);
    one.redraw();
  };
  const zones = unique(list.flatMap((row) => [row.zone, row.to_zone]).filter(Boolean)).toSorted((a, b) => plan.zoneName(a).localeCompare(plan.zoneName(b)));
  const controls = h(
    "div",
    { class: "controls" },
    options(t("projects.class"), "class", unique(list.map((row) => row.class)), (value) => value, (value) => set({ class: value })),
    options(t("all.zones"), "zone", zones, (value) => plan.zoneName(value), (value) => set({ zone: value })),
    count,
    more,
  );
  const line = (row) => ({
    label: row.label,
    about: [where(row), row.capacity_mw === null ? money(row.capex_usd2025_m) : power(row.capacity_mw), row.in_service_year].join(" \u00b7 "),
    alt: `${row.label}, ${where(row)}: ${row.path?.sentence ?? row.in_service_year}`,
    stages: row.stages.map((stage) => ({
      label: described(stage),
      start: stage.start_year,
      end: stage.end_year,
      critical: stage.critical,
      colour: stageColour(stage.stage),
      pairs: [
        [t("timeline.from"), quarter(stage.start_year)],
        [t("timeline.to"), quarter(stage.end_year)],
        [t("timeline.months"), monthsOf(stage)],
        ...(stage.critical ? [[t("timeline.critical"), t("timeline.yes")]] : []),
      ],
    })),
    open: (body) => detail(body, row, plan.base_year, described),
  });
  const used = STAGES.filter((stage) => all.some((row) => row.stage === stage));
  const one = figure({
    id: "gantt",
    wide: true,
    title: t("timeline.gantt.title"),
    unit: t("timeline.gantt.unit"),
    controls,
    legend: () => [...used.map((stage) => ({ colour: stageColour(stage), label: stageName(stage) })), { colour: "var(--accent)", label: t("timeline.now", { year: plan.base_year }), shape: "line" }],
    note: t("timeline.gantt.note"),
    empty: () => (found().length ? null : t("empty")),
    draw: (el, width) => renderGantt(el, { rows: shown().map(line) }, { width, from, to, now: plan.base_year, title: t("timeline.gantt.title") }),
  });
  const draw = one.redraw;
  one.redraw = () => {
    clear(count).append(t("timeline.count", { shown: shown().length, all: found().length }));
    more.hidden = shown().length === found().length;
    draw();
  };
  return one;
}

function detail(body, row, start, described) {
  const cell = (text, kind) => h("td", { class: kind ?? null }, text);
  const rows = row.stages.toSorted((a, b) => a.start_year - b.start_year || a.end_year - b.end_year);
  const heads = ["stage", "from", "to", "months", "critical"].map((name) => h("th", { scope: "col", class: name === "months" ? "number" : null }, t(`timeline.${name}`)));
  const told = row.path && [h("p", {}, kept(row.path.sentence)), row.path.slack_months >= 0 && h("p", { class: "unit" }, t("timeline.slack", { months: fixed(0)(row.path.slack_months), year: start }))];
  body.append(
    ...(told ? told.filter(Boolean) : []),
    h(
      "div",
      { class: "scroll whole" },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, heads)),
        h(
          "tbody",
          {},
          rows.map((stage) =>
            h("tr", {}, cell(described(stage)), cell(quarter(stage.start_year)), cell(quarter(stage.end_year)), cell(monthsOf(stage), "number"), cell(stage.critical ? t("timeline.yes") : "")),
          ),
        ),
      ),
    ),
  );
}

function worth(plan) {
  const place = h("div");
  const campus = new Map(plan.tables.projects.map((row) => [row.project, row]));
  const dollars = (value) => (value === null || value === undefined ? "\u2013" : fixed(1)(value));
  renderTable(
    place,
    {
      columns: [
        { key: "project", label: t("projects.number") },
        { key: "where", label: t("projects.where") },
        { key: "in_service_year", label: t("projects.year"), number: true },
        { key: "it_mw", label: t("power.months.it"), number: true, format: fixed(0) },
        { key: "idle_usd2025_m_per_month", label: t("power.months.idle"), number: true, format: dollars },
        { key: "worth_usd2025_m_per_month", label: t("power.months.worth"), number: true, format: dollars },
        { key: "bridge_usd2025_m_per_month", label: t("power.months.bridge"), number: true, format: dollars },
        { key: "bridged", label: t("power.months.by"), csv: "bridge" },
        { key: "sentence", label: t("why.sentence"), long: true, format: (text) => kept(text ?? "") },
      ],
      rows: plan.tables.time_to_power
        .map((row) => ({ ...row, bridged: row.bridge ? plan.assetLabel(row.bridge) : "\u2013", where: plan.zoneName(row.zone ?? campus.get(row.project)?.zone) }))
        .toSorted((a, b) => (b.worth_usd2025_m_per_month ?? 0) - (a.worth_usd2025_m_per_month ?? 0)),
    },
    { caption: t("power.months.title"), hideCaption: true, filter: true, file: "time-to-power.csv", limit: 30 },
  );
  const node = h("div", { class: "card wide", id: "time-to-power" }, h("h3", {}, t("power.months.title")), h("p", { class: "unit" }, t("power.months.unit")), place);
  return { node };
}
