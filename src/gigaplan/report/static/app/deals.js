// Deals: how the programme is financed in nominal dollars, what comes back, and how debt is covered.
import { capTable } from "gp/app/cap_table";
import { h } from "gp/app/dom";
import { calendar, called, calledSoFar, sourcesAndUses } from "gp/app/deals_money";
import { cover, dealTable } from "gp/app/deals_cover";
import { curve, eachInvestor, foreign, returnsTable } from "gp/app/deals_returns";
import { kept } from "gp/app/format";
import { t } from "gp/app/words";

export function deals(plan) {
  if (!plan.tables.deals?.length) return null;
  const parts = [
    sourcesAndUses(plan),
    called(plan),
    calendar(plan),
    curve(plan),
    calledSoFar(plan),
    eachInvestor(plan),
    returnsTable(plan),
    cover(plan),
    dealTable(plan),
    foreign(plan),
    ...capTable(plan),
  ].filter(Boolean);
  const node = h(
    "section",
    { id: "deals" },
    h("h2", {}, t("deals.title")),
    h("p", { class: "lead" }, h("strong", {}, t("deals.nominal")), " ", kept(plan.told.deals)),
    h("div", { class: "grid" }, parts.map((one) => one.node)),
  );
  return { node, draw: () => parts.forEach((one) => one.redraw?.()) };
}
