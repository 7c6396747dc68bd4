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
