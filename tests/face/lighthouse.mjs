// Lighthouse on the panels page of somebody who is signed in, English and Bangla, mobile profile: the median of five runs
// against the bars, and each run. Ends with 1 if a bar is broken, or if Lighthouse could not see the largest paint.
//
//   HOURGLASS_LIGHTHOUSE_RUNS       how often, default 5
//   HOURGLASS_LIGHTHOUSE_METHODS    default "simulate"; "simulate devtools" also throttles in earnest, and is only told

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout, chromium as program, load } from "./modules.mjs";
import { signIn } from "./window.mjs";
import { world as look } from "./world.mjs";

const RUNS = Number(process.env.HOURGLASS_LIGHTHOUSE_RUNS ?? 5);
const METHODS = (process.env.HOURGLASS_LIGHTHOUSE_METHODS ?? "simulate").split(" ");
/** What the medians are held to; the first three from below. */
const BARS = { performance: 95, accessibility: 100, "best-practices": 100, lcp: 2_000, cls: 0.05 };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

const { chromium } = await load("playwright-core/index.mjs");
const { default: lighthouse } = await load("lighthouse/core/index.js");
const world = await look();
const folder = join(checkout, "target/lighthouse");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const faults = [];
const median = (all) => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)];

const freePort = () => new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
        const { port } = server.address();
        server.close(() => done(port));
    });
});

/** One run in a browser that is signed in already: Lighthouse opens a tab of its own beside, with the same cookies. */
async function run(port, method) {
    const { lhr } = await lighthouse(`${world.base}/`, { port, output: "json", logLevel: "error", onlyCategories: ["performance", "accessibility", "best-practices"], throttlingMethod: method });
    const lcp = lhr.audits["largest-contentful-paint"];
    if (lcp.errorMessage || lhr.runtimeError) faults.push(`Lighthouse could not look: ${lcp.errorMessage ?? lhr.runtimeError.message}`);
    if (!lhr.finalDisplayedUrl.endsWith("/")) faults.push(`Lighthouse was led to ${lhr.finalDisplayedUrl}: is nobody signed in?`);
    const score = (name) => Math.round(lhr.categories[name].score * 100);
    const failed = Object.values(lhr.categories).filter(({ id }) => id !== "performance").flatMap(({ auditRefs }) => auditRefs)
        .map(({ id }) => lhr.audits[id]).filter(({ score }) => score !== null && score < 1).map(({ id, title }) => `${id}: ${title}`);
    return {
        report: lhr, failed, performance: score("performance"), accessibility: score("accessibility"), "best-practices": score("best-practices"),
        fcp: lhr.audits["first-contentful-paint"].numericValue, lcp: lcp.numericValue,
        tbt: lhr.audits["total-blocking-time"].numericValue, cls: lhr.audits["cumulative-layout-shift"].numericValue,
    };
}

for (const lang of ["en", "bn"]) {
    const profile = mkdtempSync(join(tmpdir(), "hourglass-lighthouse-"));
    const port = await freePort();
    const context = await chromium.launchPersistentContext(profile, { executablePath: program(), args: [...FLAGS, `--remote-debugging-port=${port}`], locale: lang === "bn" ? "bn-BD" : "en-US" });
    await signIn(context, world, "owner");
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${world.base}/healthz`);
    await page.evaluate((lang) => localStorage.setItem("hg-lang", lang), lang);
    await page.goto("about:blank");
    for (const method of METHODS) {
        const all = [];
        for (let at = 0; at < RUNS; at += 1) {
            const one = await run(port, method);
            writeFileSync(join(folder, `${lang}-${method}-${at + 1}.json`), JSON.stringify(one.report));
            all.push(one);
            console.log(`  ${lang} ${method} ${at + 1}: performance ${one.performance}, LCP ${Math.round(one.lcp)} ms, CLS ${one.cls.toFixed(3)}, TBT ${Math.round(one.tbt)} ms`);
        }
        const of = (name) => median(all.map((one) => one[name]));
        console.log(`${lang}, ${method}, median of ${RUNS}: performance ${of("performance")}, accessibility ${of("accessibility")}, best practices ${of("best-practices")}, FCP ${Math.round(of("fcp"))} ms, LCP ${Math.round(of("lcp"))} ms, CLS ${of("cls").toFixed(3)}, TBT ${Math.round(of("tbt"))} ms`);
        for (const line of new Set(all.flatMap(({ failed }) => failed))) console.log(`    ${line}`);
        if (method !== "simulate") continue;
        for (const [name, bar] of Object.entries(BARS)) {
            const bad = ["lcp", "cls"].includes(name) ? of(name) > bar : of(name) < bar;
            if (bad) faults.push(`${lang}: ${name} is ${of(name)}, and the bar is ${bar}`);
        }
    }
    await context.close();
    rmSync(profile, { recursive: true, force: true });
}
for (const fault of new Set(faults)) console.log(`FAULT: ${fault}`);
console.log(`reports: ${folder}`);
process.exitCode = faults.length > 0 ? 1 : 0;
