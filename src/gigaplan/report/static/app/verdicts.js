// Verdicts of rules: a word, a sign and a colour each, so that none is needed to know another.
import { h } from "gp/app/dom";
import { t } from "gp/app/words";

const SIGNS = ["\u2713", "?", "\u25b3", "\u25b2", "\u25c6", "\u2715"];

export const CLEAR = 0;
export const NEED_FACTS = 1;
export const STRICTNESS = SIGNS.map((_, at) => at);

export const verdictWord = (strictness) => t(`rules.verdict.${strictness}`);

export const verdictColour = (strictness) => `color-mix(in srgb, var(--v-${strictness}) ${strictness > NEED_FACTS ? 26 : 13}%, transparent)`;

// The sign is for the eye; screen readers have the word. Only what is in brackets may take a line of its own.
export function verdict(strictness) {
  return h("span", { class: "verdict" }, h("i", { "aria-hidden": "true" }, SIGNS[strictness]), h("span", {}, verdictWord(strictness).replace(/ (?!\()/, "\u00a0")));
}

export function verdictLegend() {
  return h(
    "ul",
    { class: "legend verdicts", "aria-label": t("rules.legend") },
    STRICTNESS.map((at) => h("li", {}, h("b", { style: { background: verdictColour(at) } }, verdict(at)), t(`rules.meaning.${at}`))),
  );
}
