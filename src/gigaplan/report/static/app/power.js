// Power: what is in service, what it makes, and how it runs on the representative days.
import { h } from "gp/app/dom";
import { figure, select } from "gp/app/figure";
import { fixed, number, power as watts } from "gp/app/format";
import { stackTable, used } from "gp/app/model";
import { pivot } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderDispatch } from "gp/charts/dispatch";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderStack } from "gp/charts/stack";

const BELOW = ["Charging", "Net imports"];
const COLOURS = { Charging: "color-mix(in srgb, var(--g-storage) 55%, var(--card))", "Net imports": "var(--g-transmission)", Unserved: "var(--g-oil)" };

export function power(plan) {
  const state = { region: "", year: plan.last };
  const here = (row) => !state.region || plan.regionOf.get(row.zone) === state.region;
  const keys = plan.groupKeys(plan.powerGroups);

  const capacity = () =>
    pivot(plan.tables.capacity.filter((row) => row.group !== "Campus" && here(row)), plan.years, (row) => row.year, (row) => row.group, (row) => row.online_mw / 1e3);
  const supply = () =>
    pivot(
      plan.tables.generation.filter((row) => row.kind === "supply" && plan.powerGroups.includes(row.group) && here(row)),
      plan.years,
      (row) => row.year,
      (row) => row.group,
      (row) => row.energy_twh,
    );
  const emissions = () =>
    pivot(plan.tables.emissions.filter(here), plan.years, (row) => row.year, (row) => row.group, (row) => row.co2_kt / 1e3);

  const stack = (id, columns, unit, format = number) =>
    figure({
      title: t(`power.${id}.title`),
      unit: t(`power.${id}.unit`),
      legend: () => used(keys, columns()).map(({ colour, label }) => ({ colour, label })),
      draw: (el, width) => renderStack(el, { keys: used(keys, columns()), columns: columns() }, { width, title: t(`power.${id}.title`), unit, format }),
      table: () => stackTable(used(keys, columns()), columns(), t("year"), fixed(1)),
      file: `${id}.csv`,
      note: t(`power.${id}.note`),
      empty: () => (used(keys, columns()).length ? null : t("empty")),
    });

  const figures = [
    stack("capacity", capacity, "GW"),
    stack("generation", supply, "TWh"),
    dispatchFigure(),
    stack("emissions", emissions, "Mt"),
    prices(),
  ];
  const redraw = () => figures.forEach((one) => one.redraw());

  function days() {
    const found = plan.tables.dispatch.filter((row) => row.year === state.year && (!state.region || row.region === state.region));
    const blocks = new Map(plan.tables.blocks.map((row) => [row.block, { ...row, values: {}, load: 0, campus: 0 }]));
    for (const row of found) {
      const block = blocks.get(row.block);
      if (row.group === "Base load" || row.group === "Campuses") {
        block.load -= row.power_mw;
        if (row.group === "Campuses") block.campus -= row.power_mw;
      } else block.values[row.group] = (block.values[row.group] ?? 0) + row.power_mw;
    }
    const byDay = new Map();
    for (const block of blocks.values()) byDay.set(block.day, [...(byDay.get(block.day) ?? []), block]);
    return [...byDay].map(([day, list]) => {
      const stands = list.reduce((sum, block) => sum + block.weight_hours, 0) / list.reduce((sum, block) => sum + block.duration_hours, 0);
      return {
        label: t(stands < 1.5 ? "dispatch.day.one" : "dispatch.day", { day: byDay.size > 1 ? day + 1 : "", days: Math.round(stands) }),
        blocks: list.map((block) => ({ start: block.start_hour, hours: block.duration_hours, values: block.values, load: block.load, campus: block.campus })),
      };
    });
  }

  function dispatchFigure() {
    const all = [...plan.powerGroups, "Unserved", "Net imports", "Charging"].map((id) => {
      const own = keys.find((key) => key.id === id);
      return own ?? { id, label: t(`dispatch.${id}`), colour: COLOURS[id] };
    });
    const shown = () => {
      const list = days();
      const most = (id) => Math.max(...list.flatMap((day) => day.blocks.map((block) => Math.abs(block.values[id] ?? 0))));
      const wanted = (id) => (state.region || id !== "Net imports") && most(id) > (BELOW.includes(id) ? 50 : 10);
      return all.filter((key) => wanted(key.id));
    };
    const years = plan.years.toReversed().map((year) => [String(year), String(year)]);
    const pick = (value) => {
      state.year = Number(value);
      one.redraw();
    };
    const one = figure({
      wide: true,
      title: t("dispatch.title"),
      unit: t("dispatch.unit"),
      controls: h("div", { class: "controls" }, select(t("year"), years, pick)),
      legend: () => [...shown().map(({ colour, label }) => ({ colour, label })), { colour: "var(--ink)", label: t("dispatch.load"), shape: "line" }],
      draw: (el, width) => renderDispatch(el, { keys: shown(), days: days() }, { width, title: t("dispatch.title"), format: watts }),
      note: t("dispatch.note"),
      file: "dispatch.csv",
      table: () => ({
        columns: [
          { key: "day", label: t("dispatch.column.day") },
          { key: "start", label: t("dispatch.column.start"), number: true },
          ...shown().map((key) => ({ key: key.id, label: `${key.label}, GW`, number: true, format: fixed(1) })),
          { key: "load", label: `${t("dispatch.load")}, GW`, number: true, format: fixed(1) },
        ],
        rows: days().flatMap((day) =>
          day.blocks.map((block) => ({
            day: day.label,
            start: block.start,
            ...Object.fromEntries(Object.entries(block.values).map(([name, value]) => [name, value / 1e3])),
            load: block.load / 1e3,
          })),
        ),
      }),
    });
    return one;
  }

  function prices() {
    const mean = (list, name) => {
      const weight = list.reduce((sum, row) => sum + row.load_mwh, 0);
      return weight ? list.reduce((sum, row) => sum + row[name] * row.load_mwh, 0) / weight : NaN;
    };
    const cell = (list) => {
      const value = mean(list, "mean");
      const typical = mean(list, "typical");
      return { value, text: `$${fixed(value < 100 ? 1 : 0)(value)}`, title: t("prices.typical", { value: fixed(1)(typical) }) };
    };
    const line = (label, filter, total = false) => ({
      label,
      total,
      cells: plan.years.map((year) => cell(plan.tables.prices.filter((row) => row.year === year && filter(row)))),
    });
    return figure({
      title: t("prices.title"),
      unit: t("prices.unit"),
      note: t("prices.note"),
      draw: (el) =>
        renderHeat(
          el,
          {
            columns: plan.years.map(String),
            rows: [...plan.regions.map((region) => line(region, (row) => plan.regionOf.get(row.zone) === region)), line(t("all.zones"), () => true, true)],
          },
          { title: t("prices.title"), colour: "var(--g-gas)", corner: t("region") },
        ),
      file: "prices.csv",
      table: () => ({
        columns: [
          { key: "name", label: t("state") },
          { key: "year", label: t("year"), number: true },
          { key: "mean", label: t("prices.mean"), number: true, format: fixed(1) },
          { key: "typical", label: t("prices.median"), number: true, format: fixed(1) },
        ],
        rows: plan.tables.prices.map((row) => ({ ...row, name: plan.zoneName(row.zone) })),
      }),
    });
  }

  const regions = [["", t("all.zones")], ...plan.regions.map((region) => [region, region])];
  const pick = (value) => {
    state.region = value;
    redraw();
  };
  const node = h(
    "section",
    { id: "power" },
    h("h2", {}, t("power.title")),
    h("p", { class: "lead" }, t("power.lead")),
    plan.regions.length > 1 && h("div", { class: "controls" }, select(t("region"), regions, pick)),
    h("div", { class: "grid" }, figures.map((one) => one.node)),
  );
  return { node, draw: redraw };
}
