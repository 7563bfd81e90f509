// A thousand panels: while the list is scrolled from end to end and searched key by key, nothing keeps the page busy for more
// than 100 ms at a time. Loading is not looked at here. Ends with 1 if something does.

import { go, open, rest, window } from "./window.mjs";
import { world as look } from "./world.mjs";

const TASK_MAX = 100;
const WHEEL = 600;
/** So many panels there are. */
const MANY = 1_000;
const WORDS = ["panel 07", "0999", "zzz"];

const world = await look();
const browser = await open();
const faults = [];
for (const width of [1280, 360]) {
    const page = await window(browser, world, "owner", "en", { viewport: { width, height: 800 } });
    await go(page, world, "/", { ready: '[data-testid="panel-card"]' });
    const tasks = (name) => page.evaluate((name) => {
        const all = window.tasks ?? [];
        window.tasks = [];
        return all.map((task) => ({ name, task }));
    }, name);
    await page.evaluate(() => {
        window.tasks = [];
        new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: "longtask", buffered: false });
    });
    // A list that waits for the next key says that it is busy.
    const drawn = async () => {
        await page.waitForFunction(() => !document.querySelector('main [aria-busy="true"]'));
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    };
    const met = [];
    await page.mouse.move(width / 2, 400);
    let turns = 0;
    for (let before = -1; turns < 2_000; turns += 1) {
        await page.mouse.wheel(0, WHEEL);
        // The wheel is heard in a moment; only at the end of the page it changes nothing.
        const at = await page.evaluate((before) => new Promise((done) => {
            let left = 30;
            const look = () => (Math.round(scrollY) !== before || (left -= 1) === 0 ? done(Math.round(scrollY)) : requestAnimationFrame(look));
            look();
        }), before);
        // A list that is drawn piece by piece has a button at its end.
        if (at === before) {
            const more = page.locator('[data-testid="show-more"]');
            if ((await more.count()) === 0) break;
            await more.click();
            await drawn();
        }
        before = at;
    }
    met.push(...(await tasks("scrolling")));
    const end = await page.evaluate(() => scrollY + innerHeight >= document.scrollingElement.scrollHeight - 2);
    const places = await page.evaluate(() => [...document.querySelectorAll("[aria-setsize]")].map((row) => `${row.ariaPosInSet} of ${row.ariaSetSize}`));
    if (!end || !places.includes(`${MANY} of ${MANY}`)) faults.push(`${width} px: the end of ${MANY} panels is not reached, but ${places.at(-1)}`);
    const last = await page.evaluate(() => document.querySelectorAll('[data-testid="panel-card"]').length);
    await page.evaluate(() => scrollTo(0, 0));
    await drawn();
    await tasks("");
    const find = page.locator('[data-testid="find"]');
    for (const words of WORDS) {
        await find.focus();
        for (const key of words) {
            await page.keyboard.press(key);
            await drawn();
        }
        const found = await page.locator('[data-testid="panel-card"]').count();
        if ((words === "zzz") !== (found === 0)) faults.push(`${width} px: "${words}" finds ${found} panels`);
        for (const _ of words) {
            await page.keyboard.press("Backspace");
            await drawn();
        }
    }
    met.push(...(await tasks("searching")));
    for (const filter of await page.locator('[data-testid="chip"]').all()) {
        await filter.click();
        await drawn();
    }
    met.push(...(await tasks("filtering")));
    await rest(page);
    await page.context().close();
    const long = met.filter(({ task }) => task > TASK_MAX);
    console.log(`${width} px: ${MANY} panels, ${turns} turns of the wheel, ${last} cards in the page at the end; long tasks: ${met.map(({ name, task }) => `${name} ${task}`).join(", ") || "none"}`);
    for (const { name, task } of long) faults.push(`${width} px: ${name} keeps the page busy for ${task} ms`);
}
await browser.close();
for (const fault of faults) console.log(`FAULT: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
