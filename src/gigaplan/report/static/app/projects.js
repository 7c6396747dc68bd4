// Every project, to sort, filter and take away.
import { h } from "gp/app/dom";
import { fixed, number } from "gp/app/format";
import { unique } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderTable } from "gp/charts/table";

export function projects(plan) {
  const place = h("div");
  const rows = plan.tables.projects.map((row) => ({
    ...row,
    label: plan.assetLabel(row.asset),
    group: plan.groupOf(row.asset),
    where: plan.zoneName(row.zone) + (row.to_zone ? ` \u2013 ${plan.zoneName(row.to_zone)}` : ""),
  }));
  renderTable(
    place,
    {
      columns: [
        { key: "project", label: t("projects.number") },
        { key: "label", label: t("projects.what"), csv: "asset_label" },
        { key: "where", label: t("projects.where") },
        { key: "in_service_year", label: t("projects.year"), number: true },
        { key: "construction_start_year", label: t("projects.start"), number: true },
        { key: "capacity_mw", label: t("projects.capacity"), number: true, format: fixed(0) },
        { key: "units", label: t("projects.phases"), number: true, format: (value) => (value ? number(value) : "") },
        { key: "capex_usd2025_m", label: t("projects.capex"), number: true, format: fixed(0) },
        { key: "payer", label: t("projects.payer") },
      ],
      rows,
    },
    {
      caption: t("projects.caption"),
      filter: true,
      file: "projects.csv",
      choices: [
        { key: "class", label: t("projects.class"), values: unique(rows.map((row) => row.class)) },
        { key: "in_service_year", label: t("projects.years"), values: unique(rows.map((row) => String(row.in_service_year))).toSorted() },
        { key: "payer", label: t("projects.payers"), values: unique(rows.map((row) => row.payer)) },
      ],
    },
  );
  const node = h(
    "section",
    { id: "projects" },
    h("h2", {}, t("projects.title")),
    h("p", { class: "lead" }, t("projects.lead")),
    h("div", { class: "card" }, place),
  );
  return { node, draw: () => {} };
}
