// Jobs: job-years of building and jobs of running, always as the range of the sets of multipliers.
import { lineColour } from "gp/app/colours";
import { h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { fixed, kept, money, number, percent, yearNames } from "gp/app/format";
import { unique, yearsOf } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderLines } from "gp/charts/lines";

const SHOWN = ["builders", "building", "building_net", "running", "running_net", "labour_income", "gdp"];
const MONEY = ["labour_income", "gdp"];
const DASH = "\u2013";
const HIGH_SHARE = 0.15;

export function jobs(plan) {
  if (!plan.tables.jobs_whole?.length) return null;
  const parts = [whole(plan), byYear(plan, "building"), byYear(plan, "running"), byState(plan), byClass(plan), workforce(plan)];
  const node = h(
    "section",
    { id: "jobs" },
    h("h2", {}, t("jobs.title")),
    h("p", { class: "lead" }, h("strong", {}, t("jobs.gross")), " ", kept(plan.told.jobs)),
    h("div", { class: "grid" }, parts.map((one) => one.node)),
    h("p", { class: "note" }, t("jobs.caveats")),
  );
  return { node, draw: () => parts.forEach((one) => one.redraw?.()) };
}

// Three digits: more would look surer than the range is.
const told = (measure, value) => (MONEY.includes(measure) ? money(value) : fixed(0)(Number(value.toPrecision(3))));
const span = (measure, low, high) => (told(measure, low) === told(measure, high) ? told(measure, high) : `${told(measure, low)}${DASH}${told(measure, high)}`);

function whole(plan) {
  const list = plan.tables.jobs_whole;
  const sets = unique(list.map((row) => row.set_label));
  const rows = unique(list.map((row) => row.measure)).map((measure) => {
    const own = list.filter((row) => row.measure === measure);
    const values = sets.map((name) => own.find((row) => row.set_label === name).value);
    return { label: t(`jobs.measure.${measure}`), cells: [...values.map((value) => told(measure, value)), span(measure, own[0].low, own[0].high)].map((text) => ({ value: NaN, text })) };
  });
  return figure({
    id: "jobs-whole",
    wide: true,
    title: t("jobs.whole.title"),
    unit: t("jobs.whole.unit"),
    note: t("jobs.whole.note"),
    draw: (el, width) => renderHeat(el, { columns: [...sets, t("jobs.range")], rows }, { title: t("jobs.whole.title"), plain: true, whole: true, wrapHeads: true, dense: width < 450, corner: t("jobs.what") }),
  });
}

function byYear(plan, kind) {
  const wanted = kind === "building" ? ["building", "builders"] : ["running", "staff"];
  const list = plan.tables.jobs_by_year.filter((row) => wanted.includes(row.measure));
  const sets = unique(list.map((row) => row.multiplier_set));
  const series = sets.flatMap((name, at) =>
    wanted.map((measure, which) => {
      const own = list.filter((row) => row.multiplier_set === name && row.measure === measure);
      const points = own.map((row) => ({ x: row.calendar_year, y: row.value })).toSorted((a, b) => a.x - b.x);
      return { label: `${own[0]?.label ?? name}: ${t(`jobs.line.${which ? "site" : "all"}`)}`, colour: lineColour(at), dash: Boolean(which), points };
    }),
  );
  const title = t(`jobs.${kind}.title`);
  return figure({
    id: `jobs-${kind}`,
    title,
    unit: t(`jobs.${kind}.unit`),
    legend: () => series.map(({ label, colour, dash }) => ({ label, colour, dash })),
    draw: (el, width) => renderLines(el, { series }, { width, title, format: fixed(0) }),
    table: () => ({
      columns: [{ key: "calendar_year", label: t("year"), number: true }, ...series.map((one, at) => ({ key: `s${at}`, label: one.label, number: true, format: fixed(0) }))],
      rows: yearsOf(list).map((year) => ({ calendar_year: year, ...Object.fromEntries(series.map((one, at) => [`s${at}`, one.points.find((point) => point.x === year)?.y ?? 0])) })),
    }),
    file: `jobs-${kind}.csv`,
  });
}

