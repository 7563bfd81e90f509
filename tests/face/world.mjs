// The system that is looked at: where it is, who signs in, and what there is to see. Asks the API; knows no page.
//
//   HOURGLASS_FACE_URL      where it is
//   HOURGLASS_FACE_PEOPLE   {"owner": {"email": …, "password": …}, …}; left out, those whom a demonstration offers.
//                           Names: owner, other (another owner), empty (an owner without a panel), viewer, operator
//   HOURGLASS_FACE_MORE     {"links": {"reset": token, "join": token}}: what only letters tell

import { die } from "./modules.mjs";

const base = (process.env.HOURGLASS_FACE_URL ?? die("HOURGLASS_FACE_URL says nothing")).replace(/\/$/, "");

async function ask(path, token) {
    const answer = await fetch(base + path, { headers: token ? { authorization: `Bearer ${token}` } : {} });
    if (!answer.ok) die(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
}

async function token(person) {
    const body = JSON.stringify({ email: person.email, password: person.password });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${base}/api/v1/auth/sign-in`, { method: "POST", headers, body });
    if (!answer.ok) die(`${person.email} cannot sign in: ${answer.status} ${await answer.text()}`);
    return (await answer.json()).access_token;
}

/** What a panel's status is called in the table of pages. */
function kind({ panel, billing }) {
    if (panel.status === "suspended") return { billing_expired: "expired", by_operator: "closed" }[panel.reason] ?? "opening";
    if (panel.status !== "active") return panel.status;
    if (billing.state === "grace" || billing.state === "trial") return billing.state;
    const used = billing.cycle.used_percent;
    return used < 60 ? "active" : used < 90 ? "low" : "nearly_out";
}

/** Whom a demonstration lets in. */
async function offered() {
    const { demo } = await ask("/api/v1/about");
    if (!demo) die("HOURGLASS_FACE_PEOPLE says nothing, and this is no demonstration");
    const [owner, other, operator] = demo.sign_ins;
    return { owner, other, operator };
}

/** `{base, people, panels: {kind: {id, who}}, invoices: {kind: {id, who}}, payments: {state: {id, who}}, links}` */
export async function world() {
    const people = process.env.HOURGLASS_FACE_PEOPLE ? JSON.parse(process.env.HOURGLASS_FACE_PEOPLE) : await offered();
    const found = { base, people, panels: {}, invoices: {}, payments: {}, links: {}, counts: {} };
    for (const who of ["owner", "other"].filter((name) => people[name])) {
        const key = await token(people[who]);
        const all = async (path) => (await ask(path, key)).items;
        const tenants = await all("/api/v1/tenants");
        found.counts[who] = tenants.length;
        for (const status of tenants) found.panels[kind(status)] ??= { id: status.tenant_id, who, name: status.name };
        for (const row of await all("/api/v1/invoices?limit=100")) found.invoices[row.kind] ??= { id: row.invoice_id, who };
        for (const row of await all("/api/v1/payments?limit=100")) found.payments[row.state] ??= { id: row.payment_id, tenant: row.tenant_id, who };
    }
    return { ...found, ...JSON.parse(process.env.HOURGLASS_FACE_MORE || "{}") };
}
