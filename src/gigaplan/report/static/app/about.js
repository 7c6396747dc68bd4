// What was assumed, where it comes from, and how to get the same plan again.
import { h } from "gp/app/dom";
import { number, percent } from "gp/app/format";
import { t } from "gp/app/words";
import { render as renderTable } from "gp/charts/table";

export function about(plan) {
  const place = h("div");
  renderTable(
    place,
    {
      columns: [
        { key: "text", label: t("about.assumption") },
        { key: "source", label: t("about.source") },
      ],
      rows: plan.manifest.assumptions,
    },
    { caption: t("about.assumptions"), hideCaption: true, filter: true, file: "assumptions.csv" },
  );
  const node = h(
    "section",
    { id: "about" },
    h("h2", {}, t("about.title")),
    h("p", { class: "lead" }, t("about.lead")),
    h(
      "div",
      { class: "grid" },
      h("div", { class: "card wide" }, h("h3", {}, t("about.assumptions")), place),
      h("div", { class: "card wide", id: "manifest" }, h("h3", {}, t("about.again")), facts(plan), scenario(plan)),
    ),
  );
  return { node, draw: () => {} };
}

export function facts(plan) {
  const record = plan.manifest;
  const { solver, objective, model } = record;
  const seconds = Object.entries(record.timings_s)
    .filter(([, value]) => value >= 0.05)
    .map(([name, value]) => `${name} ${number(value)} s`)
    .join(", ");
  const pairs = [
    ["scenario", `${record.name}, SHA-256 ${record.scenario_sha256}`],
    ["data", `${record.data_name}, SHA-256 ${record.data_sha256}`],
    ["created", record.created],
    ["versions", `gigaplan ${record.gigaplan_version}, Python ${record.python}; ${Object.entries(record.packages).filter(([name]) => name !== "gigaplan").map(([name, value]) => `${name} ${value}`).join(", ")}`],
    ["solver", t("about.solver.text", { name: solver.name, method: solver.method, tolerance: solver.tolerance, primal: solver.primal_residual.toExponential(1), dual: solver.dual_residual.toExponential(1), gap: solver.gap.toExponential(1) })],
    ["objective", t(`about.objective.${objective.kind}`, { compute: number(objective.compute), value: number(objective.value_usd2025_m / 1e3), gap: percent(objective.gap_frac) })],
    ["rounding", record.rounding || "\u2013"],
    ["model", t("about.model.text", { variables: model.variables.toLocaleString("en-US"), constraints: model.constraints.toLocaleString("en-US"), nonzeros: model.nonzeros.toLocaleString("en-US") })],
    ["effort", t("about.effort.text", { seconds, memory: number(record.peak_memory_mb) })],
  ];
  return h("dl", { class: "facts" }, pairs.map(([key, value]) => [h("dt", {}, t(`about.${key}`)), h("dd", {}, value)]));
}

function scenario(plan) {
  return h("details", {}, h("summary", {}, t("about.yaml")), h("pre", { tabindex: "0" }, plan.scenario_yaml));
}
