// The data of the page, decoded once, with the look-ups that sections share.
import { groupColour } from "gp/app/colours";
import { rows, unique } from "gp/app/rows";
import { t } from "gp/app/words";
import { geography } from "gp/charts/geography";

export function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

export function model() {
  const data = readJson("gp-data");
  const tables = Object.fromEntries(Object.entries(data.tables).map(([name, columns]) => [name, rows(columns)]));
  const zones = rows(data.zones);
  const assets = new Map(rows(data.assets).map((row) => [row.asset, row]));
  const zoneName = new Map(zones.map((zone) => [zone.zone, zone.name]));
  const regionOf = new Map(zones.map((zone) => [zone.zone, zone.reliability_region]));
  const regions = unique(zones.map((zone) => zone.reliability_region)).toSorted();
  const powerGroups = data.groups.filter((group) => !["Campus", "Transmission"].includes(group));
  return {
    ...data,
    tables,
    zones,
    regions,
    regionOf,
    geography: geography(readJson("gp-map"), zones),
    powerGroups,
    groupKeys: (groups) => groups.map((id, at) => ({ id, label: id, colour: groupColour(id, at) })),
    zoneName: (zone) => zoneName.get(zone) ?? zone,
    assetLabel: (asset) => assets.get(asset)?.label ?? asset,
    groupOf: (asset) => assets.get(asset)?.group ?? asset,
    first: data.years[0],
    last: data.years[data.years.length - 1],
  };
}

// The keys that have something to show.
export function used(keys, columns, least = 1e-3) {
  return keys.filter((key) => columns.some((column) => Math.abs(column.values[key.id] ?? 0) > least));
}

// The table behind a chart of stacks.
export function stackTable(keys, columns, first, format) {
  return {
    columns: [
      { key: "x", label: first },
      ...keys.map((key) => ({ key: key.id, label: key.label, number: true, format })),
      { key: "all", label: t("total"), number: true, format },
    ],
    rows: columns.map((column) => ({
      x: column.x,
      ...column.values,
      all: keys.reduce((sum, key) => sum + (column.values[key.id] ?? 0), 0),
    })),
  };
}

// The data of a comparison, decoded once.
export function comparison() {
  const data = readJson("gp-data");
  const tables = Object.fromEntries(Object.entries(data.tables).map(([name, columns]) => [name, rows(columns)]));
  const groups = data.groups.filter((group) => !["Campus", "Transmission"].includes(group));
  return { ...data, tables, powerKeys: groups.map((id, at) => ({ id, label: id, colour: groupColour(id, at) })) };
}

// What the other plan has more of than the base, in the years that both have.
export function differences(list, base, other) {
  const years = (plan) => new Set(list.filter((row) => row.plan === plan).map((row) => row.year));
  const both = [...years(base)].filter((year) => years(other).has(year)).toSorted((a, b) => a - b);
  return both.map((year) => {
    const values = {};
    for (const row of list.filter((one) => one.year === year)) {
      const sign = row.plan === other ? 1 : row.plan === base ? -1 : 0;
      values[row.group] = (values[row.group] ?? 0) + sign * row.value;
    }
    return { x: year, values };
  });
}
