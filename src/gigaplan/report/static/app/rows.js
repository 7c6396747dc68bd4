// Tables come as columns; charts want rows and sums.
export function rows(columns) {
  const names = Object.keys(columns);
  const length = names.length ? columns[names[0]].length : 0;
  return Array.from({ length }, (_, at) => {
    const row = {};
    for (const name of names) row[name] = columns[name][at];
    return row;
  });
}

export function sumOf(list, value) {
  let total = 0;
  for (const row of list) total += value(row) ?? 0;
  return total;
}

// Map of key -> sum, in order of appearance.
export function sums(list, key, value) {
  const found = new Map();
  for (const row of list) {
    const name = key(row);
    found.set(name, (found.get(name) ?? 0) + (value(row) ?? 0));
  }
  return found;
}

// [{x, values: {key: number}}] for the chart of stacks.
export function pivot(list, xs, x, key, value) {
  const table = new Map(xs.map((name) => [name, { x: name, values: {} }]));
  for (const row of list) {
    const place = table.get(x(row));
    if (!place) continue;
    const name = key(row);
    place.values[name] = (place.values[name] ?? 0) + (value(row) ?? 0);
  }
  return [...table.values()];
}

export const unique = (list) => [...new Set(list)];

// The years of a table, in order.
export const yearsOf = (list, key = "calendar_year") => unique(list.map((row) => row[key])).toSorted((a, b) => a - b);
