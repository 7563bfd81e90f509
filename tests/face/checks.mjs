// What every page is held to: WCAG 2.2 AA as axe knows it, no overflow, targets that can be hit, a focus that can be seen.
// Each gives a list of words about what is wrong, empty if nothing is. Knows no page by name.

import { readFileSync } from "node:fs";
import { file } from "./modules.mjs";

const AXE = readFileSync(file("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** WCAG 2.2, 2.5.8: in CSS pixels. */
const TARGET = 24;
/** So many steps with Tab are looked at on one page. */
const STEPS = 60;

/** Violations of axe; what it could not decide is `notes`. */
export async function axe(page) {
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
    const { violations, incomplete } = await page.evaluate(async (tags) => {
        const found = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations", "incomplete"] });
        const row = ({ id, help, nodes }) => ({
            id, help, nodes: nodes.map(({ target, any, failureSummary }) => ({ at: target.join(" "), why: (any[0]?.message ?? failureSummary ?? "").split("\n").pop().trim() })),
        });
        return { violations: found.violations.map(row), incomplete: found.incomplete.map(row) };
    }, TAGS);
    const words = ({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.at} (${node.why})`).join("; ")}${nodes.length > 3 ? `; and ${nodes.length - 3} more` : ""}`;
    return { faults: violations.map(words), notes: incomplete.map(words) };
}

/** What is wider than the window. Boxes that scroll by themselves may hold what is wider than they are. */
export async function overflow(page) {
    return page.evaluate(() => {
        const wide = innerWidth;
        const root = document.scrollingElement;
        const scrolls = (element) => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
        const held = (element) => {
            for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) if (scrolls(at)) return true;
            return false;
        };
        const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).clipPath === "none" && getComputedStyle(element).clip === "auto";
        const out = [...document.body.querySelectorAll("*")].filter((element) => {
            const box = element.getBoundingClientRect();
            return box.width > 1 && box.height > 1 && (box.right > wide + 1 || box.left < -1) && seen(element) && !held(element);
        });
        const name = (element) => `${element.localName}${element.dataset.testid ? `[${element.dataset.testid}]` : element.className && typeof element.className === "string" ? `.${element.className.trim().replace(/\s+/g, ".")}` : ""} to ${Math.round(element.getBoundingClientRect().right)}`;
        if (root.scrollWidth <= root.clientWidth && out.length === 0) return [];
        return [`overflow: the page is ${root.scrollWidth} wide; ${out.slice(-3).map(name).join(", ")}`];
    });
}

/** The same with WCAG 1.4.12's spacing, and nothing that can be pressed loses its words; the spacing is taken away again. */
export async function spaced(page) {
    await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}");
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    });
    const wide = (await overflow(page)).map((words) => `with text spacing: ${words}`);
    const cut = await page.evaluate(() => {
        const cuts = ({ overflowX, overflowY }) => /hidden|clip/.test(overflowX) || /hidden|clip/.test(overflowY);
        // What is hidden from eyes on purpose is clipped, or one pixel high.
        const hidden = (element) => getComputedStyle(element).clipPath !== "none" || getComputedStyle(element).clip !== "auto" || element.clientHeight <= 1;
        const lost = [...document.querySelectorAll("a,button,label,summary,h1,h2,h3,th,td")].filter((element) => element.checkVisibility()
            && cuts(getComputedStyle(element)) && !hidden(element)
            && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1));
        document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
        return lost.map((element) => `with text spacing: ${element.localName} "${element.textContent.trim().slice(0, 30)}" is cut off`);
    });
    return [...wide, ...cut];
}

/** Targets smaller than WCAG allows; those under 44 are notes. Links inside a sentence are excepted, as there. */
export async function targets(page) {
    const small = await page.evaluate(() => {
        const all = [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary,[role=button],[role=tab],[role=switch],[tabindex='0']")];
        const inSentence = (element) => element.localName === "a" && getComputedStyle(element).display === "inline"
            && [...element.parentElement.childNodes].some((node) => node !== element && node.textContent.trim().length > 1);
        const top = document.querySelector("dialog[open]");
        return all.filter((element) => element.checkVisibility({ visibilityProperty: true }) && !inSentence(element) && (!top || top.contains(element))).flatMap((element) => {
            let { width, height, x, y } = element.getBoundingClientRect();
            // A box with a label is hit by its label, too; a link is hit wherever something of it reaches.
            for (const label of element.labels ?? []) {
                if (!/checkbox|radio/.test(element.type)) break;
                const box = label.getBoundingClientRect();
                [width, height] = [Math.max(x + width, box.right) - Math.min(x, box.x), Math.max(y + height, box.bottom) - Math.min(y, box.y)];
            }
            // Off the screen until it has the keyboard: the skip link.
            if (x + width <= 0 || y + height + scrollY <= 0 || (width <= 1 && height <= 1)) return [];
            const name = (element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 30)) || element.id || element.localName;
            return [{ name, width: Math.round(width * 10) / 10, height: Math.round(height * 10) / 10 }];
        });
    });
    const under = (least, most) => {
        const all = small.filter(({ width, height }) => Math.min(width, height) < most - 0.5 && Math.min(width, height) >= least - 0.5);
        return [...new Set(all.map(({ name, width, height }) => `target "${name}" is ${width} x ${height}`))];
    };
    return { faults: under(0, TARGET), notes: under(TARGET, 44) };
}

/** Walks with Tab: each step can be seen, lies on the screen and under nothing else, and the walk ends. */
export async function focus(page) {
    const faults = new Set();
    // Inside a dialog the keyboard stays where the dialog put it.
    await page.evaluate(() => { if (!document.querySelector("dialog[open]")) document.activeElement?.blur?.(); scrollTo(0, 0); });
    const met = new Set();
    let outside = 0;
    for (let step = 0; step < STEPS; step += 1) {
        await page.keyboard.press("Tab");
        const seen = await page.evaluate(async () => {
            const element = document.activeElement;
            // What scrolls by itself brings it into sight with the next picture.
            await new Promise((drawn) => requestAnimationFrame(drawn));
            if (!element || element === document.body || element === document.documentElement) return null;
            element.dataset.met ??= String(document.querySelectorAll("[data-met]").length);
            const style = getComputedStyle(element);
            const box = element.getBoundingClientRect();
            const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
            const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].map(([across, down]) => [box.x + box.width * across, box.y + box.height * down]);
            const clear = points.some(([x, y]) => { const hit = document.elementFromPoint(x, y); return hit && (hit === element || element.contains(hit) || hit.contains(element) && hit !== document.body && hit !== document.documentElement || element.labels && [...element.labels].some((label) => label.contains(hit))); });
            const name = `${element.localName} "${(element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 30)) || element.id}"`;
            return { met: element.dataset.met, ring, clear, name };
        });
        // Once the keyboard may pass through the browser's own bars.
        if (seen === null && (outside += 1) < 2) continue;
        if (seen === null || met.has(seen.met)) break;
        met.add(seen.met);
        if (!seen.ring) faults.add(`focus on ${seen.name} cannot be seen`);
        if (!seen.clear) faults.add(`focus on ${seen.name} lies under something else, or off the screen`);
    }
    await page.evaluate(() => { for (const element of document.querySelectorAll("[data-met]")) delete element.dataset.met; scrollTo(0, 0); });
    return met.size === 0 ? ["nothing takes the keyboard"] : [...faults];
}
