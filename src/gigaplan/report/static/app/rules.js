// Rules: how each deal of an investor stands with them, memo by memo, and credits by date.
import { credits } from "gp/app/credits";
import { h } from "gp/app/dom";
import { kept } from "gp/app/format";
import { screened } from "gp/app/rules_data";
import { matrix } from "gp/app/rules_matrix";
import { memos } from "gp/app/rules_memo";
import { questionTable, ruleTable } from "gp/app/rules_tables";
import { t } from "gp/app/words";

export function rules(plan) {
  const hasScreen = plan.tables.rule_findings?.length > 0;
  const hasCredits = plan.tables.credits?.length > 0;
  if (!hasScreen && !hasCredits) return null;
  const parts = [];
  if (hasScreen) {
    const found = screened(plan);
    const written = memos(found);
    parts.push(matrix(found, written.open), written, questionTable(found), ruleTable(found));
  }
  if (hasCredits) parts.push(...credits(plan));
  const shown = parts.filter(Boolean);
  const node = h(
    "section",
    { id: "rules" },
    h("h2", {}, t("rules.title")),
    h("p", { class: "lead" }, hasScreen ? kept(plan.told.rules) : t("rules.lead")),
    h("div", { class: "grid" }, shown.map((one) => one.node)),
  );
  return { node, draw: () => shown.forEach((one) => one.redraw?.()) };
}
