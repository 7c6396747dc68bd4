// Numbers for people: units, and no more digits than they are worth.
const MINUS = "\u2212";

function grouped(value, decimals, least = decimals) {
  const text = Math.abs(value).toLocaleString("en-US", {
    minimumFractionDigits: least,
    maximumFractionDigits: decimals,
  });
  return value < 0 && Number(text.replaceAll(",", "")) !== 0 ? MINUS + text : text;
}

// Three digits or so: 1,234 / 123 / 12.3 / 1.23 / 0.12
export function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "\u2013";
  const size = Math.abs(value);
  if (size >= 99.95) return grouped(value, 0);
  if (size >= 9.995) return grouped(value, 1);
  if (size >= 0.995) return grouped(value, 2);
  return size === 0 ? "0" : size < 0.005 ? (value > 0 ? "<0.01" : `>${MINUS}0.01`) : grouped(value, 2);
}

// As number, with two digits of what is small: the price of a dollar in gigawatts is no zero.
export const price = (value) => {
  const small = value !== null && value !== undefined && value !== 0 && Math.abs(value) < 0.095;
  return small ? value.toPrecision(2).replace("-", MINUS) : number(value);
};

export const fixed = (decimals) => (value) =>
  value === null || value === undefined || Number.isNaN(value) ? "\u2013" : grouped(value, decimals);

// Years above columns; two digits of each where there is little room.
export const yearNames = (years, dense) => years.map((year) => (dense ? `\u2019${String(year).slice(2)}` : String(year)));

export const plain = (value) => (value === null || value === undefined ? "" : String(value));

export function money(usdMillions) {
  const size = Math.abs(usdMillions);
  const sign = usdMillions < 0 ? MINUS : "";
  if (size >= 999500) return `${sign}$${(size / 1e6).toFixed(2)} T`;
  if (size >= 99950) return `${sign}$${grouped(size / 1e3, 0)} B`;
  if (size >= 999.5) return `${sign}$${(size / 1e3).toFixed(1)} B`;
  return size >= 1 ? `${sign}$${grouped(size, 0)} M` : `${sign}$${(size * 1e3).toFixed(0)} k`;
}

// As gigaplan.report.numbers.gw: phases of 250 MW keep their last digit below 10 GW.
export function power(megawatts) {
  const size = Math.abs(megawatts);
  if (size >= 99950) return `${grouped(megawatts / 1e3, 0)} GW`;
  if (size >= 9995) return `${grouped(megawatts / 1e3, 1)} GW`;
  return size >= 999.5 ? `${grouped(megawatts / 1e3, 2, 1)} GW` : `${grouped(megawatts, 0)} MW`;
}

export const percent = (share) => {
  const value = share * 100;
  if (value === 0 || Math.abs(value) >= 9.95) return `${grouped(value, 0)}%`;
  return `${grouped(value, Math.abs(value) >= 0.095 ? 1 : 2)}%`;
};

const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

// Name of a country by its two letters; what is no such code stays as it is.
export const country = (code) => (/^[A-Z]{2}$/.test(code) ? regions.of(code) : code);

// Keeps a number and its unit on one line.
export const kept = (text) => text.replace(/(\d) (trillion|billion|million|B|M|k|GW|MW|TWh|Mt|T)\b/g, "$1\u00a0$2");

export function slug(text) {
  return text
    .toLowerCase()
    .replace(/&/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