function ranged(id, list, key, label) {
  const names = unique(list.map((row) => row[key]));
  const most = (name) => list.find((row) => row[key] === name && row.measure === "building")?.high ?? 0;
  const cell = (name, measure) => {
    const row = list.find((one) => one[key] === name && one.measure === measure);
    return { value: NaN, text: row && row.high > 0 ? span(measure, row.low, row.high) : DASH };
  };
  const rows = names.toSorted((a, b) => most(b) - most(a)).map((name) => ({ label: label(name), cells: SHOWN.map((measure) => cell(name, measure)) }));
  return figure({
    id,
    wide: true,
    title: t(`jobs.${id}.title`),
    unit: t(`jobs.${id}.unit`),
    draw: (el, width) => renderHeat(el, { columns: SHOWN.map((measure) => t(`jobs.measure.${measure}`)), rows }, { title: t(`jobs.${id}.title`), plain: true, wrapHeads: true, dense: width < 700, corner: t(`jobs.${id}.corner`) }),
    table: () => ({
      columns: [
        { key: "name", label: t(`jobs.${id}.corner`) },
        { key: "measure", label: t("jobs.what") },
        { key: "low", label: t("jobs.low"), number: true, format: number },
        { key: "high", label: t("jobs.high"), number: true, format: number },
      ],
      rows: list.map((row) => ({ name: label(row[key]), measure: t(`jobs.measure.${row.measure}`), low: row.low, high: row.high })),
    }),
    file: `${id}.csv`,
  });
}

const byState = (plan) => ranged("jobs-state", plan.tables.jobs_by_state, "zone", plan.zoneName);
const byClass = (plan) => ranged("jobs-class", plan.tables.jobs_by_class, "class", (name) => t(`jobs.class.${name}`));

function workforce(plan) {
  const list = plan.tables.workforce;
  const years = yearsOf(list);
  const most = (zone) => Math.max(...list.filter((row) => row.zone === zone).map((row) => row.high));
  const rows = unique(list.map((row) => row.zone))
    .toSorted((a, b) => most(b) - most(a))
    .map((zone) => ({
      label: plan.zoneName(zone),
      cells: years.map((year) => {
        const row = list.find((one) => one.zone === zone && one.calendar_year === year);
        if (!row) return { value: NaN, text: DASH };
        const text = percent(row.low) === percent(row.high) ? percent(row.high) : `${percent(row.low).replace("%", "")}${DASH}${percent(row.high)}`;
        const title = t("jobs.workforce.incoming", { low: fixed(0)(row.incoming_low), high: fixed(0)(row.incoming_high) });
        return { value: row.high, text, title, alarm: row.low > HIGH_SHARE };
      }),
    }));
  return figure({
    id: "jobs-workforce",
    wide: true,
    title: t("jobs.workforce.title"),
    unit: t("jobs.workforce.unit"),
    note: t("jobs.workforce.note"),
    draw: (el, width) => renderHeat(el, { columns: yearNames(years, width < 700), rows }, { title: t("jobs.workforce.title"), colour: "var(--g-campus)", range: [0, HIGH_SHARE], dense: width < 700, corner: t("state") }),
    table: () => ({
      columns: [
        { key: "state", label: t("state") },
        { key: "calendar_year", label: t("year"), number: true },
        { key: "low", label: t("jobs.low"), number: true, format: percent },
        { key: "high", label: t("jobs.high"), number: true, format: percent },
        { key: "incoming_high", label: t("jobs.incoming"), number: true, format: fixed(0) },
      ],
      rows: list.map((row) => ({ ...row, state: plan.zoneName(row.zone) })),
    }),
    file: "workforce.csv",
  });
}
