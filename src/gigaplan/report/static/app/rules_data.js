// The screen of a plan with its texts in place: deals, rules, families and findings.
import { t } from "gp/app/words";

const KNOWN = ["cfius", "cfius_real_estate", "energy_credits", "chips", "export", "states", "air_and_review"];
const CLASSES = ["campus", "accelerator", "energy"];
const LISTS = ["facts", "cures", "asks"];
const TEXTS = ["says", "citation", "consequence"];

export function screened(plan) {
  const { tables } = plan;
  const text = tables.rule_texts.map((row) => row.text);
  const families = tables.rule_families.map((row) => ({ ...row, short: KNOWN.includes(row.family) ? t(`rules.family.${row.family}`) : row.title }));
  const rules = tables.rules.map((row) => ({ ...row, of: families.find((one) => one.family === row.family) }));
  for (const family of families) family.rules = rules.filter((rule) => rule.of === family);
  const findings = tables.rule_findings.map((row) => ({
    ...row,
    rule: rules[row.rule],
    deal: tables.rule_deals[row.deal],
    ...Object.fromEntries(TEXTS.map((name) => [name, text[row[name]]])),
    ...Object.fromEntries(LISTS.map((name) => [name, row[name].map((at) => text[at])])),
  }));
  const deals = tables.rule_deals.map((row, at) => ({
    ...row,
    id: `memo-${at + 1}`,
    what: CLASSES.includes(row.capital_class) ? t(`capital.class.${row.capital_class}`) : row.capital_class,
    findings: findings.filter((finding) => finding.deal === row),
  }));
  return { families, rules, deals, findings };
}
