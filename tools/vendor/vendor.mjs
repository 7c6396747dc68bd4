// Bundles the parts of d3 that the report draws with into one file, and copies the map of states.
// Maintainers only: `npm install && npm run vendor`, then commit what changed under static/.
import { build } from "esbuild";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../../src/gigaplan/report/static");
const modules = join(here, "node_modules");

const entry = `
export { extent, max, min, sum, range, bisector, group, rollup } from "d3-array";
export { geoAlbersUsa, geoPath } from "d3-geo";
export { scaleBand, scaleLinear, scalePoint, scaleSqrt } from "d3-scale";
export { area, line, stack, stackOffsetDiverging, curveMonotoneX, curveStepAfter } from "d3-shape";
export { feature, mesh, merge } from "topojson-client";
`;

const result = await build({
  stdin: { contents: entry, resolveDir: here },
  bundle: true,
  format: "esm",
  minify: true,
  legalComments: "none",
  metafile: true,
  target: "es2020",
  write: false,
});

const packages = new Set(["us-atlas"]);
for (const input of Object.keys(result.metafile.inputs)) {
  const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[1]);
}

const versions = {};
const licences = [];
for (const name of [...packages].sort()) {
  const about = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md", "LICENSE.txt"].find((candidate) => {
    try {
      readFileSync(join(modules, name, candidate));
      return true;
    } catch (error) {
      if (error.code === "ENOENT") return false;
      throw error;
    }
  });
  if (!file) throw new Error(`${name} has no licence file`);
  versions[name] = about.version;
  licences.push(
    `${name} ${about.version} (${about.license})\n\n${readFileSync(join(modules, name, file), "utf8").trim()}\n`,
  );
}

const rule = `\n${"-".repeat(78)}\n\n`;
mkdirSync(join(target, "vendor"), { recursive: true });
mkdirSync(join(target, "maps"), { recursive: true });
writeFileSync(join(target, "vendor/d3.js"), result.outputFiles[0].text);
writeFileSync(join(target, "vendor/LICENSES.txt"), licences.join(rule));
writeFileSync(join(target, "vendor/versions.json"), `${JSON.stringify(versions, null, 2)}\n`);
const map = readFileSync(join(modules, "us-atlas/states-albers-10m.json"), "utf8");
writeFileSync(join(target, "maps/us-states.json"), `${map.trim()}\n`);
