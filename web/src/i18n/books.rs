//! Texts of invoices, of past cycles and of the chart of usage.

texts! {
    nav_invoices: "Invoices", "চালান";
    invoices_title: "Invoices", "চালান";
    invoices_empty: "No invoices yet. One is issued with every payment.", "এখনো কোনো চালান নেই। প্রতিটি পেমেন্টে একটি করে ইস্যু হয়।";
    invoices_more: "Show older", "পুরোনোগুলো দেখুন";
    invoices_all: "All invoices", "সব চালান";
    invoice_seller: "Seller", "বিক্রেতা";
    invoice_corrects(number, why): "Corrects {number}, because {why}", "{number}-এর সংশোধন, কারণ: {why}";
    invoice_pdf_en: "Download PDF in English", "ইংরেজি পিডিএফ নামান";
    invoice_pdf_bn: "Download PDF in Bangla", "বাংলা পিডিএফ নামান";

    panel_members: "Who can see this panel and pay for it", "কে এই প্যানেল দেখতে ও পেমেন্ট করতে পারেন";
    cycles_title: "Cycles", "চক্রসমূহ";
    cycles_empty: "No cycle yet.", "এখনো কোনো চক্র নেই।";
    cycles_running: "running", "চলছে";
    cycles_trial: "trial", "পরীক্ষামূলক";
    cycles_dates(from, to): "{from} to {to}", "{from} থেকে {to}";
    cycles_used(used, allowance): "{used} used of {allowance}", "{allowance}-এর মধ্যে {used} ব্যবহৃত";
    cycles_beyond(beyond): "{beyond} beyond the allowance", "বরাদ্দের বাইরে {beyond}";
    cycles_over(why): "Ended: {why}", "শেষ: {why}";
    cycles_why: "Why?", "কেন?";
    cycles_why_of(number): "Why? Cycle {number}", "কেন? চক্র {number}";
    cycles_proof: "Keep proof", "প্রমাণ রাখুন";
    cycles_proof_of(number): "Keep proof of cycle {number}", "চক্র {number}-এর প্রমাণ রাখুন";

    usage_title: "Last 30 days", "শেষ ৩০ দিন";
    usage_counted: "Counted", "গোনা";
    usage_free: "Up, free", "চালু, বিনা খরচে";
    usage_unknown: "Unknown, free", "অজানা, বিনা খরচে";
    usage_day: "Day", "দিন";
    usage_table: "As a table", "সারণি হিসেবে";
    usage_spoken(from, to, counted, free, unknown): "From {from} to {to}: {counted} counted, {free} up but free, {unknown} unknown and free.", "{from} থেকে {to}: {counted} গোনা, {free} চালু কিন্তু বিনা খরচে, {unknown} অজানা ও বিনা খরচে।";
}
