// Labels that never touch: the most important first, each at the first free place around its mark.
import { textWidth } from "gp/app/dom";

const SIZE = 12;

function touches(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// marks: [{x, y, r, text}] in order of importance; k: user units in a pixel. Returns placed labels.
export function place(marks, { k, box, most, others = [] }) {
  const square = (mark) => [mark.x - mark.r, mark.y - mark.r, mark.x + mark.r, mark.y + mark.r];
  const taken = marks.slice(0, most).map(square);
  const rest = [...marks.slice(most), ...others].map(square);
  const found = [];
  marks.slice(0, most).forEach((mark, own) => {
    const wide = textWidth(mark.text, SIZE, 600) * k + 4 * k;
    const tall = 14 * k;
    const gap = mark.r + 3 * k;
    const spots = [
      [mark.x + gap, mark.y - tall / 2, "start"],
      [mark.x - gap - wide, mark.y - tall / 2, "end"],
      [mark.x - wide / 2, mark.y - gap - tall, "middle"],
      [mark.x - wide / 2, mark.y + gap, "middle"],
    ];
    const free = spots.filter(([left, top]) => {
      const label = [left, top, left + wide, top + tall];
      const outside = left < box[0] || top < box[1] || label[2] > box[0] + box[2] || label[3] > box[1] + box[3];
      return !outside && !taken.some((other, at) => at !== own && touches(label, other));
    });
    if (!free.length) return;
    const covers = ([left, top]) =>
      rest.filter((other) => touches([left, top, left + wide, top + tall], other)).length;
    const [left, top, anchor] = free.toSorted((a, b) => covers(a) - covers(b))[0];
    taken.push([left, top, left + wide, top + tall]);
    const x = anchor === "start" ? left + 2 * k : anchor === "end" ? left + wide - 2 * k : left + wide / 2;
    found.push({ x, y: top + tall * 0.78, anchor, text: mark.text, size: SIZE * k });
  });
  return found;
}
