// Terms of investors, and how far shares of groups stand from their limits.
import { h } from "gp/app/dom";
import { figure } from "gp/app/figure";
import { country, fixed, kept, money, number, percent } from "gp/app/format";
import { unique, yearsOf } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderTable } from "gp/charts/table";

const ALMOST = 5e-4;
const NOTHING = 0.5;
const rate = (value) => (value === null || value === undefined ? "\u2013" : `${fixed(1)(value * 100)}%`);
const signed = (value) => (Math.abs(value) < NOTHING ? "0" : (value > 0 ? "+" : "") + money(value));

export function returns(plan, classes) {
  const { investors, capital_funding: funding } = plan.tables;
  const asked = (name) => `required_return_${name}_frac`;
  const shown = classes.filter((name) => funding.some((row) => row.capital_class === name));
  const alike = investors.every((row) => shown.every((name) => row[asked(name)] === row[asked(shown[0])]));
  const rates = alike
    ? [{ key: asked(shown[0] ?? "campus"), label: t("capital.asked"), number: true, format: rate }]
    : shown.map((name) => ({ key: asked(name), label: t("capital.asked.of", { what: t(`capital.class.${name}`) }), number: true, format: rate }));
  const place = h("div");
  renderTable(
    place,
    {
      columns: [
        { key: "investor", label: t("capital.investor") },
        { key: "drawn_usd2025_m", label: t("capital.drawn.m"), number: true, format: fixed(0) },
        { key: "share_frac", label: t("capital.share"), number: true, format: percent },
        ...rates,
        { key: "return_charge_usd2025_m", label: t("capital.charge"), number: true, format: signed },
        { key: "what", label: t("capital.instrument"), csv: "instrument" },
        { key: "from", label: t("capital.country"), csv: "country" },
        { key: "government_share_frac", label: t("capital.government"), number: true, format: percent },
        { key: "kind", label: t("capital.kind") },
      ],
      rows: investors.map((row) => ({ ...row, kind: row.kind.replaceAll("_", " "), what: t(`capital.instrument.${row.instrument}`), from: country(row.country) })),
    },
    { caption: t("capital.returns.title"), hideCaption: true, file: "investors.csv", whole: investors.length <= 20 },
  );
  return { node: h("div", { class: "card wide", id: "returns" }, h("h3", {}, t("capital.returns.title")), h("p", { class: "unit" }, t("capital.returns.unit")), place) };
}

function cell(row) {
  if (!row) return { value: NaN, text: "\u2013" };
  const at = [row.cap, row.floor].some((limit) => limit !== null && Math.abs(row.share - limit) < ALMOST);
  const mark = row.binds ? " \u25b2" : at ? " \u25b3" : "";
  return { value: NaN, alarm: row.binds > 0, text: percent(row.share) + mark, title: row.sentence };
}

export function groups(plan) {
  const list = plan.tables.capital_groups;
  const years = yearsOf(list, "in_service_year");
  const names = unique(list.map((row) => `${row.investor_group} ${row.capital_class}`));
  const binding = list.filter((row) => row.binds).toSorted((a, b) => b.worth - a.worth);
  const others = plan.tables.capital_limits.filter((row) => !binding.some((one) => one.sentence === row.sentence));
  const sentences = [...binding, ...others].slice(0, 6).map((row) => row.sentence);
  const rows = names.map((name) => {
    const own = list.filter((row) => `${row.investor_group} ${row.capital_class}` === name);
    const { investor_group: group, capital_class: what, cap, floor } = own[0];
    const limit = [cap !== null && t("capital.cap", { cap: percent(cap) }), floor !== null && t("capital.floor", { floor: percent(floor) })].filter(Boolean).join(", ");
    return {
      label: t("capital.group.of", { group: t(`capital.group.${group}`), what: t(`capital.class.${what}`) }),
      cells: [...years.map((year) => cell(own.find((row) => row.in_service_year === year))), { value: NaN, text: limit || "\u2013" }],
    };
  });
  return figure({
    id: "groups",
    title: t("capital.groups.title"),
    unit: t("capital.groups.unit"),
    note: () => h("span", {}, t("capital.groups.note"), sentences.length > 0 && h("ul", { class: "worths" }, sentences.map((text) => h("li", {}, kept(text))))),
    empty: () => (names.length ? null : t("capital.none")),
    draw: (el) => renderHeat(el, { columns: [...years.map(String), t("capital.limit")], rows }, { title: t("capital.groups.title"), plain: true, whole: true, corner: t("capital.group") }),
    file: "shares-of-groups.csv",
    table: () => ({
      columns: [
        { key: "investor_group", label: t("capital.group") },
        { key: "capital_class", label: t("capital.stage.class") },
        { key: "in_service_year", label: t("year"), number: true },
        { key: "share", label: t("capital.share"), number: true, format: percent },
        { key: "cap", label: t("capital.cap.head"), number: true, format: rate },
        { key: "floor", label: t("capital.floor.head"), number: true, format: rate },
        { key: "worth", label: t("capital.worth"), number: true, format: number },
        { key: "unit", label: t("unit") },
      ],
      rows: list,
    }),
  });
}
