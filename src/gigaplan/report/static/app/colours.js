// One colour for each family, category and payer; the values live in style.css, by theme.
import { slug } from "gp/app/format";

const OWN = ["--g-other", "--g-transmission", "--c-variable-om", "--g-bio-geo"];
const known = new Set(
  "nuclear coal gas on-site-gas oil bio-geo hydro wind solar storage campus transmission".split(" "),
);

export function groupColour(name, at = 0) {
  const key = slug(name);
  return known.has(key) ? `var(--g-${key})` : `var(${OWN[at % OWN.length]})`;
}

export const categoryColour = (name) => `var(--c-${slug(name)}, var(--g-other))`;

export const payerColour = (name) => `var(--p-${slug(name)}, var(--g-other))`;

// Countries that things come from; others take the next colour of the list by their place in it.
const ORIGINS = { US: 1, TW: 2, KR: 3, JP: 4, MX: 5, MY: 6, DE: 7, CH: 8 };

export function originColour(code, at = 0) {
  return `var(--o-${ORIGINS[code] ?? (code === "new" ? "new" : 9 - (at % 4))})`;
}

const CLASSES = { campus: "--c-campus-capital", accelerator: "--c-accelerator-capital", energy: "--c-energy-capital" };

export const classColour = (name) => `var(${CLASSES[name] ?? "--g-other"})`;

export const instrumentColour = (name) => `var(--i-${slug(name ?? "other")}, var(--g-other))`;

export const stageColour = (stage) => `var(--s-${slug(stage)}, var(--g-other))`;

// Lines of one chart, told apart by their place in it; from the tenth on, by dashes too.
export const lineColour = (at) => `var(--o-${[1, 2, 3, 6, 8, 4, 5, 7, "new"][at % 9]})`;
