// What the pages do where something is missing: on phones that lack a clock for requests, and when the program does not come.
// Ends with 1 if somebody would wait for ever.

import { open, window } from "./window.mjs";
import { world as look } from "./world.mjs";

const world = await look();
const browser = await open();
const faults = [];
const seen = (page, place) => page.locator(place).first().waitFor({ state: "visible" }).then(() => true, () => false);
for (const lang of ["en", "bn"]) {
    const old = await window(browser, world, "owner", lang);
    await old.addInitScript(() => delete AbortSignal.timeout);
    await old.goto(world.base);
    if (!(await seen(old, '[data-testid="panel-card"]'))) faults.push(`${lang}: without AbortSignal.timeout no card is drawn`);
    await old.context().close();

    const cut = await window(browser, world, "owner", lang);
    await cut.route("**/*_bg.wasm", (route) => route.abort());
    await cut.goto(world.base);
    if (!(await seen(cut, `#late [lang="${lang}"] a`))) faults.push(`${lang}: without its program the page says nothing`);
    await cut.unroute("**/*_bg.wasm");
    await cut.locator(`#late [lang="${lang}"] a`).click();
    if (!(await seen(cut, '[data-testid="panel-card"]'))) faults.push(`${lang}: loading it again does not help`);
    await cut.context().close();
}
await browser.close();
for (const fault of faults) console.log(`FAULT: ${fault}`);
console.log(`hardship: ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
