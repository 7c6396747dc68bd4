// A memo of each deal: what is found, under which section, what follows, and what is still asked.
import { h } from "gp/app/dom";
import { fixed, kept, percent } from "gp/app/format";
import { unique } from "gp/app/rows";
import { days, fee, stake } from "gp/app/rules_matrix";
import { CLEAR, NEED_FACTS, verdict, verdictColour } from "gp/app/verdicts";
import { t } from "gp/app/words";

const list = (texts) => (texts.length === 1 ? texts[0] : h("ul", {}, texts.map((text) => h("li", {}, text))));

function decided(finding) {
  const { most_days: time, fee_usd: price, cap_frac: cap } = finding;
  const pairs = [
    ["facts", finding.facts.length > 0 && list(finding.facts)],
    ["rule", [finding.says, " ", h("cite", {}, finding.citation)]],
    ["follows", finding.consequence],
    ["time", time !== null && t("rules.memo.days", { days: fixed(0)(time) })],
    ["fee", price !== null && t("rules.memo.filing", { fee: fee(price) })],
    ["cap", cap !== null && t("rules.memo.below", { cap: percent(cap) })],
    ["cures", finding.cures.length > 0 && list(finding.cures)],
  ].filter(([, text]) => text);
  return [
    h("h4", {}, h("b", { class: "chip", style: { background: verdictColour(finding.strictness) } }, verdict(finding.strictness)), finding.rule.title),
    h("dl", { class: "facts" }, pairs.map(([key, text]) => [h("dt", {}, t(`rules.memo.${key}`)), h("dd", {}, text)])),
  ];
}

// The family stands before its rules, so their titles need not begin with it again.
const titleIn = (family, rule) => (rule.title.startsWith(`${family.short}: `) ? rule.title.slice(family.short.length + 2) : rule.title);

// Rules family by family; a whole family is told as such.
function byFamily(rules) {
  const families = unique(rules.map((rule) => rule.of));
  return families
    .map((family) => {
      const own = rules.filter((rule) => rule.of === family);
      const all = own.length === family.rules.length && own.length > 1;
      return all ? t("rules.memo.family.all", { family: family.short, count: own.length }) : t("rules.memo.family.some", { family: family.short, rules: own.map((rule) => titleIn(family, rule)).join(" \u00b7 ") });
    })
    .join("; ");
}

// Questions under the rules that wait for them: those that most rules wait for come first.
export function questionGroups(findings) {
  const of = new Map();
  for (const finding of findings) for (const ask of finding.asks) of.set(ask, [...(of.get(ask) ?? []), finding.rule]);
  const groups = new Map();
  for (const [ask, rules] of of) {
    const key = rules.map((rule) => rule.rule).join(" ");
    if (!groups.has(key)) groups.set(key, { rules, asks: [] });
    groups.get(key).asks.push(ask);
  }
  return [...groups.values()].toSorted((a, b) => b.rules.length - a.rules.length);
}

// Facts of rules that are open, each once under the families that look at it; one that a single
// rule looks at says which.
function knownFacts(findings) {
  const groups = new Map();
  for (const text of unique(findings.flatMap((finding) => finding.facts))) {
    const rules = findings.filter((finding) => finding.facts.includes(text)).map((finding) => finding.rule);
    const families = unique(rules.map((rule) => rule.of));
    const key = families.map((family) => family.short).join("; ");
    const which = rules.length === 1 && families[0].rules.length > 1 && [" ", h("cite", {}, `(${titleIn(families[0], rules[0])})`)];
    groups.set(key, [...(groups.get(key) ?? []), h("li", {}, text, which)]);
  }
  return [...groups].map(([families, facts]) => [h("dt", {}, families), h("dd", {}, h("ul", {}, facts))]);
}

function open(deal) {
  const known = deal.findings.filter((finding) => finding.strictness > NEED_FACTS);
  const unknown = deal.findings.filter((finding) => finding.strictness === NEED_FACTS);
  const groups = questionGroups(deal.findings.filter((finding) => finding.strictness > CLEAR));
  if (!groups.length && !unknown.length) return [];
  const facts = knownFacts(unknown);
  const title = unknown.length === 1 ? t("rules.memo.open.one") : t("rules.memo.open.many", { count: unknown.length });
  return [
    unknown.length > 0 && h("h4", {}, h("b", { class: "chip", style: { background: verdictColour(NEED_FACTS) } }, verdict(NEED_FACTS)), title),
    facts.length > 0 && [h("h5", {}, t("rules.memo.known")), h("dl", { class: "known" }, facts)],
    h("h5", {}, t("rules.memo.asked")),
    known.some((finding) => finding.asks.length) && h("p", { class: "unit" }, t("rules.memo.also")),
    h("dl", { class: "asked" }, groups.map(({ rules, asks }) => [h("dt", {}, byFamily(rules)), h("dd", {}, h("ul", {}, asks.map((ask) => h("li", {}, ask))))])),
  ];
}

function memo(deal) {
  const known = deal.findings.filter((finding) => finding.strictness > NEED_FACTS).toSorted((a, b) => b.strictness - a.strictness);
  const clear = deal.findings.filter((finding) => finding.strictness === CLEAR);
  return h(
    "div",
    { class: "memo-body" },
    known.map(decided),
    open(deal),
    clear.length > 0 && h("p", { class: "cleared" }, h("b", { class: "chip", style: { background: verdictColour(CLEAR) } }, verdict(CLEAR)), t("rules.memo.clear", { rules: byFamily(clear.map((finding) => finding.rule)) })),
  );
}

// A memo is written when it is first opened.
function folded(deal) {
  const about = [deal.what, stake(deal.value_usd2025_m), deal.most_days !== null && days(deal.most_days)].filter(Boolean).join(" \u00b7 ");
  const node = h("details", { class: "memo", id: deal.id }, h("summary", {}, h("b", { class: "chip", style: { background: verdictColour(deal.strictness) } }, verdict(deal.strictness)), h("strong", {}, deal.investor), " ", h("small", {}, kept(about))));
  const show = () => {
    if (node.childElementCount === 1) node.append(memo(deal));
    node.open = true;
  };
  node.addEventListener("toggle", () => node.open && show());
  return { node, show };
}

// Paper cannot be opened: what is found is there in full, and folded again afterwards.
function onPaper(memos) {
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = memos.filter((one) => !one.node.open);
    folded.forEach((one) => one.show());
  });
  window.addEventListener("afterprint", () => folded.forEach((one) => (one.node.open = false)));
}

export function memos({ deals }) {
  const written = new Map(deals.map((deal) => [deal, folded(deal)]));
  const all = [...written.values()];
  const strict = deals.filter((deal) => deal.strictness > NEED_FACTS).map((deal) => written.get(deal));
  strict[0]?.show();
  onPaper(strict);
  const button = (label, onclick) => h("button", { type: "button", class: "button", onclick }, label);
  const node = h(
    "div",
    { class: "card wide", id: "memos" },
    h("h3", {}, t("rules.memos.title")),
    h("p", { class: "unit" }, t("rules.memos.unit")),
    h(
      "div",
      { class: "controls" },
      button(t("rules.memos.open"), () => all.forEach((one) => one.show())),
      button(t("rules.memos.close"), () => all.forEach((one) => (one.node.open = false))),
    ),
    all.map((one) => one.node),
    h("p", { class: "note" }, t("rules.memos.note")),
  );
  return { node, open: (deal) => written.get(deal).show() };
}
