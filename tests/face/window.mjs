// A browser and its windows: who is signed in, in which language, how wide, light or dark, and when a page is at rest.
// Knows no page by name.

import { chromium as program, die, load } from "./modules.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--font-render-hinting=none"];
/** What a page may take to show something, in ms. Generous: it only matters when something is wrong. */
export const PATIENCE = 20_000;
/** So long nothing must happen before a page is at rest, in ms. */
const REST = 120;

/** Starts the browser. */
export async function open(options = {}) {
    const { chromium } = await load("playwright-core/index.mjs");
    return chromium.launch({ executablePath: program(), args: FLAGS, ...options });
}

/** A window of its own, in a language; `who` of `world.people` is signed in, `nobody` is nobody. */
export async function window(browser, world, who, lang, options = {}) {
    const context = await browser.newContext({
        viewport: { width: 1280, height: 900 }, locale: lang === "bn" ? "bn-BD" : "en-US", timezoneId: "Asia/Dhaka",
        reducedMotion: "reduce", colorScheme: "light", serviceWorkers: "block", ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    await context.addInitScript((lang) => {
        try { localStorage.setItem("hg-lang", lang); } catch { /* an empty page has no storage */ }
    }, lang);
    if (who !== "nobody") await signIn(context, world, who);
    const page = await context.newPage();
    page.calls = new Set();
    page.on("request", (call) => call.url().includes("/api/") && page.calls.add(call));
    for (const over of ["requestfinished", "requestfailed"]) page.on(over, (call) => page.calls.delete(call));
    page.faults = [];
    page.on("pageerror", (fault) => page.faults.push(`uncaught: ${fault.message}`));
    page.on("console", (line) => /Content Security Policy|panicked/.test(line.text()) && page.faults.push(line.text()));
    return page;
}

/** Signs somebody in, over the API: the cookies are the context's. */
export async function signIn(context, world, who) {
    const person = world.people[who] ?? die(`nobody is called ${who}`);
    const { email, password } = person;
    const answer = await context.request.post(`${world.base}/api/v1/auth/sign-in`, { data: { email, password } });
    if (!answer.ok()) die(`${email} cannot sign in: ${answer.status()} ${await answer.text()}`);
}

/** Waits until nothing is asked for, nothing is busy and the letters are there. */
export async function rest(page, { busy = false } = {}) {
    if (!busy) {
        let since = Date.now();
        const until = since + PATIENCE;
        // Moments of Chromium, not of this machine's clock: a page that is late is waited for.
        while (Date.now() - since < REST) {
            const still = await page.evaluate(() => new Promise((look) => requestAnimationFrame(() => requestAnimationFrame(
                () => look(!document.querySelector('[aria-busy="true"]')))))).catch(() => false);
            if (!still || page.calls.size > 0) since = Date.now();
            if (Date.now() > until) throw new Error(`never at rest: ${[...page.calls].map((call) => call.url())}`);
        }
    }
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** Goes to an address and waits for its heading. */
export async function go(page, world, path, options = {}) {
    await page.goto(world.base + path, { waitUntil: "load" });
    await page.locator(options.ready ?? "h1#heading").first().waitFor();
    await rest(page, options);
}

/** Light or dark: in English as the device asks, in Bangla by the visitor's choice, so that both ways are seen. */
export async function dress(page, theme, lang) {
    await page.emulateMedia({ colorScheme: lang === "bn" ? "light" : theme });
    await page.evaluate(([theme, chosen]) => {
        const root = document.documentElement;
        if (chosen) root.setAttribute("data-theme", theme);
        else root.removeAttribute("data-theme");
    }, [theme, lang === "bn"]);
}

/** How wide the window is; the height that goes with it. */
export async function widen(page, width) {
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
}
