// Water, air and land: what the programme takes from each state, and how clean its power is.
import { h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { fixed, kept, number, percent } from "gp/app/format";
import { pivot, unique, yearsOf } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderMap } from "gp/charts/map";
import { render as renderStack } from "gp/charts/stack";
import { render as renderTable } from "gp/charts/table";

const MOST_STRESS = 5;
const PARTS = [
  ["new campus", "var(--g-campus)"],
  ["new plant", "var(--soft)"],
];

export function environment(plan) {
  if (!plan.tables.environment_states?.length) return null;
  const parts = [waterMap(plan), waterYears(plan), matching(plan), states(plan)].filter(Boolean);
  const node = h(
    "section",
    { id: "environment" },
    h("h2", {}, t("environment.title")),
    h("p", { class: "lead" }, kept(plan.told.environment)),
    h("div", { class: "grid" }, parts.map((one) => one.node)),
  );
  return { node, draw: () => parts.forEach((one) => one.redraw?.()) };
}

const stress = (row) => t(`environment.stress.${row.stress_class.replaceAll(" ", "_").replaceAll("-", "_")}`);
const water = (row) => row.new_campuses_mm3 + row.new_plants_mm3;

function waterMap(plan) {
  const now = plan.tables.environment_states.filter((row) => row.year === plan.last);
  const spot = (zone) => plan.geography.at.get(zone);
  const pairs = (row) => [
    [t("environment.campuses"), `${number(row.new_campuses_mm3)} Mm\u00b3`],
    [t("environment.plants"), `${number(row.new_plants_mm3)} Mm\u00b3`],
    [t("environment.fresh"), percent(row.new_share_of_fresh_frac ?? 0)],
    [t("environment.stress"), stress(row)],
  ];
  const data = {
    biggest: Math.max(...now.map(water), 1e-6),
    shade: new Map(now.map((row) => [row.zone, row.stress_score / MOST_STRESS])),
    about: new Map(now.map((row) => [row.zone, pairs(row)])),
    dots: now
      .filter((row) => spot(row.zone) && water(row) > 0)
      .map((row) => ({
        x: spot(row.zone)[0],
        y: spot(row.zone)[1],
        value: water(row),
        colour: "var(--g-campus)",
        title: plan.zoneName(row.zone),
        pairs: pairs(row),
        text: `${row.zone} ${number(water(row))}`,
      })),
  };
  return figure({
    id: "environment-map",
    title: t("environment.map.title", { year: plan.last }),
    unit: t("environment.map.unit"),
    legend: () => [
      { colour: "var(--g-campus)", label: t("environment.map.dot"), shape: "round" },
      { colour: "color-mix(in srgb, var(--warn) 45%, var(--land))", label: t("environment.map.shade") },
    ],
    draw: (el, width) => renderMap(el, data, { width, title: t("environment.map.title", { year: plan.last }), geography: plan.geography, shadeColour: "var(--warn)", labels: width < 520 ? 5 : 12 }),
    note: t("environment.map.note"),
  });
}

function waterYears(plan) {
  const keys = PARTS.map(([id, colour]) => ({ id, colour, label: t(`environment.part.${id.replaceAll(" ", "_")}`) }));
  const rows = plan.tables.environment_water.filter((row) => keys.some((key) => key.id === row.part));
  const columns = pivot(rows, plan.years, (row) => row.year, (row) => row.part, (row) => row.consumption_mm3);
  return figure({
    id: "environment-water",
    title: t("environment.water.title"),
    unit: t("environment.water.unit"),
    legend: () => keys,
    draw: (el, width) => renderStack(el, { keys, columns }, { width, title: t("environment.water.title"), unit: "Mm\u00b3" }),
    note: t("environment.water.note"),
  });
}

function matching(plan) {
  const list = plan.tables.environment_clean;
  if (!list.length) return null;
  const years = yearsOf(list, "year");
  const cell = (region, kind, year) => {
    const row = list.find((one) => one.region === region && one.year === year);
    const value = row?.[`${kind}_share_frac`];
    return value === null || value === undefined ? { value: NaN, text: "\u2013" } : { value, text: percent(value) };
  };
  const named = (region, kind) => t(`environment.clean.${kind}`, { region: region === "all" ? t("environment.clean.all") : region });
  const rows = unique(list.map((row) => row.region)).flatMap((region) =>
    ["annual", "hourly"].map((kind) => ({ label: named(region, kind), total: region === "all", cells: years.map((year) => cell(region, kind, year)) })),
  );
  return figure({
    id: "environment-clean",
    title: t("environment.clean.title"),
    unit: t("environment.clean.unit"),
    note: t("environment.clean.note"),
    draw: (el) => renderHeat(el, { columns: years.map(String), rows }, { title: t("environment.clean.title"), colour: "var(--i-grant)", range: [0, 1], whole: true, corner: t("environment.clean.region") }),
  });
}

function states(plan) {
  const place = h("div");
  const named = plan.tables.environment_states.map((row) => ({ ...row, name: plan.zoneName(row.zone), stress: stress(row) }));
  const rows = named.toSorted((a, b) => b.year - a.year || water(b) - water(a));
  const columns = [
    { key: "name", label: t("state") },
    { key: "year", label: t("year"), number: true },
    { key: "stress", label: t("environment.stress") },
    { key: "new_campuses_mm3", label: t("environment.campuses.mm3"), number: true, format: number },
    { key: "new_plants_mm3", label: t("environment.plants.mm3"), number: true, format: number },
    { key: "new_withdrawal_mm3", label: t("environment.withdrawal.mm3"), number: true, format: number },
    { key: "new_share_of_fresh_frac", label: t("environment.fresh"), number: true, format: (value) => percent(value ?? 0) },
    { key: "campus_co2_kt", label: t("environment.co2.kt"), number: true, format: fixed(0) },
    { key: "use_kg_per_mwh", label: t("environment.rate"), number: true, format: fixed(0) },
    { key: "nox_t", label: t("environment.nox.t"), number: true, format: fixed(0) },
    { key: "nox_without_catalyst_t", label: t("environment.nox.bare"), number: true, format: fixed(0) },
    { key: "so2_t", label: t("environment.so2.t"), number: true, format: fixed(0) },
    { key: "pm25_t", label: t("environment.pm25.t"), number: true, format: fixed(0) },
    { key: "land_ha", label: t("environment.land.ha"), number: true, format: fixed(0) },
    { key: "embodied_kt", label: t("environment.embodied.kt"), number: true, format: fixed(0) },
  ];
  renderTable(place, { columns, rows }, { caption: t("environment.table.title"), hideCaption: true, file: "environment.csv", wrapHeads: true });
  return { node: h("div", { class: "card wide", id: "environment-table" }, h("h3", {}, t("environment.table.title")), h("p", { class: "unit" }, t("environment.table.unit")), place) };
}
