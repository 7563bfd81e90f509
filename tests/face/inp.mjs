// How long a page takes to answer: ten acts on a processor that is six times slower, five times each, by what the browser
// itself measures as an interaction (from the finger to the next picture). The median of each act counts.
// Ends with 1 if three quarters of the acts take more than 200 ms, or one more than 350.

import { open, rest, go, window } from "./window.mjs";
import { world as look } from "./world.mjs";

const SLOWER = 6;
const RUNS = 5;
const P75_MAX = 200;
const WORST_MAX = 350;

const world = await look();
const active = world.panels.active ?? world.panels.low;

/** name, page, what is pressed, what is done before that at full speed, and what undoes it */
const ACTS = [
    { name: "switch the language", path: "/", press: (page) => page.locator('[data-testid="language"]').first().click() },
    { name: "switch the theme", path: "/", press: (page) => page.locator('[data-testid="theme"]').first().click() },
    { name: "type in search", path: "/", from: '[data-testid="find"]', press: async (page) => {
        await page.locator('[data-testid="find"]').focus();
        await page.keyboard.press("a");
    } },
    // The second: the first shows all, as at the beginning.
    { name: "filter", path: "/", from: '[data-testid="chip"]', press: (page, from) => page.locator(from).nth(1).click() },
    { name: "ask about stopping", path: `/panels/${active.id}`, press: (page) => page.locator('[data-testid="action-stop"]').click() },
    { name: "leave the question", path: `/panels/${active.id}`, ready: (page) => page.locator('[data-testid="action-stop"]').click().then(() => page.locator('dialog[open] [data-testid="cancel"]').waitFor()), press: (page) => page.locator('dialog[open] [data-testid="cancel"]').click() },
    { name: "step through the days", path: `/panels/${active.id}`, ready: (page) => page.locator("#usage-days-plot").focus(), press: (page) => page.keyboard.press("ArrowLeft") },
    { name: "mark a notice read", path: "/notices", from: '[data-testid^="read-"]:not([data-testid="read-all"])', press: (page, from) => page.locator(from).first().click() },
    { name: "choose another stretch of time", path: "/usage", from: ".chip", press: (page, from) => page.locator(from).first().click() },
    { name: "show the password", who: "nobody", path: "/sign-in", press: (page) => page.locator('[data-testid="show-password"]').click() },
];

const median = (all) => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)];

/** One act once: the longest interaction of it, in ms; `null` if what is pressed is not there. */
async function once(page, tools, act) {
    await tools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await go(page, world, act.path);
    if (act.from && (await page.locator(act.from).count()) === 0) return null;
    await act.ready?.(page);
    await tools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    // In the page's own memory: it survives a change of page inside the program, and a new page is no answer to wait for.
    await page.evaluate(() => {
        window.met = [];
        new PerformanceObserver((list) => window.met.push(...list.getEntries().map(({ interactionId, duration, name }) => ({ interactionId, duration, name }))))
            .observe({ type: "event", durationThreshold: 16, buffered: false });
    });
    await act.press(page, act.from);
    const met = await page.evaluate(() => new Promise((done) => {
        // Two pictures later everything that the act caused at once has been drawn and reported.
        const later = (left) => (left === 0 ? done(window.met ?? []) : requestAnimationFrame(() => later(left - 1)));
        const idle = () => requestIdleCallback(() => later(3), { timeout: 2_000 });
        idle();
    })).catch(() => null);
    // The act led to another document: that is a load, not an answer.
    if (met === null) return null;
    // What the browser does not report took less than one picture.
    return Math.max(0, ...met.filter(({ interactionId }) => interactionId > 0).map(({ duration }) => duration));
}

const browser = await open();
const medians = [];
const lang = process.env.HOURGLASS_FACE_LANG ?? "bn";
for (const act of ACTS) {
    const page = await window(browser, world, act.who ?? active.who, lang, { viewport: { width: 360, height: 740 } });
    const tools = await page.context().newCDPSession(page);
    const all = [];
    for (let run = 0; run < RUNS; run += 1) all.push(await once(page, tools, act).catch((fault) => console.log(`        ${act.name}: ${fault.message.split("\n")[0]}`) ?? null));
    await page.context().close();
    if (all.includes(null)) {
        console.log(`        ${act.name}: not there, or a load`);
        continue;
    }
    medians.push(median(all));
    console.log(`${String(median(all)).padStart(5)} ms  ${act.name}  (${all.join(", ")})`);
}
await browser.close();
const sorted = [...medians].sort((one, other) => one - other);
const p75 = sorted[Math.ceil(sorted.length * 0.75) - 1];
const worst = sorted.at(-1);
console.log(`${medians.length} acts at ${SLOWER}x, ${lang}, 360 px: p75 ${p75} ms of ${P75_MAX}, worst ${worst} ms of ${WORST_MAX}`);
if (medians.length < 8) console.log("FAULT: fewer than eight acts could be done");
process.exitCode = p75 > P75_MAX || worst > WORST_MAX || medians.length < 8 ? 1 : 0;
