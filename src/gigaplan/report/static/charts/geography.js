// Where zones are drawn: the map of states as it comes (already projected), or, for places outside
// it, plain latitude and longitude.
import { feature, geoAlbersUsa, geoPath, merge } from "gp/vendor/d3";

const POSTAL = Object.fromEntries(
  (
    "01AL 04AZ 05AR 06CA 08CO 09CT 10DE 12FL 13GA 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD 25MA 26MI 27MN " +
    "28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX " +
    "49UT 50VT 51VA 53WA 54WV 55WI 56WY"
  )
    .split(" ")
    .map((pair) => [pair.slice(0, 2), pair.slice(2)]),
);
POSTAL["11"] = "MD";
const PAD = 6;

function edges(points, pad) {
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  return [Math.min(...xs) - pad, Math.min(...ys) - pad, Math.max(...xs) + pad, Math.max(...ys) + pad];
}

function boxAround(points, pad, least) {
  let [x0, y0, x1, y1] = edges(points, pad);
  const grow = (low, high, size) => {
    const more = Math.max(0, size - (high - low)) / 2;
    return [low - more, high + more];
  };
  [x0, x1] = grow(x0, x1, Math.max(least, (y1 - y0) * 1.3));
  [y0, y1] = grow(y0, y1, (x1 - x0) * 0.6);
  return [x0, y0, x1 - x0, y1 - y0];
}

// Returns {box, shapes: [{zone, name, d}], place(longitude, latitude), at: Map zone -> [x, y]}
export function geography(topology, zones) {
  const projection = geoAlbersUsa().scale(1300).translate([487.5, 305]);
  const known = zones.filter((zone) => projection([zone.longitude_deg, zone.latitude_deg]));
  const inside = known.length === zones.length && zones.length > 0;
  if (!inside) return elsewhere(zones);
  const path = geoPath();
  const byZone = new Map();
  for (const geometry of topology.objects.states.geometries) {
    const zone = POSTAL[geometry.id];
    if (zone) byZone.set(zone, [...(byZone.get(zone) ?? []), geometry]);
  }
  const named = new Map(zones.map((zone) => [zone.zone, zone.name]));
  const corners = [];
  const whole = [];
  const shapes = [...byZone].map(([zone, geometries]) => {
    const shape = geometries.length > 1 ? merge(topology, geometries) : feature(topology, geometries[0]);
    const bounds = path.bounds(shape);
    whole.push(...bounds);
    if (named.has(zone)) corners.push(...bounds);
    return { zone: named.has(zone) ? zone : null, name: named.get(zone) ?? "", d: path(shape) };
  });
  const place = (longitude, latitude) => projection([longitude, latitude]);
  const at = new Map(zones.map((zone) => [zone.zone, place(zone.longitude_deg, zone.latitude_deg)]));
  const points = [...corners, ...at.values()];
  const outer = edges(whole, PAD);
  const box = boxAround(points, 18, 260);
  const clipped = [
    Math.max(box[0], outer[0]),
    Math.max(box[1], outer[1]),
    Math.min(box[0] + box[2], outer[2]),
    Math.min(box[1] + box[3], outer[3]),
  ];
  return {
    box: [clipped[0], clipped[1], clipped[2] - clipped[0], clipped[3] - clipped[1]],
    shapes,
    place,
    at,
  };
}

function elsewhere(zones) {
  const middle = zones.reduce((sum, zone) => sum + zone.latitude_deg, 0) / Math.max(1, zones.length);
  const squeeze = Math.cos((middle * Math.PI) / 180);
  const place = (longitude, latitude) => [longitude * squeeze * 20, -latitude * 20];
  const at = new Map(zones.map((zone) => [zone.zone, place(zone.longitude_deg, zone.latitude_deg)]));
  const points = at.size ? [...at.values()] : [[0, 0]];
  return { box: boxAround(points, 30, 200), shapes: [], place, at };
}
