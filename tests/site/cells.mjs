// Run all cells of all pages under Pyodide in Node, as the worker of a page would.
// Arguments: the folder of Pyodide, the archive of the package, and the cells as JSON.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [runtime, archive, cells] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`).href);
const bytes = path => new Uint8Array(fs.readFileSync(path));
const env = { HOME: "/learner", CYBERNORMS_WORK: "/learner/work", CYBERNORMS_SEED: "a", CYBERNORMS_PLACE: "this browser" };
const python = await loadPyodide({ indexURL: `${runtime}/`, env });
const library = fs.readdirSync(runtime).find(name => name.startsWith("msgspec-"));
const site = python.runPython("import sysconfig; sysconfig.get_paths()['purelib']");
python.unpackArchive(bytes(`${runtime}/${library}`), "wheel");
python.unpackArchive(bytes(archive), "zip", { extractDir: site });
const live = python.pyimport("cybernorms.site.live");
const pages = JSON.parse(fs.readFileSync(cells, "utf8"));
const paths = Object.keys(pages);
const problems = [];
let shown = 0;
for (const path of paths) {
  live.begin("/learner", python.toPy([path, ...paths]));
  const page = live.Live(() => "", true);
  for (const [id, code] of pages[path]) {
    const { views, problem, text } = JSON.parse(page.run(id, code));
    shown += views.length;
    if (problem || text) problems.push({ path, id, problem, text });
  }
}
const heavy = python.runPython(
  "import sys; [n for n in ('IPython', 'anywidget', 'ipywidgets', 'matplotlib', 'numpy', 'pandas') if n in sys.modules]",
);
console.log(JSON.stringify({ shown, problems, heavy: heavy.toJs() }));
