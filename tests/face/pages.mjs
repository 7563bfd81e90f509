// The one table of pages and of the states that each can be in. Every proof of the face reads it; it proves nothing.
//
// A page:  name, path (or a function of the world), who looks at it (or a function of the world), states.
// A state: name, and what of these it needs:
//   from    (world) => what must be there (a panel, an invoice, …); its `id` and `who` are the path's and the page's
//   before  (page) => what stands between page and API: answers that are held back, or refused
//   act     (page, world, row) => what a visitor does first
//   after   (page) => puts back what `act` did to the window
//   ready   what shows that the state is reached, default: the heading
//   optional  true where a world may do without it
//   busy    true where waiting is the state
//   sheet   true for a state that is on the contact sheet; a page's first state always is


const api = (path) => `**/api/v1/${path}`;
const answer = (path, status, code) => (page) => page.route(api(path), (call) => call.fulfill({
    status, contentType: "application/problem+json",
    body: JSON.stringify({ type: `/docs/problems#${code}`, title: code, status, code, detail: code, request_id: "01a205b9b4bd7000b2052353e0154127" }),
}));
const never = (path) => (page) => page.route(api(path), () => undefined);
const click = (testid) => async (page) => page.locator(`[data-testid^="${testid}"]`).first().click();
const offline = async (page) => {
    await page.context().setOffline(true);
    await page.locator('[data-testid="offline"]').first().waitFor();
};
const online = (page) => page.context().setOffline(false);
const panel = (kind) => (world) => world.panels[kind];
const payment = (state) => (world) => world.payments[state];

/** The first step of ordering a panel, filled in; and the second, reached. */
const named = async (page, subdomain) => {
    await page.locator("#name").fill("Face of Hourglass");
    await page.locator("#subdomain").fill(subdomain);
};
const planning = async (page) => {
    await named(page, "face-of-hourglass");
    await click("new-next")(page);
    await page.locator('[data-testid="plan"]').first().waitFor();
};

/** The dialog of an act. */
const asked = async (page, testid) => {
    await click(testid)(page);
    await page.locator("dialog[open] form").waitFor();
};

const loading = { name: "loading", busy: true, ready: '[aria-busy="true"]' };
const trouble = { name: "cannot be loaded", ready: ".trouble" };

/** A panel's page in the states that differ by what the panel is. */
const managed = ["pending", "creating", "active", "low", "nearly_out", "trial", "grace", "expired", "stopped", "opening", "closed", "failed", "deleting", "deleted"]
    .map((kind) => ({ name: kind, from: panel(kind), ready: '[data-testid="panel-card"]', sheet: ["active", "expired"].includes(kind) }));

const paid = ["settled", "failed", "cancelled", "open", "held", "mismatch", "credited", "expired", "refunded"]
    .map((state) => ({ name: state, optional: state === "refunded", from: payment(state), ready: `[data-testid="payment"][data-state="${state}"]`, sheet: ["settled", "failed", "open"].includes(state) }));

/** Sends an empty form: every field says what is missing, and the summary has the keyboard. */
const unfilled = { name: "nothing filled in", act: (page) => page.locator("main form:has(#email) [type=submit]").click(), ready: "main form" };

