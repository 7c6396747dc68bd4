// Every rule, and every question, over all deals.
import { h } from "gp/app/dom";
import { fixed } from "gp/app/format";
import { unique } from "gp/app/rows";
import { CLEAR, STRICTNESS, verdictWord } from "gp/app/verdicts";
import { t } from "gp/app/words";
import { render as renderTable } from "gp/charts/table";

const NONE = "\u2013";
const FIRST = 12;

export function ruleTable({ deals, rules, findings }) {
  const place = h("div");
  const used = STRICTNESS.filter((at) => findings.some((finding) => finding.strictness === at));
  const rows = rules.map((rule) => {
    const own = findings.filter((finding) => finding.rule === rule);
    const counts = used.map((at) => [`verdict_${at}`, own.filter((finding) => finding.strictness === at).length]);
    return { rule: rule.rule, title: rule.title, family: rule.of.short, citation: unique(own.map((finding) => finding.citation)).join(" \u00b7 "), ...Object.fromEntries(counts) };
  });
  const columns = [
    { key: "family", label: t("rules.table.family") },
    { key: "title", label: t("rules.table.rule") },
    ...used.map((at) => ({ key: `verdict_${at}`, label: verdictWord(at), number: true, format: (value) => (value ? fixed(0)(value) : NONE) })),
    { key: "citation", label: t("rules.table.citation"), long: true },
  ];
  renderTable(place, { columns, rows }, { caption: t("rules.table.title"), hideCaption: true, filter: true, file: "rules-by-verdict.csv", wrapHeads: true, choices: [{ key: "family", label: t("rules.table.family"), values: unique(rows.map((row) => row.family)) }] });
  return { node: h("div", { class: "card wide", id: "rule-table" }, h("h3", {}, t("rules.table.title")), h("p", { class: "unit" }, t("rules.table.unit", { count: deals.length })), place) };
}

// What to find out first: questions by the number of findings that wait for them.
export function questionTable({ deals, findings }) {
  const of = new Map();
  for (const finding of findings.filter((one) => one.strictness > CLEAR)) {
    for (const ask of finding.asks) of.set(ask, [...(of.get(ask) ?? []), finding]);
  }
  if (!of.size) return null;
  const rows = [...of].map(([question, waiting]) => ({
    question,
    findings: waiting.length,
    deals: unique(waiting.map((one) => one.deal)).length,
    rules: unique(waiting.map((one) => one.rule)).length,
    families: unique(waiting.map((one) => one.rule.of.short)).join(" \u00b7 "),
  }));
  const place = h("div");
  const columns = [
    { key: "question", label: t("rules.questions.one"), long: true },
    { key: "deals", label: t("rules.questions.deals"), number: true, format: fixed(0) },
    { key: "rules", label: t("rules.questions.rules"), number: true, format: fixed(0) },
    { key: "findings", label: t("rules.questions.findings"), number: true, format: fixed(0) },
    { key: "families", label: t("rules.table.family"), kept: true },
  ];
  renderTable(place, { columns, rows: rows.toSorted((a, b) => b.findings - a.findings) }, { caption: t("rules.questions.title"), hideCaption: true, filter: true, file: "questions.csv", wrapHeads: true, limit: FIRST, whole: true });
  return { node: h("div", { class: "card wide", id: "rule-questions" }, h("h3", {}, t("rules.questions.title")), h("p", { class: "unit" }, t("rules.questions.unit", { count: rows.length, deals: deals.length })), place) };
}
