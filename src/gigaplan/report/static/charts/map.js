// A map of zones with shading, lines, rings, dots and pies; one drawing for each year.
import { scaleSqrt } from "gp/vendor/d3";
import { clear, s } from "gp/app/dom";
import { place } from "gp/charts/labels";
import { explains } from "gp/charts/tip";

const TURN = 2 * Math.PI;

function slice(x, y, r, from, to) {
  if (to - from > 0.9999) return `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
  const point = (share) => [x + r * Math.sin(share * TURN), y - r * Math.cos(share * TURN)];
  const [x0, y0] = point(from);
  const [x1, y1] = point(to);
  return `M${x},${y}L${x0},${y0}A${r},${r} 0 ${to - from > 0.5 ? 1 : 0} 1 ${x1},${y1}Z`;
}

// data: {shade: Map zone -> share 0..1, lines: [{from, to, width, colour, title, pairs}],
//        rings: [{x, y, value, title, pairs}], dots: [{x, y, value, colour, title, pairs, text}],
//        pies: [{x, y, value, parts: [{value, colour}], title, pairs, text}], biggest}
export function render(el, data, opts) {
  clear(el);
  const { width, title, geography: land } = opts;
  const [x0, y0, wide, tall] = land.box;
  const k = wide / width;
  const radius = scaleSqrt().domain([0, data.biggest || 1]).range([0, (width < 520 ? 15 : 25) * k]);
  const r = (value, least = 1.8) => Math.max(radius(value), least * k);
  const about = data.about ?? new Map();
  const states = land.shapes.map((shape) => {
    const share = data.shade?.get(shape.zone) ?? 0;
    const fill = share ? `color-mix(in srgb, ${opts.shadeColour} ${Math.round(8 + share * 42)}%, var(--land))` : "";
    const told = shape.zone && about.has(shape.zone) ? explains(shape.name, about.get(shape.zone)) : {};
    return s("path", {
      class: "land",
      d: shape.d,
      "stroke-width": k,
      style: { fill, opacity: shape.zone ? 1 : 0.45 },
      ...told,
    });
  });
  const lines = (data.lines ?? []).map((line) =>
    s("line", {
      x1: line.from[0],
      y1: line.from[1],
      x2: line.to[0],
      y2: line.to[1],
      "stroke-width": line.width * k,
      "stroke-linecap": "round",
      style: { stroke: line.colour, opacity: line.opacity ?? 1 },
      ...(line.title ? explains(line.title, line.pairs) : {}),
    }),
  );
  const rings = (data.rings ?? []).map((ring) =>
    s("circle", {
      cx: ring.x,
      cy: ring.y,
      r: r(ring.value),
      "stroke-width": 1.4 * k,
      style: { fill: "color-mix(in srgb, var(--ink) 6%, transparent)", stroke: "var(--soft)" },
      ...explains(ring.title, ring.pairs),
    }),
  );
  const dots = (data.dots ?? []).map((dot) =>
    s("circle", {
      cx: dot.x,
      cy: dot.y,
      r: r(dot.value, 3),
      "stroke-width": k,
      style: { fill: dot.colour, stroke: "var(--card)", opacity: 0.88 },
      ...explains(dot.title, dot.pairs),
    }),
  );
  const pies = (data.pies ?? []).map((pie) => {
    let at = 0;
    const slices = pie.parts.map((part) => {
      const from = at;
      at += part.value / pie.value;
      return s("path", { d: slice(pie.x, pie.y, r(pie.value, 3), from, Math.min(at, 1)), style: { fill: part.colour } });
    });
    return s(
      "g",
      explains(pie.title, pie.pairs),
      slices,
      s("circle", { cx: pie.x, cy: pie.y, r: r(pie.value, 3), fill: "none", "stroke-width": 0.8 * k, style: { stroke: "var(--card)" } }),
    );
  });
  const marks = [...(data.dots ?? []), ...(data.pies ?? [])]
    .filter((mark) => mark.text)
    .toSorted((a, b) => b.value - a.value)
    .map((mark) => ({ x: mark.x, y: mark.y, r: r(mark.value, 3), text: mark.text }));
  const others = (data.rings ?? []).map((ring) => ({ x: ring.x, y: ring.y, r: r(ring.value) }));
  const labels = place(marks, { k, box: land.box, most: opts.labels ?? (width < 520 ? 6 : 14), others }).map((label) =>
    s(
      "text",
      {
        class: "strong halo",
        x: label.x,
        y: label.y,
        "font-size": label.size,
        "text-anchor": label.anchor,
        "pointer-events": "none",
        style: { strokeWidth: `${3 * k}px` },
      },
      label.text,
    ),
  );
  el.append(
    s(
      "svg",
      { viewBox: `${x0} ${y0} ${wide} ${tall}`, role: "img", "aria-label": title, class: "map" },
      states,
      lines,
      rings,
      dots,
      pies,
      labels,
    ),
  );
}
