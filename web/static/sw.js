// Opens the dashboard without a network. It keeps the customer's four pages and the files that they name, as they were built together; a
// page comes from here only if the network gives none in time. What the API answers never passes through here: figures that are shown
// offline are those that the program itself has kept, with their age.
const KEPT = "hourglass-BUILD";
// The beginnings of addresses whose page is another program's; shared/src/pages.rs has the table.
const DETAILS = ["panels"];
const ACCOUNT = ["account", "credit", "invoices", "more", "notices"];
const FIGURES = ["new", "orders", "payments", "usage"];
const NAMED = /\/[\w/-]+-[0-9a-f]{12,16}[._][\w.]+/g;
// On a slow line only the first page is kept ahead; each other one when it is first looked at.
const SLOW = /2g|3g/.test(navigator.connection?.effectiveType);
const PAGES = SLOW ? ["/"] : ["/", "/panels/-", "/more", "/new"];
// A line that is there, and brings nothing, must not keep anybody from what is here.
const PATIENCE_MS = 4000;

function pageOf(path) {
    const [first, , third] = path.split("/").filter(Boolean);
    if (["api", "docs", "metrics", "operator"].includes(first)) return null;
    if (ACCOUNT.includes(first)) return "/more";
    if (FIGURES.includes(first)) return "/new";
    return DETAILS.includes(first) && third !== "pay" ? "/panels/-" : "/";
}

async function keep(address) {
    const cache = await caches.open(KEPT);
    const answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok) throw new Error(address);
    const names = (await answer.clone().text()).match(NAMED) || [];
    await cache.addAll([...new Set(names)]);
    await cache.put(address, answer);
}

async function asked(event) {
    return (await event.preloadResponse) || fetch(event.request);
}

async function page(event, address) {
    const kept = await caches.match(address);
    if (kept) {
        const late = new Promise((done) => setTimeout(done, PATIENCE_MS, kept));
        return Promise.race([asked(event), late]).catch(() => kept);
    }
    try {
        const answer = await asked(event);
        event.waitUntil(keep(address).catch(() => {}));
        return answer;
    } catch (unreachable) {
        return Response.error();
    }
}

async function file(request) {
    return (await caches.match(request)) || fetch(request);
}

addEventListener("install", (event) => {
    skipWaiting();
    event.waitUntil(Promise.all(PAGES.map(keep)));
});

addEventListener("activate", (event) => {
    const others = caches.keys().then((names) => names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
    event.waitUntil(Promise.all([others, registration.navigationPreload && registration.navigationPreload.enable()]));
});

addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    const address = pageOf(pathname);
    if (!address) return;
    if (request.mode === "navigate") event.respondWith(page(event, address));
    else if (pathname.search(NAMED) === 0) event.respondWith(file(request));
});
