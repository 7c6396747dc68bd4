// The sponsor's own round: who owns it before and after, and what the new money is for.
import { lineColour } from "gp/app/colours";
import { figure } from "gp/app/figure";
import { fixed, number, percent } from "gp/app/format";
import { sumOf, sums, unique } from "gp/app/rows";
import { t } from "gp/app/words";
import { render as renderHeat } from "gp/charts/heat";
import { render as renderStack } from "gp/charts/stack";

const MOST = 9;
const text = (value) => ({ value: NaN, text: value });

export function capTable(plan) {
  const { cap_table: holders = [], sponsor_round: round = [] } = plan.tables;
  return [holders.length && ownership(holders), holders.length && shares(holders), round.length && terms(round)].filter(Boolean);
}

// Two columns that each come to all shares; small holders beyond the colours stand together.
function ownership(holders) {
  const after = sums(holders, (row) => row.holder, (row) => row.ownership_after_frac);
  const before = sums(holders, (row) => row.holder, (row) => row.ownership_before_frac);
  const names = unique(holders.map((row) => row.holder)).toSorted((a, b) => Math.max(after.get(b), before.get(b)) - Math.max(after.get(a), before.get(a)));
  const few = names.length > MOST ? names.slice(0, MOST - 1) : names;
  const keys = few.map((id, at) => ({ id, label: id, colour: lineColour(at) }));
  const rest = names.slice(few.length);
  if (rest.length) keys.push({ id: "\u2026", label: t("capital.rest", { count: rest.length }), colour: "var(--faint)" });
  const column = (x, of) => ({
    x,
    values: Object.fromEntries([...few.map((id) => [id, 100 * of.get(id)]), ...(rest.length ? [["\u2026", 100 * sumOf(rest, (id) => of.get(id))]] : [])]),
  });
  const columns = [column(t("cap.before"), before), column(t("cap.after"), after)];
  return figure({
    id: "cap-ownership",
    title: t("cap.title"),
    unit: t("cap.unit"),
    legend: () => keys.map(({ colour, label }) => ({ colour, label })),
    draw: (el, width) => renderStack(el, { keys, columns }, { width, title: t("cap.title"), unit: "%", format: fixed(1), totals: false }),
  });
}

function shares(holders) {
  const rows = holders.map((row) => ({
    label: row.share_class ? t("cap.holder", { holder: row.holder, share_class: row.share_class }) : row.holder,
    cells: [
      text(fixed(0)(row.shares_before)),
      text(fixed(0)(row.shares_after)),
      text(percent(row.ownership_before_frac)),
      text(percent(row.ownership_after_frac)),
      text(row.invested_usd_nominal_m ? number(row.invested_usd_nominal_m) : "\u2013"),
    ],
  }));
  const all = (key) => sumOf(holders, (row) => row[key]);
  const total = { label: t("total"), total: true, cells: [text(fixed(0)(all("shares_before"))), text(fixed(0)(all("shares_after"))), text(percent(all("ownership_before_frac"))), text(percent(all("ownership_after_frac"))), text(number(all("invested_usd_nominal_m")))] };
  const columns = ["shares.before", "shares.after", "owned.before", "owned.after", "invested"].map((key) => t(`cap.${key}`));
  return figure({
    id: "cap-table",
    title: t("cap.table"),
    unit: t("cap.table.unit"),
    draw: (el, width) => renderHeat(el, { columns, rows: [...rows, total] }, { title: t("cap.table"), plain: true, whole: true, wrapHeads: true, dense: width < 450, corner: t("cap.who") }),
    file: "cap-table.csv",
    table: () => ({
      columns: [
        { key: "holder", label: t("cap.who") },
        { key: "share_class", label: t("cap.class") },
        { key: "shares_before", label: t("cap.shares.before"), number: true, format: fixed(0) },
        { key: "shares_after", label: t("cap.shares.after"), number: true, format: fixed(0) },
        { key: "ownership_before_frac", label: t("cap.owned.before"), number: true, format: percent },
        { key: "ownership_after_frac", label: t("cap.owned.after"), number: true, format: percent },
        { key: "invested_usd_nominal_m", label: t("cap.invested"), number: true, format: number },
      ],
      rows: holders,
    }),
  });
}

function terms(round) {
  const told = (row) => (row.unit.startsWith("USD") ? fixed(2) : number)(row.value);
  const rows = round.map((row) => ({ label: row.item[0].toUpperCase() + row.item.slice(1), cells: [text(`${told(row)} ${row.unit}`)] }));
  return figure({
    id: "cap-round",
    title: t("cap.round"),
    unit: t("cap.round.unit"),
    draw: (el) => renderHeat(el, { columns: [t("cap.value")], rows }, { title: t("cap.round"), plain: true, whole: true, corner: t("deals.item") }),
  });
}
