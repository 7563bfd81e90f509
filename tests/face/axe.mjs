// Every page in every state, light and dark, English and Bangla, narrow and wide: axe finds nothing, nothing is wider than the
// window, every target can be hit and the keyboard can be followed. Ends with 1 if anything is wrong, and says what.
//
//   node axe.mjs [PART OF A NAME]     see world.mjs for where and who
//   HOURGLASS_FACE_STRICT=1           a state that the world lacks is a fault, too

import { axe, focus, overflow, spaced, targets } from "./checks.mjs";
import { table } from "./pages.mjs";
import { visit } from "./visit.mjs";
import { dress, open, widen } from "./window.mjs";
import { world as look } from "./world.mjs";

const WIDE = 1280;
const NARROW = 360;
/** Beside those two, where nothing but the width is looked at. */
const OTHERS = [320, 700, 768];
const strict = process.env.HOURGLASS_FACE_STRICT === "1";

const begun = Date.now();
const world = await look();
const { rows, missing } = table(world, { only: process.argv[2] });
const faults = new Map();
const notes = new Map();
let looks = 0;

/** Keeps words of one state under the words, so that what is wrong everywhere is said once. */
function keep(into, where, words) {
    for (const word of words) into.set(word, [...(into.get(word) ?? []), where]);
}

/** All that is looked at while a page stands as it is. */
async function examine(page, row, lang) {
    for (const [width, keyboard] of [[WIDE, lang === "en"], [NARROW, lang === "en"]]) {
        await widen(page, width);
        for (const theme of ["light", "dark"]) {
            await dress(page, theme, lang);
            const where = `${row.name} ${lang} ${theme} ${width}`;
            const found = await axe(page);
            looks += 1;
            keep(faults, where, found.faults);
            keep(notes, where, found.notes);
        }
        const where = `${row.name} ${lang} ${width}`;
        keep(faults, where, await overflow(page));
        keep(faults, where, await spaced(page));
        const hit = await targets(page);
        keep(faults, where, hit.faults);
        keep(notes, where, hit.notes);
        if (keyboard && !row.busy) keep(faults, where, await focus(page));
    }
    for (const width of OTHERS) {
        await widen(page, width);
        keep(faults, `${row.name} ${lang} ${width}`, [...(await overflow(page)), ...(await spaced(page))]);
    }
}

function say(title, words) {
    for (const [word, where] of words) console.log(`${title} ${word}\n    ${where.slice(0, 4).join("; ")}${where.length > 4 ? `; and ${where.length - 4} more` : ""}`);
}

const browser = await open();
await Promise.all(["en", "bn"].map((lang) => visit(browser, world, rows, lang, {
    look: (page, row) => examine(page, row, lang),
    amiss: (row, words) => keep(faults, `${row.name} ${lang}`, words),
})));
await browser.close();
say("note:", notes);
if (missing.length) console.log(`not there to look at: ${missing.map(({ name }) => name).join(", ")}`);
say("FAULT:", faults);
const lacking = strict ? missing.filter(({ optional }) => !optional).map(({ name }) => name) : [];
if (lacking.length) console.log(`FAULT: the world lacks ${lacking.join(", ")}`);
console.log(`${rows.length} states, ${looks} times axe, ${faults.size} faults, ${notes.size} notes, ${Math.round((Date.now() - begun) / 1000)} s`);
process.exitCode = faults.size + lacking.length > 0 ? 1 : 0;