const customer = [
    { name: "panels", path: "/", who: "owner", states: [
        { name: "all there is", ready: '[data-testid="panel-card"]' },
        { name: "of another owner", optional: true, from: (world) => world.people.other && { who: "other" }, ready: '[data-testid="panel-card"]', sheet: true },
        { name: "none yet", from: (world) => world.people.empty && { who: "empty" }, sheet: true },
        { name: "nothing found", from: (world) => world.counts.owner > 9 && { who: "owner" }, act: (page) => page.locator('[data-testid="find"]').fill("zzzz") },
        { ...loading, before: never("tenants*"), sheet: true },
        { ...trouble, before: answer("tenants*", 500, "internal"), sheet: true },
        { name: "offline", act: offline, after: online, ready: '[data-testid="panel-card"]', sheet: true },
    ] },
    { name: "panel", path: (id) => `/panels/${id}`, who: "owner", states: [
        ...managed,
        { name: "asked about stopping", from: panel("active"), act: (page) => asked(page, "action-stop"), ready: '[data-testid="panel-card"]', sheet: true },
        { name: "asked about deleting, with a slip", from: panel("active"), act: async (page) => {
            await asked(page, "delete");
            await click("delete-go")(page);
            await page.locator("dialog .error").waitFor();
        }, ready: '[data-testid="panel-card"]' },
        { ...trouble, name: "history cannot be loaded", from: panel("active"), before: answer("tenants/*/history*", 500, "internal"), ready: '[data-testid="panel-card"]' },
        { name: "offline", from: panel("active"), act: offline, after: online, ready: '[data-testid="panel-card"]' },
        { name: "not there", from: () => ({ id: "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012" }), ready: "main" },
    ] },
    { name: "pay", path: (id) => `/panels/${id}/pay`, who: "owner", states: [
        { name: "first cycle", from: panel("pending") },
        { name: "renewal", from: panel("expired"), sheet: true },
        { name: "early renewal", from: panel("active") },
        { name: "a payment for it is held", from: ({ payments: { held } }) => held && { id: held.tenant, who: held.who }, ready: '[data-testid="held"]', sheet: true },
        { name: "offline", from: panel("expired"), act: offline, after: online },
        { name: "refused", from: panel("expired"), before: answer("tenants/*/checkout", 502, "gateway_unavailable"), act: async (page) => {
            await click("checkout-go")(page);
            await page.locator('[role="alert"]').first().waitFor();
        } },
        { name: "sign-in ended", from: panel("expired"), act: async (page) => {
            await answer("tenants/*/checkout", 401, "unauthenticated")(page);
            await answer("auth/refresh", 401, "session_ended")(page);
            await click("checkout-go")(page);
            await page.locator('[data-testid="session-ended"]').waitFor();
        }, sheet: true },
    ] },
    { name: "payment", path: (id) => `/pay/${id}`, who: "owner", states: paid },
    { name: "payment of nobody", path: "/pay/pay_01937b1c8f2e7c3d9a4b5c6d7e8f9012?token=x", who: "nobody", states: [{ name: "unknown" }] },
    { name: "invoices", path: "/invoices", who: "owner", states: [
        { name: "some" },
        { name: "none yet", from: (world) => world.people.empty && { who: "empty" } },
        { ...loading, before: never("invoices*") },
        { ...trouble, before: answer("invoices*", 500, "internal") },
    ] },
    { name: "orders", path: "/orders", who: "owner", states: [
        { name: "some" },
        { name: "none yet", from: (world) => world.people.empty && { who: "empty" } },
        { ...loading, before: never("orders*") },
        { ...trouble, before: answer("orders*", 500, "internal") },
    ] },
    { name: "payments", path: "/payments", who: "owner", states: [
        { name: "some" },
        { name: "none yet", from: (world) => world.people.empty && { who: "empty" } },
    ] },
    { name: "invoice", path: (id) => `/invoices/${id}`, who: "owner", states: [
        { name: "invoice", from: (world) => world.invoices.invoice },
        { name: "credit note", from: (world) => world.invoices.credit_note },
    ] },
    { name: "credit", path: "/credit", who: "owner", states: [{ name: "some" }, { name: "none", from: (world) => world.people.empty && { who: "empty" } }] },
    { name: "notices", path: "/notices", who: "owner", states: [
        // First, since seeing them may mark them as read.
        { name: "unread", before: never("notices/*read*") },
        { name: "read" },
        { name: "none yet", from: (world) => world.people.empty && { who: "empty" } },
    ] },
    { name: "new panel", path: "/new", who: "owner", states: [
        { name: "first step" },
        { name: "nothing filled in", act: click("new-next") },
        { name: "an address that is taken", from: (world) => world.counts.owner > 0 && {}, act: async (page) => {
            await named(page, "padma");
            await page.locator('[data-testid="suggestion"]').first().waitFor();
        }, sheet: true },
        { name: "plans", act: planning, sheet: true },
        { name: "review", act: async (page) => {
            await planning(page);
            await page.locator('label[for^="pln_"]').first().click();
            await click("new-next")(page);
            await page.locator('[data-testid="new-order"]').waitFor();
        }, sheet: true },
        { name: "plans cannot be loaded", before: answer("plans*", 500, "internal") },
    ] },
    { name: "usage", path: "/usage", who: "owner", states: [
        { name: "thirty days" },
        { name: "none yet", from: (world) => world.people.empty && { who: "empty" } },
        { name: "loading", busy: true, before: never("usage*") },
        { name: "cannot be loaded", before: answer("usage*", 500, "internal") },
    ] },
    { name: "more", path: "/more", who: "owner", states: [{ name: "list" }] },
    { name: "account", path: "/account", who: "owner", states: [{ name: "profile" }] },
    { name: "people", path: "/account/people", who: "owner", states: [
        { name: "some" },
        unfilled,
        { name: "an owner is invited", act: async (page) => {
            await page.locator("#invite-role").selectOption("owner");
            await page.locator("form:has(#email) #password").waitFor();
        }, ready: "main form" },
        { name: "asked for the password to make an owner", act: async (page) => {
            await page.locator('[id^="role-"]').first().selectOption("owner");
            await asked(page, "ask-role-");
        }, ready: "main form" },
        { name: "a viewer looks", from: (world) => world.people.viewer && { who: "viewer" } },
    ] },
    { name: "security", path: "/account/security", who: "owner", states: [
        { name: "no second factor" },
        { name: "asked for the password", act: click("factor-begin") },
        { name: "a code to scan", act: async (page, world, row) => {
            await click("factor-begin")(page);
            await page.locator("#password").fill(world.people[row.who].password);
            await page.locator("form:has(#password) [type=submit]").click();
            await page.locator("#code").waitFor();
        }, sheet: true },
    ] },
    { name: "notice choices", path: "/account/notices", who: "owner", states: [{ name: "as they are" }] },
    { name: "sign-in", path: "/sign-in", who: "nobody", states: [
        { name: "fresh" },
        { ...unfilled, sheet: true },
        { name: "refused", act: async (page) => {
            await page.locator("#email").fill("nobody@example.com");
            await page.locator("#password").fill("not the password");
            await page.locator("main form [type=submit]").first().click();
            await page.locator('[data-testid="sign-error"], .refusal').first().waitFor();
        } },
    ] },
    { name: "sign-up", path: "/sign-up", who: "nobody", states: [{ name: "fresh" }, unfilled] },
    { name: "forgot", path: "/forgot", who: "nobody", states: [{ name: "fresh" }, unfilled, { name: "sent", act: async (page) => {
        await page.locator("#email").fill("nobody@example.com");
        await page.locator("main form [type=submit]").first().click();
        await page.locator('[data-testid="forgot-sent"]').waitFor();
    } }] },
    { name: "reset", path: "/reset?token=", who: "nobody", states: [
        { name: "a spent link", path: "/reset?token=spent" },
        { name: "a good link", from: (world) => world.links.reset && { id: world.links.reset }, path: (id) => `/reset?token=${id}`, sheet: true },
    ] },
    { name: "join", path: "/join?token=", who: "nobody", states: [
        { name: "a spent link", path: "/join?token=spent" },
        { name: "a good link", from: (world) => world.links.join && { id: world.links.join }, path: (id) => `/join?token=${id}`, sheet: true },
    ] },
    { name: "nowhere", path: "/no/such/page", who: "owner", states: [{ name: "signed in" }, { name: "signed out", who: "nobody" }] },
];

const desk = ["", "/payments", "/refunds", "/manual-payments", "/servers", "/reconciliations"].map((path) => ({
    name: `desk${path}`, path: `/operator${path}`, who: "operator", states: [{ name: "as it is", from: (world) => world.people.operator && { who: "operator" } }],
}));

/** Every state of every page, one row each: `{page, state, path, who, first, …}`; what the world lacks is in `missing`. */
export function table(world, { only } = {}) {
    const rows = [];
    const missing = [];
    for (const page of [...customer, ...desk]) {
        page.states.forEach((state, at) => {
            const name = `${page.name}: ${state.name}`;
            if (only && !name.includes(only)) return;
            const found = state.from ? state.from(world) : {};
            if (!found) return missing.push({ name, page: page.name, optional: state.optional === true });
            const path = state.path ?? page.path;
            const who = found.who ?? state.who ?? page.who;
            rows.push({ ...state, name, page: page.name, path: typeof path === "function" ? path(found.id) : path, who, onSheet: at === 0 || state.sheet === true });
        });
    }
    return { rows, missing };
}
