// What a browser with an empty cache asks for before the first card stands there, in English and in Bangla, with the bytes of
// each answer as they came over the line; and the weight of each program of ours. Nothing may be asked of another origin.
// Ends with 1 if a bar is broken.

import { gzipSync } from "node:zlib";
import { open, rest, window } from "./window.mjs";
import { world as look } from "./world.mjs";

/** Bytes before the first content, and of a program that is loaded by then; as sent, with headers. */
const FIRST_MAX = 280_000;
const WASM_MAX = 200_000;

const world = await look();
const browser = await open();
const faults = [];
const weights = new Map();

/** Loads a page and gives what it asked for, in the order of the answers. */
async function loaded(who, lang, path, ready) {
    const page = await window(browser, world, who, lang);
    const tools = await page.context().newCDPSession(page);
    const calls = new Map();
    let clock;
    await tools.send("Network.enable");
    tools.on("Network.requestWillBeSent", ({ requestId, request, timestamp, wallTime }) => {
        // Answers are timed by another clock than what happens on the page.
        clock ??= wallTime - timestamp;
        calls.set(requestId, { url: request.url, at: Infinity, bytes: 0, packed: "", parts: [] });
    });
    tools.on("Network.responseReceived", ({ requestId, response }) => {
        const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]));
        Object.assign(calls.get(requestId) ?? {}, { packed: headers["content-encoding"] ?? "", status: response.status });
    });
    tools.on("Network.dataReceived", ({ requestId, encodedDataLength, timestamp }) => calls.get(requestId)?.parts.push({ bytes: encodedDataLength, at: timestamp }));
    tools.on("Network.loadingFinished", ({ requestId, encodedDataLength, timestamp }) => Object.assign(calls.get(requestId) ?? {}, { bytes: encodedDataLength, at: timestamp }));
    await page.addInitScript((ready) => {
        const look = () => {
            if (document.querySelector(ready)) window.shownAt = performance.timeOrigin + performance.now();
            else requestAnimationFrame(look);
        };
        look();
    }, ready);
    await page.goto(world.base + path, { waitUntil: "commit" });
    await page.waitForFunction(() => window.shownAt);
    const shown = (await page.evaluate(() => window.shownAt)) / 1_000 - clock;
    await rest(page);
    await page.context().close();
    return [...calls.values()].filter(({ url }) => !url.startsWith("data:")).map((call) => ({ ...call, before: call.at <= shown, part: call.parts.filter(({ at }) => at <= shown).reduce((sum, { bytes }) => sum + bytes, 0) }));
}

/** Each page until its first card, field or chart stands there. */
const panel = (world.panels.active ?? world.panels.low).id;
const LOOKED_AT = [
    ["owner", "/", '[data-testid="panel-card"]'], ["nobody", "/sign-in", "#email"],
    ["owner", "/usage", '[data-testid="usage-across"]'], ["owner", "/account", "#name"],
    ["owner", `/panels/${panel}`, '[data-testid="panel-card"]'],
];
for (const [who, path, ready] of LOOKED_AT) {
    for (const lang of ["en", "bn"]) {
        const calls = await loaded(who, lang, path, ready);
        console.log(`\n${path} ${lang}, ${who === "nobody" ? "signed out" : "signed in"}:`);
        for (const { url, bytes, packed, before } of calls) {
            const name = url.startsWith(world.base) ? url.slice(world.base.length) : url;
            console.log(`  ${String(bytes).padStart(7)}  ${packed.padEnd(4)} ${before ? "" : "(later) "}${name.replace(/[?].*/, "?…")}`);
            const ours = new URL(url).host === new URL(world.base).host;
            if (!ours) faults.push(`${path} ${lang} asks another origin: ${url}`);
            const text = /\.(js|css|wasm)$|\/$/.test(new URL(url).pathname);
            if (ours && text && packed !== "br") faults.push(`${path} ${lang}: ${name} is not sent as brotli`);
            if (before && name.endsWith(".wasm")) weights.set(url, Math.max(bytes, weights.get(url) ?? 0));
        }
        // Of what was still on its way, as much as had come.
        const first = calls.reduce((sum, { before, bytes, part }) => sum + (before ? bytes : part), 0);
        console.log(`  ${String(first).padStart(7)}  before the first content, of ${FIRST_MAX}`);
        if (first > FIRST_MAX) faults.push(`${path} ${lang}: ${first} bytes before the first content, of ${FIRST_MAX}`);
    }
}
await browser.close();
console.log("\nprograms, in bytes: raw, gzip, brotli with its headers");
for (const [url, packed] of weights) {
    const raw = Buffer.from(await (await fetch(url, { headers: { "accept-encoding": "identity" } })).arrayBuffer());
    console.log(`  ${raw.length}  ${gzipSync(raw, { level: 9 }).length}  ${packed}  ${new URL(url).pathname}`);
    if (packed > WASM_MAX) faults.push(`${new URL(url).pathname} has ${packed} bytes, and may have ${WASM_MAX}`);
}
if (weights.size === 0) faults.push("no program was seen to come before the first content");
for (const fault of faults) console.log(`FAULT: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
