// Pictures of every page, narrow and wide, light and dark, English and Bangla, on one sheet a width: target/contact-sheet holds
// index.html with all of them, and one large picture for each width. It judges nothing; somebody looks.
//
//   node contact_sheet.mjs [PART OF A NAME]     HOURGLASS_FACE_ALL=1 for every state, not only those marked for the sheet

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkout } from "./modules.mjs";
import { table } from "./pages.mjs";
import { visit } from "./visit.mjs";
import { dress, open, rest, widen } from "./window.mjs";
import { world as look } from "./world.mjs";

const folder = join(checkout, "target/contact-sheet");
/** Width of the window, of its picture on the sheet, and how many pages stand side by side. */
const SHEETS = [{ width: 360, small: 180, across: 4 }, { width: 1280, small: 400, across: 2 }];
const THEMES = ["light", "dark"];
const LANGS = ["en", "bn"];
/** What is longer lacks its middle on the sheet; its own picture is whole. In pixels of the sheet. */
const LONG = 900;
/** So much of that is the page's end. */
const END = 300;
/** The highest window that is made, in pixels. */
const HIGH = 12_000;

const world = await look();
const { rows, missing } = table(world, { only: process.argv[2] });
const wanted = rows.filter(({ onSheet }) => onSheet || process.env.HOURGLASS_FACE_ALL === "1");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const failed = [];
/** How high each picture's page is, in pixels. */
const heights = new Map();
const slug = (name) => name.replace(/[^a-z0-9]+/gi, "-");
const shot = (row, width, theme, lang) => `${slug(row.name)}-${width}-${theme}-${lang}.png`;

/**
 * Makes the window as high as the page, so that what is fixed to its edge stands at the end, and what rests off the screen is
 * drawn. Says how high the page is.
 */
async function tall(page, width, row) {
    await widen(page, width);
    for (let before = 0; ;) {
        const whole = await page.evaluate(() => document.scrollingElement.scrollHeight);
        const height = Math.min(HIGH, whole);
        if (height <= before) return whole;
        before = height;
        await page.setViewportSize({ width, height });
        await rest(page, row);
    }
}

/** All pictures of a state in one language. */
async function picture(page, row, lang) {
    for (const { width } of SHEETS) {
        for (const theme of THEMES) {
            await dress(page, theme, lang);
            const name = shot(row, width, theme, lang);
            heights.set(name, await tall(page, width, row));
            await page.screenshot({ path: join(folder, name), animations: "disabled" });
        }
    }
}

/** The sheet of one width, or of both. */
function sheet(sheets, shown) {
    const linked = (row, width, small, theme, lang) => {
        const name = shot(row, width, theme, lang);
        const image = (end) => `<img${end} src="${name}" width="${small}" alt="${row.name}, ${width}, ${theme}, ${lang}">`;
        const isLong = (heights.get(name) ?? 0) * small > LONG * width;
        return `<a href="${name}">${isLong ? image(' class="begin"') + image(' class="end"') : image("")}</a>`;
    };
    const box = (row, { width, small }) => `<figure><figcaption>${row.name} · ${width}</figcaption><div>${LANGS.flatMap((lang) => THEMES.map((theme) => linked(row, width, small, theme, lang))).join("")}</div></figure>`;
    const part = (of) => `<section style="grid-template-columns:repeat(${of.across},max-content)">${shown.map((row) => box(row, of)).join("")}</section>`;
    return `<!doctype html><meta charset="utf-8"><title>Contact sheet</title><style>
        body{margin:12px;background:#888;font:12px system-ui;width:max-content}section{display:grid;gap:16px;align-items:start}
        figure{margin:0}figcaption{font-weight:700;padding:2px 0}div{display:flex;gap:4px;align-items:start}
        a,img{display:block}img{height:auto}.begin,.end{object-fit:cover}.begin{height:${LONG - END}px;object-position:top}
        .end{height:${END}px;object-position:bottom;border-top:3px dashed #c00}</style>${sheets.map(part).join("<hr>")}`;
}

const browser = await open();
await Promise.all(LANGS.map((lang) => visit(browser, world, wanted, lang, {
    look: (page, row) => picture(page, row, lang),
    amiss: (row, words) => failed.push(...words.map((word) => `${row.name} ${lang}: ${word}`)),
})));
const shown = wanted;
writeFileSync(join(folder, "index.html"), sheet(SHEETS, shown));
for (const of of SHEETS) {
    const file = join(folder, `sheet-${of.width}.html`);
    writeFileSync(file, sheet([of], shown));
    const page = await browser.newPage({ viewport: { width: of.across * (of.small + 4) * 4 + (of.across - 1) * 16 + 24, height: 900 } });
    await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
    await page.screenshot({ path: join(folder, `sheet-${of.width}.png`), fullPage: true });
}
await browser.close();
for (const line of failed) console.log(`FAULT: ${line}`);
for (const [name, height] of heights) if (height > HIGH) console.log(`cut at ${HIGH} of ${height} pixels: ${name}`);
if (missing.length) console.log(`not there to look at: ${missing.map(({ name }) => name).join(", ")}`);
console.log(`${shown.length} states: ${join(folder, "index.html")}, sheet-360.png, sheet-1280.png`);
process.exitCode = failed.length > 0 ? 1 : 0;
