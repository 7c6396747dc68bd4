// Legends stand above the chart, in HTML, so that they never cover it.
import { clear, h } from "gp/app/dom";

export function render(el, items) {
  clear(el);
  el.append(
    h(
      "ul",
      { class: "legend" },
      items.map((item) =>
        h(
          "li",
          {},
          h("i", {
            class: item.shape ?? "",
            style: { background: item.colour, borderColor: item.colour },
          }),
          item.label,
        ),
      ),
    ),
  );
}
