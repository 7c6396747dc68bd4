// Deals against families of rules.
import { h } from "gp/app/dom";
import { fixed, money } from "gp/app/format";
import { verdict, verdictColour, verdictLegend, verdictWord } from "gp/app/verdicts";
import { t } from "gp/app/words";
import { csv, download } from "gp/charts/table";

const NONE = "\u2013";
export const stake = (value) => (value === null ? NONE : money(value));
export const days = (value) => (value === null ? NONE : t("rules.days", { days: fixed(0)(value) }));
export const fee = (value) => (value === null ? NONE : `$${fixed(0)(value)}`);

function cell(deal, family) {
  const own = deal.findings.filter((finding) => finding.rule.of === family);
  if (!own.length) return h("td", {}, NONE);
  const most = Math.max(...own.map((finding) => finding.strictness));
  const count = own.filter((finding) => finding.strictness === most).length;
  const share = count === own.length ? t("rules.every", { all: count }) : t("rules.of", { count, all: own.length });
  return h("td", { class: "found", style: { background: verdictColour(most) } }, verdict(most), " ", h("small", {}, share));
}

// open: what is called with the deal whose memo is to be read.
export function matrix({ deals, families, findings }, open) {
  const timed = deals.some((deal) => deal.most_days !== null);
  const priced = deals.some((deal) => deal.fee_usd !== null);
  const more = [
    { label: t("rules.questions"), text: (deal) => fixed(0)(deal.questions), shown: deals.some((deal) => deal.questions) },
    { label: t(priced ? "rules.clock.fee" : "rules.clock"), text: (deal) => [days(deal.most_days), deal.fee_usd !== null && h("small", {}, fee(deal.fee_usd))], shown: timed || priced },
  ].filter((column) => column.shown);
  const head = (label, kind) => h("th", { scope: "col", class: kind ?? null }, h("span", {}, label));
  const name = (deal) => h("th", { scope: "row" }, h("a", { href: `#${deal.id}`, onclick: () => open(deal) }, deal.investor), h("small", {}, deal.what));
  const table = h(
    "table",
    { class: "rule-matrix" },
    h("caption", { hidden: true }, t("rules.matrix.title")),
    h("thead", {}, h("tr", {}, head(t("rules.deal")), head(t("rules.stake"), "number"), families.map((family) => head(family.short, "family")), more.map((column) => head(column.label, "number more")))),
    h(
      "tbody",
      {},
      deals.map((deal) =>
        h("tr", {}, name(deal), h("td", { class: "number" }, stake(deal.value_usd2025_m)), families.map((family) => cell(deal, family)), more.map((column) => h("td", { class: "number more" }, column.text(deal)))),
      ),
    ),
  );
  const node = h(
    "div",
    { class: "card wide", id: "rule-matrix" },
    h("h3", {}, t("rules.matrix.title")),
    h("p", { class: "unit" }, t("rules.matrix.unit")),
    verdictLegend(),
    h("div", { class: "scroll whole" }, table),
    h("p", { class: "note" }, t("rules.matrix.note")),
    h("div", { class: "controls" }, h("button", { type: "button", class: "button", onclick: () => save(findings) }, t("rules.csv"))),
  );
  return { node };
}

function save(findings) {
  const keys = ["deal", "investor", "value_usd2025_m", "family", "rule", "title", "verdict", "facts", "says", "citation", "consequence", "most_days", "fee_usd", "cap_frac", "cures", "asks"];
  const rows = findings.map((finding) => ({
    ...finding,
    ...finding.deal,
    ...Object.fromEntries(["most_days", "fee_usd"].map((key) => [key, finding[key]])),
    family: finding.rule.family,
    rule: finding.rule.rule,
    title: finding.rule.title,
    verdict: verdictWord(finding.strictness),
    ...Object.fromEntries(["facts", "cures", "asks"].map((key) => [key, finding[key].join("; ")])),
  }));
  download("rules.csv", csv(keys.map((key) => ({ key })), rows));
}
