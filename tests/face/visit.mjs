// Goes through the rows of the table in one language, each person in a window of their own, and shows each state to `look`.
// Knows what it takes to reach a state and to leave it; judges nothing.

import { go, rest, widen, window } from "./window.mjs";

const WIDE = 1280;

/**
 * Shows each row: `look(page, row)` at the state, `amiss(row, words)` what went wrong on the way there and what the page itself
 * cried out.
 */
export async function visit(browser, world, rows, lang, { look, amiss }) {
    const windows = new Map();
    const of = async (who) => {
        if (!windows.has(who)) windows.set(who, await window(browser, world, who, lang));
        return windows.get(who);
    };
    for (const row of rows) {
        const page = await of(row.who);
        try {
            await widen(page, WIDE);
            await row.before?.(page);
            await go(page, world, row.path, row);
            await row.act?.(page, world, row);
            if (row.act) await rest(page, row);
            await look(page, row);
        } catch (fault) {
            amiss(row, [`is not reached: ${fault.message.split("\n")[0]}`]);
        } finally {
            await row.after?.(page);
            amiss(row, page.faults.splice(0));
            // What was held back is never answered: the next page begins without it, and with no call of this one.
            await page.goto("about:blank");
            await page.unrouteAll({ behavior: "ignoreErrors" });
            page.calls.clear();
        }
    }
    for (const page of windows.values()) await page.context().close();
}
