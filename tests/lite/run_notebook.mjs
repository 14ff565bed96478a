// Run a notebook's cells in Pyodide under Node, as the kernel in a browser would:
//   node run_notebook.mjs PYODIDE WHEEL NOTEBOOK
// PYODIDE is an unpacked distribution, WHEEL dlcourse's. Prints a line of JSON for each code cell.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, wheel, notebook] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
const py = await loadPyodide({ indexURL: folder + path.sep });
await py.loadPackage(["numpy", "matplotlib", "ipython"], { messageCallback: () => {} });
py.FS.writeFile("/tmp/dlcourse.zip", fs.readFileSync(wheel));
py.FS.writeFile("/tmp/notebook.json", fs.readFileSync(notebook));
py.FS.writeFile("/tmp/cells.py", fs.readFileSync(new URL("cells.py", import.meta.url)));
py.setStdout({ batched: (line) => console.log(line) });
await py.runPythonAsync(`
import shutil, site, sys
shutil.unpack_archive("/tmp/dlcourse.zip", site.getsitepackages()[0])
sys.path.insert(0, "/tmp")
import cells
cells.run("/tmp/notebook.json")
`);
