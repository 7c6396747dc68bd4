// The first page: big figures and words.
import { h } from "gp/app/dom";
import { kept } from "gp/app/format";
import { t } from "gp/app/words";

export function summary(plan) {
  return h(
    "section",
    { id: "summary", "aria-label": t("nav.summary") },
    h(
      "div",
      { class: "figures" },
      plan.figures.map((figure) =>
        h("div", {}, h("strong", {}, figure.value), h("span", {}, figure.label), h("small", {}, kept(figure.note))),
      ),
    ),
    h(
      "div",
      { class: "words" },
      plan.summary.map(([heading, text]) => h("div", {}, h("h3", {}, heading), h("p", {}, kept(text)))),
    ),
  );
}
