// A poor network and none: when words, skeletons and the first card stand there on a slow one; that figures stay, with their
// age, once it is gone; that a page which is opened then says so; that everything recovers by itself. Pictures go to
// target/network. Ends with 1 if something is missing.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./modules.mjs";
import { open, signIn, window } from "./window.mjs";
import { world as look } from "./world.mjs";

/** "Slow 3G" of Chromium's own tools: bytes a second each way, and ms until an answer begins. */
const SLOW = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const FAST = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
const NONE = { ...FAST, offline: true };
const LONG = 120_000;

const folder = join(checkout, "target/network");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const world = await look();
const browser = await open();
const faults = [];

for (const lang of ["en", "bn"]) {
    const page = await window(browser, world, "nobody", lang, { viewport: { width: 360, height: 740 }, serviceWorkers: "allow" });
    await signIn(page.context(), world, "owner");
    page.setDefaultTimeout(LONG);
    const tools = await page.context().newCDPSession(page);
    await tools.send("Network.enable");
    const line = (how) => tools.send("Network.emulateNetworkConditions", how);
    const shot = (name) => page.screenshot({ path: join(folder, `${lang}-${name}.png`) });
    const sees = async (what, css) => {
        const there = await page.locator(css).first().waitFor().then(() => true, () => false);
        if (!there) faults.push(`${lang}: ${what} is not there (${css})`);
        return there;
    };
    const card = '[data-testid="panel-card"]';

    await line(SLOW);
    const begun = Date.now();
    const since = () => ((Date.now() - begun) / 1000).toFixed(1);
    await page.goto(`${world.base}/`, { waitUntil: "commit", timeout: LONG });
    await page.locator("#shell, h1").first().waitFor();
    console.log(`${lang}, slow 3G, nothing kept: words after ${since()} s`);
    await shot("1-slow-words");
    if (await page.locator(".skeleton").first().waitFor({ state: "attached" }).then(() => true, () => false)) {
        console.log(`${lang}, slow 3G: skeletons after ${since()} s`);
        await shot("2-slow-skeletons");
    }
    if (await sees("the first card", card)) console.log(`${lang}, slow 3G: first card after ${since()} s`);
    await shot("3-slow-card");
    await line(FAST);
    await page.reload({ waitUntil: "load" });
    await sees("a card", card);
    const figure = await page.locator(`${card} .figure`).first().textContent();

    await line(NONE);
    await page.context().setOffline(true);
    await sees("the word that there is no network", '[data-testid="offline"]');
    await sees("a card that says it is old", `${card}.stale`);
    await sees("how old it is", '[data-testid="age"]');
    if ((await page.locator(`${card} .figure`).first().textContent()) !== figure) faults.push(`${lang}: the last figure is gone`);
    await shot("4-offline");
    const kept = await page.evaluate(() => navigator.serviceWorker?.controller !== null && navigator.serviceWorker !== undefined);
    if (kept) {
        await page.reload({ waitUntil: "load" }).catch((fault) => faults.push(`${lang}: reloaded without a network: ${fault.message.split("\n")[0]}`));
        await sees("kept panels on a page that was opened without a network", `${card}.stale`);
        const fresh = await page.locator(`${card}:not(.stale)`).count();
        if (fresh > 0) faults.push(`${lang}: ${fresh} figures look fresh on a page that was opened without a network`);
        await shot("5-offline-reloaded");
    } else {
        faults.push(`${lang}: no service worker, so nothing to reload`);
    }
    await page.context().setOffline(false);
    await line(FAST);
    await sees("a fresh card after the network is back", `${card}:not(.stale)`);
    await page.locator('[data-testid="offline"]').first().waitFor({ state: "detached" }).catch(() => faults.push(`${lang}: it still says that there is no network`));
    await shot("6-recovered");
    await page.context().close();
}
await browser.close();
for (const fault of faults) console.log(`FAULT: ${fault}`);
console.log(`pictures: ${folder}`);
process.exitCode = faults.length > 0 ? 1 : 0;
