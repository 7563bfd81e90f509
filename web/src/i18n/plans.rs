//! Texts about plans: what one means, changing to another, renewing early, cancelling.

texts! {
    plan_per_cycle(days): "for {days} days", "{days} দিনের জন্য";
    vat_none: "No VAT is charged.", "কোনো ভ্যাট নেই।";
    vat_added(rate): "The price contains VAT of {rate} on top of the plan's price.", "মূল্যে প্ল্যানের দামের ওপর {rate} ভ্যাট ধরা আছে।";
    vat_contained(rate): "The plan's price contains VAT of {rate}.", "প্ল্যানের দামেই {rate} ভ্যাট ধরা আছে।";
    plan_hours: "Hours", "ঘণ্টা";
    plan_hours_in(hours, days): "{hours} hours in {days} days", "{days} দিনে {hours} ঘণ্টা";
    plan_means: "That is", "অর্থাৎ";
    plan_a_day(time): "{time} a day, every day", "প্রতিদিন {time}";
    plan_an_hour: "An hour costs", "প্রতি ঘণ্টার দাম";
    plan_about(price): "about {price}, if all are used", "সব ব্যবহার করলে প্রায় {price}";
    plan_day: "Counted in a day", "দিনে গোনা হয়";
    plan_cap(hours): "at most {hours} h; the rest of the day is free", "সর্বোচ্চ {hours} ঘণ্টা; দিনের বাকিটা বিনা খরচে";
    plan_no_cap: "every hour in use", "ব্যবহৃত প্রতিটি ঘণ্টা";
    plan_then: "When used up", "শেষ হলে";
    plan_then_closed: "the panel closes until it is renewed", "নবায়ন না হওয়া পর্যন্ত প্যানেল বন্ধ থাকে";
    plan_then_charged(price): "it goes on, for {price} an hour", "চলতে থাকে, প্রতি ঘণ্টা {price}";
    plan_no_limit: "no limit", "সীমা নেই";
    plan_trial: "Trial", "পরীক্ষামূলক";
    plan_trial_days(days): "{days} days at no charge", "{days} দিন বিনা খরচে";
    plan_charges: "Charged besides, after each cycle:", "প্রতি চক্রের পর আরও যা ধরা হয়:";
    plan_gone: "This plan is not sold any more. Choose another.", "এই প্ল্যান আর বিক্রি হয় না। অন্যটি বেছে নিন।";
    charge_line(what, free, price): "{what}: {free} included, then {price}", "{what}: {free} অন্তর্ভুক্ত, তারপর {price}";
    charge_package(price, size): "{price} for each package of {size}", "প্রতি {size}-এর প্যাকেজ {price}";
    charge_tier(end, price): "up to {end} {price}", "{end} পর্যন্ত {price}";
    charge_rest(price): "beyond that {price}", "এর বেশি হলে {price}";
    charge_volume(tiers): "all of them by their number: {tiers}", "মোট সংখ্যা অনুযায়ী সবগুলো: {tiers}";

    change_title: "Plan", "প্ল্যান";
    change_current(plan): "This panel is on {plan}.", "প্যানেলটি {plan} প্ল্যানে আছে।";
    change_waits(plan): "From the next cycle: {plan}.", "পরের চক্র থেকে: {plan}।";
    change_others: "Change to another plan", "অন্য প্ল্যানে যান";
    change_none: "No other plan is sold now.", "এখন অন্য কোনো প্ল্যান নেই।";
    change_see: "See what it comes to", "কত হবে দেখুন";
    change_see_of(plan): "See what it comes to: {plan}", "কত হবে দেখুন: {plan}";
    change_now(price): "Upgrade now for {price}", "এখনই উন্নত করুন, {price}";
    change_now_go: "Pay for the upgrade", "উন্নয়নের মূল্য দিন";
    change_share(left, of): "You pay the difference for what is left of the cycle only: {left} of {of}.", "চক্রের যতটুকু বাকি শুধু তার পার্থক্যটুকু দেবেন: {of}-এর মধ্যে {left}।";
    change_adds(time): "The running cycle grows by {time} as soon as it is paid.", "পরিশোধ হলেই চলমান চক্রে {time} যোগ হবে।";
    change_or_later: "Or change with the next cycle: then nothing is due now.", "অথবা পরের চক্র থেকে বদলান: তাহলে এখন কিছু দিতে হবে না।";
    change_later: "The change comes with the next cycle that you buy. Nothing is due now; what is paid already stays as it is.", "পরের যে চক্র কিনবেন তা থেকে বদলাবে। এখন কিছু দিতে হবে না; যা পরিশোধিত তা তেমনই থাকবে।";
    change_next: "Change with the next cycle", "পরের চক্র থেকে বদলান";
    change_next_effect: "The next cycle that you buy is on the other plan. An order that waits for payment is withdrawn; what is paid already stays as it is. Nothing is due now.", "পরের যে চক্র কিনবেন তা অন্য প্ল্যানে হবে। পেমেন্টের অপেক্ষায় থাকা অর্ডার তুলে নেওয়া হবে; যা পরিশোধিত তা তেমনই থাকবে। এখন কিছু দিতে হবে না।";

    early_title: "Renew early", "আগাম নবায়ন";
    early_adds(days, hours): "Renewing now adds one cycle of {days} days and {hours} hours. It waits until the running cycle ends, by its days or its hours, and begins at that moment: nothing that you have is lost, and nothing runs twice.", "এখন নবায়ন করলে {days} দিন ও {hours} ঘণ্টার একটি চক্র যোগ হবে। চলমান চক্র দিন বা ঘণ্টায় শেষ হওয়া পর্যন্ত সেটি অপেক্ষা করবে, তারপর সেই মুহূর্তেই শুরু হবে: আপনার কিছুই হারায় না, দুবারও গোনা হয় না।";

    cancel_title: "Cancel", "বাতিল";
    cancel_lead: "Renewals are never charged by themselves. Cancel only if nobody is to be reminded, and if service is to end with the time that is paid.", "নবায়নের টাকা কখনো নিজে থেকে কাটা হয় না। কাউকে মনে করিয়ে দিতে না চাইলে এবং পরিশোধিত সময়ের সঙ্গে সেবা শেষ করতে চাইলেই বাতিল করুন।";
    cancel_act: "Cancel this panel", "প্যানেলটি বাতিল করুন";
    cancel_effect: "The panel runs until what is paid is over, and closes there, without days of grace. Nothing is refunded and nothing is deleted. Until then you can change your mind.", "পরিশোধিত সময় শেষ হওয়া পর্যন্ত প্যানেল চলবে, তারপর বাড়তি সময় ছাড়াই বন্ধ হবে। টাকা ফেরত হয় না, কিছু মুছেও যায় না। তার আগে মত বদলাতে পারবেন।";
    cancel_done: "This panel is cancelled. It runs until what is paid is over, and closes there.", "প্যানেলটি বাতিল করা হয়েছে। পরিশোধিত সময় শেষ হওয়া পর্যন্ত চলবে, তারপর বন্ধ হবে।";
    keep_act: "Keep this panel", "প্যানেলটি রাখুন";

    discard_title: "Not needed after all?", "দরকার নেই?";
    discard_lead: "Nothing was charged for this panel. You can take the order back.", "এই প্যানেলের জন্য কোনো টাকা কাটা হয়নি। অর্ডারটি তুলে নিতে পারেন।";
    discard_act: "Discard this panel", "প্যানেলটি বাদ দিন";
    discard_refused: "This panel cannot be discarded now: a payment for it waits for a person to look at it, or it stands on a server already and has to be deleted instead. Nothing was charged by this, and nothing has changed.", "প্যানেলটি এখন বাদ দেওয়া যাচ্ছে না: এর একটি পেমেন্ট একজন মানুষের দেখার অপেক্ষায়, অথবা এটি আগে থেকেই সার্ভারে আছে এবং মুছতে হবে। এতে কোনো টাকা কাটা হয়নি, কিছুই বদলায়নি।";
    discard_effect: "The panel vanishes from your list, and its address is free again at once. Nothing was charged, and nothing is stored in it.", "প্যানেলটি তালিকা থেকে চলে যাবে, ঠিকানাটি সঙ্গে সঙ্গে খালি হবে। কোনো টাকা কাটা হয়নি, এতে কিছু জমাও নেই।";
}
