// New factories of the plan: which, where, when, and what they make.
import { h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { fixed, kept, money, number, percent, yearNames } from "gp/app/format";
import { sums, unique } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderMap } from "gp/charts/map";
import { render as renderTable } from "gp/charts/table";

const DENSE = 620;

export function factories(plan, components, years) {
  const { factories: built, factory_output: output } = plan.tables;
  if (!plan.told.factories) return [];
  const place = h("div");
  const card = h("div", { class: "card wide", id: "factories" }, h("h3", {}, t("factory.title")), h("p", {}, kept(plan.told.factories)), built.length > 0 && place);
  if (!built.length) return [{ node: card }];
  const label = (component) => components.get(component)?.label ?? component.replaceAll("_", " ");
  const where = (name) => plan.zoneName(name);
  renderTable(
    place,
    {
      columns: [
        { key: "label", label: t("factory.what"), csv: "factory" },
        { key: "where", label: t("factory.where") },
        { key: "makes", label: t("factory.makes") },
        { key: "construction_start_year", label: t("projects.start"), number: true },
        { key: "in_service_year", label: t("projects.year"), number: true },
        { key: "capacity_per_yr", label: t("factory.capacity"), number: true, format: number },
        { key: "unit", label: t("unit") },
        { key: "capex_usd2025_m", label: t("projects.capex"), number: true, format: fixed(0) },
      ],
      rows: built.map((row) => ({ ...row, where: where(row.place), makes: label(row.component) })),
    },
    { caption: t("factory.title"), hideCaption: true, file: "factories.csv" },
  );
  const parts = [{ node: card }];
  if (output.length) parts.push(made(output, years));
  if (built.some((row) => plan.geography.at.has(row.place))) parts.push(map(plan, built));
  return parts;
}

function made(output, years) {
  const names = unique(output.map((row) => row.factory));
  return figure({
    title: t("factory.output.title"),
    unit: t("factory.output.unit"),
    note: t("factory.output.note"),
    draw: (el, width) => {
      const dense = width < DENSE;
      const rows = names.map((name) => {
        const own = output.filter((row) => row.factory === name);
        return {
          label: `${own[0].label}, ${own[0].unit}`,
          cells: years.map((year) => {
            const row = own.find((one) => one.calendar_year === year);
            const share = row && row.capacity > 0 ? row.output / row.capacity : NaN;
            const text = row ? number(row.output) : "\u2013";
            return { value: share, text, title: row && t("factory.output.cell", { share: percent(share), capacity: number(row.capacity) }) };
          }),
        };
      });
      const columns = yearNames(years, dense);
      renderHeat(el, { columns, rows }, { title: t("factory.output.title"), colour: "var(--c-factory-capital)", corner: t("factory.what"), range: [0, 1], dense: true });
    },
    file: "factory-output.csv",
    table: () => ({
      columns: [
        { key: "label", label: t("factory.what"), csv: "factory" },
        { key: "calendar_year", label: t("year"), number: true },
        { key: "output", label: t("factory.output"), number: true, format: number },
        { key: "capacity", label: t("factory.capacity"), number: true, format: number },
        { key: "unit", label: t("unit") },
      ],
      rows: output,
    }),
  });
}

function map(plan, built) {
  const inside = built.filter((row) => plan.geography.at.has(row.place));
  const size = sums(inside, (row) => row.place, (row) => row.capex_usd2025_m);
  const dots = [...size].map(([zone, value]) => ({
    x: plan.geography.at.get(zone)[0],
    y: plan.geography.at.get(zone)[1],
    value,
    colour: "var(--c-factory-capital)",
    title: plan.zoneName(zone),
    pairs: inside.filter((row) => row.place === zone).map((row) => [`${row.label}, ${row.in_service_year}`, money(row.capex_usd2025_m)]),
    text: `${zone} ${money(value)}`,
  }));
  const away = built.filter((row) => !plan.geography.at.has(row.place));
  const outside = [...sums(away, (row) => row.place, (row) => row.capex_usd2025_m)].map(([name, value]) => `${name} ${money(value)}`);
  return figure({
    title: t("factory.map.title"),
    unit: t("factory.map.unit"),
    note: outside.length ? t("factory.map.outside", { places: outside.join(", ") }) : undefined,
    draw: (el, width) => renderMap(el, { dots, biggest: Math.max(...size.values()) }, { width, title: t("factory.map.title"), geography: plan.geography }),
  });
}
