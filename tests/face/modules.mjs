// What comes from npm and from the machine: where the set-up put it. Knows no page.
//
//   HOURGLASS_CACHE   where tools are kept, default ~/.cache/hourglass
//   CHROMIUM          the browser, default: chromium of the path

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const cache = resolve(root, process.env.HOURGLASS_CACHE || join(homedir(), ".cache/hourglass"));
const home = join(cache, "face");

/** Says what is wrong, and ends with 2: this is no finding about a page. */
export function die(why) {
    console.error(`face: ${why}`);
    process.exit(2);
}

if (!existsSync(join(home, "node_modules/playwright-core"))) {
    die(`what the proofs of the pages need of npm is missing (${home}): run \`make setup\``);
}

/** The path of a file of an installed package. */
export const file = (path) => join(home, "node_modules", path);

/** The same, run as a module. */
export const load = (path) => import(pathToFileURL(file(path)).href);

/** The browser's program. */
export function chromium() {
    if (process.env.CHROMIUM) return process.env.CHROMIUM;
    const found = process.env.PATH.split(delimiter).map((folder) => join(folder, "chromium")).find(existsSync);
    return found ?? die("chromium is missing: run `make setup`");
}

/** The checkout. */
export const checkout = root;
