// Flows through stages of equal size: from left to right, or from top to bottom where it is narrow.
// What leaves a place goes where data.flows says, or else to every place of the next stage in
// proportion to its share there.
import { canvas, clear, s, textWidth } from "gp/app/dom";
import { explains } from "gp/charts/tip";

export const NARROW = 620;
const BAR = 15;
const GAP = 7;
const SIZE = 12;

// Places the nodes of every stage on [0, room] along the axis across the flow.
function spread(stages, room) {
  const most = Math.max(...stages.map((stage) => stage.nodes.length));
  const gap = Math.min(GAP, (room * 0.3) / Math.max(1, most - 1));
  const total = Math.max(...stages.map((stage) => stage.total));
  const scale = (room - gap * (most - 1)) / (total || 1);
  return stages.map((stage) => {
    let at = (room - stage.total * scale - gap * (stage.nodes.length - 1)) / 2;
    return stage.nodes.map((node) => {
      const size = node.value * scale;
      const placed = { ...node, from: at, size, out: at, into: at };
      at += size + gap;
      return placed;
    });
  });
}

// A band between two bars; along: from, to along the flow; ends: [low, high] at each of them.
function band(upright, [from, to], [a, b], [c, d]) {
  const middle = (from + to) / 2;
  const p = (along, across) => (upright ? `${across},${along}` : `${along},${across}`);
  return (
    `M${p(from, a)}C${p(middle, a)} ${p(middle, c)} ${p(to, c)}` +
    `L${p(to, d)}C${p(middle, d)} ${p(middle, b)} ${p(from, b)}Z`
  );
}

// data: {stages: [{label, nodes: [{id, label, short, value, colour, pairs}], every}], flows?}; short: a text, or
// several, of which the first that has room stands there where it is narrow; every: all
// places are labelled; flows: for each stage but the last, a Map of "from to" to what goes there.
export function render(el, data, opts) {
  clear(el);
  const { width, title, format } = opts;
  const upright = width < NARROW;
  const stages = data.stages.map((stage) => ({ ...stage, total: stage.nodes.reduce((sum, node) => sum + node.value, 0) }));
  const lastWide = upright ? 0 : Math.max(...stages.at(-1).nodes.map((node) => textWidth(`${node.label} ${format(node.value)}`, SIZE))) + 10;
  const height = upright ? stages.length * 104 - 44 : 470;
  const top = 30;
  const placed = spread(stages, upright ? width : height - top - 6);
  const step = upright ? 104 : (width - BAR - lastWide) / (stages.length - 1);
  const along = (at) => (upright ? at * step + 20 : at * step);
  const shift = upright ? 0 : top;
  const links = [];
  for (let at = 0; at + 1 < placed.length; at += 1) {
    for (const one of placed[at]) {
      for (const other of placed[at + 1]) {
        const value = data.flows ? (data.flows[at].get(`${one.id} ${other.id}`) ?? 0) : (one.value * other.value) / stages[at + 1].total;
        const [a, c] = [one.out, other.into];
        one.out += (one.size * value) / one.value;
        other.into += (other.size * value) / other.value;
        if ((one.size * value) / one.value < 0.3) continue;
        const ends = [[a + shift, one.out + shift], [c + shift, other.into + shift]];
        links.push(
          s("path", {
            class: "flow",
            d: band(upright, [along(at) + BAR, along(at + 1)], ...ends),
            style: { fill: one.colour },
            "data-from": `${at} ${one.id}`,
            "data-to": `${at + 1} ${other.id}`,
            ...explains(`${one.label} \u2192 ${other.label}`, [[stages[at + 1].label, format(value)]]),
          }),
        );
      }
    }
  }
  const mark = (key) => () => {
    for (const link of links) link.classList.toggle("dim", Boolean(key) && link.dataset.from !== key && link.dataset.to !== key);
  };
  const bars = placed.flatMap((nodes, at) =>
    nodes.map((node) => {
      const told = explains(`${stages[at].label}: ${node.label}`, node.pairs);
      const leave = () => {
        told.onpointerleave();
        mark(null)();
      };
      const box = upright
        ? { x: node.from, y: along(at), width: Math.max(node.size, 1), height: BAR }
        : { x: along(at), y: node.from + shift, width: BAR, height: Math.max(node.size, 1) };
      return s("rect", { ...box, class: "place", style: { fill: node.colour }, ...told, onpointerenter: mark(`${at} ${node.id}`), onpointerleave: leave });
    }),
  );
  const lines = placed.map((nodes, at) => (!upright && (stages[at].every || at === placed.length - 1) ? apart(nodes.map((node) => node.from + node.size / 2)) : []));
  const texts = placed.flatMap((nodes, at) => [
    heading(stages[at].label, { upright, at, last: at === placed.length - 1, x: along(at), y: upright ? along(at) - 6 : 14 }),
    ...nodes.map((node, own) => label(node, { upright, along: along(at), shift, middle: lines[at][own], format })),
  ]);
  el.append(canvas(width, height, title, links, bars, texts));
}

function heading(text, { upright, at, last, x, y }) {
  const place = upright ? { x: 0, y, "text-anchor": "start" } : { x: x + (last || !at ? 0 : BAR / 2), y, "text-anchor": last || !at ? "start" : "middle" };
  return s("text", { class: "strong halo", "font-size": 12.5, ...place }, text);
}

// Moves the middles of labels down until none touches the one above.
function apart(middles) {
  let last = -Infinity;
  return middles.map((middle) => (last = Math.max(middle, last + SIZE + 1.5)));
}

// middle: where the label of a place stands that always has one; others have room or none.
function label(node, { upright, along, shift, middle, format }) {
  if (upright) {
    const short = [node.short].flat().find((text) => textWidth(text, SIZE) + 2 <= node.size);
    if (!short) return null;
    return s("text", { class: "halo", x: node.from + node.size / 2, y: along + BAR + 13, "font-size": SIZE, "text-anchor": "middle", "pointer-events": "none" }, short);
  }
  if (node.size < 9 && middle === undefined) return null;
  const text = [s("tspan", { class: "strong" }, node.label), ` ${format(node.value)}`];
  return s("text", { class: "halo", x: along + BAR + 5, y: (middle ?? node.from + node.size / 2) + shift + 4, "font-size": SIZE, "pointer-events": "none" }, text);
}
