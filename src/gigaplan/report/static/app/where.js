// Where and when: two maps on one slider.
import { groupColour } from "gp/app/colours";
import { h } from "gp/app/dom";
import { choice, figure } from "gp/app/figure";
import { fixed, power } from "gp/app/format";
import { sums } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderMap } from "gp/charts/map";

const LEAST_MW = 0.5;

export function where(plan) {
  const state = { year: plan.last, what: "new" };
  const { campuses, given_campuses: given, capacity, corridors } = plan.tables;
  const spot = (zone) => plan.geography.at.get(zone);
  const biggestCampus = Math.max(...campuses.map((row) => row.online_it_mw), ...given.map((row) => row.facility_mw), 1);

  function campusData() {
    const now = campuses.filter((row) => row.year === state.year);
    const most = Math.max(...campuses.map((row) => row.online_it_mw), 1);
    const fresh = now.filter((row) => row.online_it_mw > LEAST_MW && spot(row.zone));
    const pairs = (row) => [
      [t("where.new"), power(row.online_it_mw)],
      [t("where.given"), power(row.given_it_mw)],
    ];
    const points = given.filter((row) => row.year === state.year && row.facility_mw > 0);
    const located = points
      .map((row) => ({ row, at: plan.geography.place(row.longitude_deg, row.latitude_deg) }))
      .filter(({ at }) => at);
    return {
      biggest: biggestCampus,
      shade: new Map(fresh.map((row) => [row.zone, row.online_it_mw / most])),
      about: new Map(now.map((row) => [row.zone, pairs(row)])),
      rings: located.map(({ row, at }) => ({
        x: at[0],
        y: at[1],
        value: row.facility_mw,
        title: row.name,
        pairs: [
          [t("where.owner"), row.owner || "\u2013"],
          [t("where.status"), row.status.replaceAll("_", " ")],
          [t("where.facility"), power(row.facility_mw)],
        ],
      })),
      dots: fresh.map((row) => ({
        x: spot(row.zone)[0],
        y: spot(row.zone)[1],
        value: row.online_it_mw,
        colour: "var(--g-campus)",
        title: plan.zoneName(row.zone),
        pairs: pairs(row),
        text: `${row.zone} ${power(row.online_it_mw)}`,
      })),
    };
  }

  // New capacity is what has been built up to the year; in service is everything that runs.
  function byZone(year) {
    const value = state.what === "new" ? (row) => row.built_mw : (row) => row.online_mw;
    const until = (row) => (state.what === "new" ? row.year <= year : row.year === year);
    const zones = new Map();
    for (const row of capacity) {
      if (row.group === "Campus" || !until(row) || value(row) < LEAST_MW) continue;
      const parts = zones.get(row.zone) ?? new Map();
      parts.set(row.group, (parts.get(row.group) ?? 0) + value(row));
      zones.set(row.zone, parts);
    }
    return zones;
  }

  const total = (parts) => [...parts.values()].reduce((a, b) => a + b, 0);

  function powerData() {
    const biggest = Math.max(1, ...[...byZone(plan.last).values()].map(total));
    const pies = [...byZone(state.year)]
      .filter(([zone]) => spot(zone))
      .map(([zone, parts]) => {
        const ordered = plan.powerGroups.filter((group) => parts.has(group));
        return {
          x: spot(zone)[0],
          y: spot(zone)[1],
          value: total(parts),
          parts: ordered.map((group, at) => ({ value: parts.get(group), colour: groupColour(group, at) })),
          title: `${plan.zoneName(zone)}: ${power(total(parts))}`,
          pairs: ordered.map((group) => [group, power(parts.get(group))]),
          text: zone,
        };
      })
      .toSorted((a, b) => b.value - a.value);
    const now = corridors.filter((row) => row.year === state.year && spot(row.from_zone) && spot(row.to_zone));
    const ends = (row) => ({ from: spot(row.from_zone), to: spot(row.to_zone) });
    const told = (row) => ({
      title: `${plan.zoneName(row.from_zone)} \u2013 ${plan.zoneName(row.to_zone)}`,
      pairs: [
        [t("where.capacity"), `${power(row.online_forward_mw)} / ${power(row.online_reverse_mw)}`],
        [t("where.built"), power(Math.max(0, row.grown_mw))],
        [t("where.flow"), power(Math.abs(row.net_mw ?? 0)) + (row.net_mw >= 0 ? ` \u2192 ${row.to_zone}` : ` \u2192 ${row.from_zone}`)],
      ],
    });
    const old = now.map((row) => ({
      ...ends(row),
      width: Math.max(0.7, Math.sqrt(row.online_forward_mw / 1e3) * 0.9),
      colour: "var(--g-transmission)",
      opacity: 0.4,
      ...told(row),
    }));
    const grown = now
      .filter((row) => row.grown_mw > LEAST_MW)
      .map((row) => ({ ...ends(row), width: 1.5 + Math.sqrt(row.grown_mw / 1e3) * 1.8, colour: "var(--ink)", ...told(row) }));
    return { biggest, pies, lines: [...old, ...grown], about: new Map() };
  }

  const campusFigure = figure({
    title: t("where.campus.title"),
    unit: t("where.campus.unit"),
    legend: () => [
      { colour: "var(--g-campus)", label: t("where.legend.new"), shape: "round" },
      { colour: "var(--soft)", label: t("where.legend.given"), shape: "ring" },
    ],
    draw: (el, width) =>
      renderMap(el, campusData(), {
        width,
        title: t("where.campus.alt", { year: state.year }),
        geography: plan.geography,
        shadeColour: "var(--g-campus)",
        labels: width < 520 ? 5 : 12,
      }),
    file: "campuses.csv",
    table: () => ({
      columns: [
        { key: "name", label: t("state") },
        { key: "year", label: t("year"), number: true },
        { key: "given_it_mw", label: t("where.given.mw"), number: true, format: fixed(0) },
        { key: "online_it_mw", label: t("where.new.mw"), number: true, format: fixed(0) },
      ],
      rows: campuses
        .filter((row) => row.year === state.year && row.given_it_mw + row.online_it_mw > LEAST_MW)
        .map((row) => ({ ...row, name: plan.zoneName(row.zone) }))
        .toSorted((a, b) => b.online_it_mw - a.online_it_mw),
    }),
  });
  const shown = () => {
    const zones = [...byZone(plan.last).values()];
    return plan.powerGroups.filter((group) => zones.some((parts) => parts.has(group)));
  };
  const powerFigure = figure({
    title: t("where.power.title"),
    unit: t("where.power.unit"),
    legend: () => [
      ...shown().map((group, at) => ({ colour: groupColour(group, at), label: group })),
      { colour: "var(--ink)", label: t("where.legend.line"), shape: "line" },
      { colour: "var(--g-transmission)", label: t("where.legend.old"), shape: "line" },
    ],
    draw: (el, width) =>
      renderMap(el, powerData(), {
        width,
        title: t("where.power.alt", { year: state.year }),
        geography: plan.geography,
        labels: width < 520 ? 0 : 16,
      }),
    file: "power-by-state.csv",
    table: () => {
      const zones = byZone(state.year);
      const groups = plan.powerGroups.filter((group) => [...zones.values()].some((parts) => parts.has(group)));
      return {
        columns: [
          { key: "name", label: t("state") },
          ...groups.map((group) => ({ key: group, label: `${group}, MW`, number: true, format: fixed(0) })),
          { key: "all", label: `${t("total")}, MW`, number: true, format: fixed(0) },
        ],
        rows: [...zones]
          .map(([zone, parts]) => ({ name: plan.zoneName(zone), ...Object.fromEntries(parts), all: total(parts) }))
          .toSorted((a, b) => b.all - a.all),
      };
    },
  });

  const shownYear = h("output", { for: "year" }, String(state.year));
  const sums_ = h("span", { class: "unit", role: "status" });
  const tell = () => {
    const it = sums(campuses.filter((row) => row.year === state.year), (row) => row.year, (row) => row.online_it_mw);
    const built = [...byZone(state.year).values()].reduce((sum, parts) => sum + total(parts), 0);
    sums_.textContent = t(state.what === "new" ? "where.sums.new" : "where.sums.all", {
      campus: power(it.get(state.year) ?? 0),
      power: power(built),
    });
  };
  const redraw = () => {
    tell();
    campusFigure.redraw();
    powerFigure.redraw();
  };
  const slider = h("input", {
    type: "range",
    id: "year",
    min: 0,
    max: plan.years.length - 1,
    step: 1,
    value: plan.years.length - 1,
    "aria-label": t("year"),
    "aria-valuetext": String(state.year),
    oninput: (event) => {
      state.year = plan.years[Number(event.target.value)];
      shownYear.textContent = String(state.year);
      slider.setAttribute("aria-valuetext", String(state.year));
      redraw();
    },
  });
  tell();
  const node = h(
    "section",
    { id: "where" },
    h("h2", {}, t("where.title")),
    h("p", { class: "lead" }, t("where.lead")),
    h(
      "div",
      { class: "controls" },
      shownYear,
      slider,
      choice(t("where.show"), [["new", t("where.show.new")], ["all", t("where.show.all")]], "new", (value) => {
        state.what = value;
        redraw();
      }),
      sums_,
    ),
    h("div", { class: "grid" }, campusFigure.node, powerFigure.node),
  );
  return { node, draw: redraw };
}
