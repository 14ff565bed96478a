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
// These files lie in the memory of Pyodide, not on the disk.
py.FS.writeFile("dlcourse.zip", fs.readFileSync(wheel));
py.FS.writeFile("notebook.json", fs.readFileSync(notebook));
py.FS.writeFile("cells.py", fs.readFileSync(new URL("cells.py", import.meta.url)));
py.setStdout({ batched: (line) => console.log(line) });
await py.runPythonAsync(`
import shutil, site, sys
shutil.unpack_archive("dlcourse.zip", site.getsitepackages()[0])
sys.path.insert(0, ".")
import cells
cells.run("notebook.json")
`);
