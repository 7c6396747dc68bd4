// Every sentence of the page comes from one catalogue.
const catalogue = JSON.parse(document.getElementById("gp-words").textContent);

export function t(key, values = {}) {
  const text = catalogue[key];
  if (text === undefined) throw new Error(`The catalogue has no text "${key}".`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
