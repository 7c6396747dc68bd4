// Elements of HTML and SVG from plain data. Text is always set as text, never parsed.
const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(node.style, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(4)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function s(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export function clear(node) {
  node.replaceChildren();
  return node;
}

// An SVG as wide as its place, drawn in pixels, so that text stays readable when it is narrow.
export function canvas(width, height, title, ...children) {
  const attributes = {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": title,
  };
  return s("svg", attributes, ...children);
}

const measuring = document.createElement("canvas").getContext("2d");

export function textWidth(text, size = 12, weight = 400) {
  measuring.font = `${weight} ${size}px system-ui, sans-serif`;
  return measuring.measureText(text).width;
}
