// Goes through the rows of the table in one language, each person in a window of their own, and shows each state to `look`.
// Knows what it takes to reach a state and to leave it; judges nothing.

import { AWAITED, NOWHERE } from "./pages.mjs";
import { go, rest, widen, window } from "./window.mjs";

const WIDE = 1280;

/** Those of the awaited pages that are not there: they have the heading of an address that leads nowhere. */
async function unbuilt(of, world, rows) {
    const heading = async (who, path) => {
        const page = await of(who);
        await go(page, world, path);
        return page.locator("h1").first().textContent();
    };
    const nowhere = await heading("nobody", NOWHERE);
    const absent = new Set();
    for (const name of AWAITED) {
        const row = rows.find(({ page }) => page === name);
        if (row && (await heading(row.who, row.path)) === nowhere) absent.add(name);
    }
    return absent;
}

/**
 * Shows each row: `look(page, row)` at the state, `amiss(row, words)` what went wrong on the way there and what the page itself
 * cried out. Gives the names of pages that are not there yet.
 */
export async function visit(browser, world, rows, lang, { look, amiss }) {
    const windows = new Map();
    const of = async (who) => {
        if (!windows.has(who)) windows.set(who, await window(browser, world, who, lang));
        return windows.get(who);
    };
    const absent = await unbuilt(of, world, rows);
    for (const row of rows.filter(({ page }) => !absent.has(page))) {
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
            await page.unrouteAll({ behavior: "ignoreErrors" });
            amiss(row, page.faults.splice(0));
            // What was held back is never answered: the next page begins without it.
            page.calls.clear();
        }
    }
    for (const page of windows.values()) await page.context().close();
    return absent;
}
