//! Texts of the panels page and of a panel's card.

texts! {
    panels_title: "Panels", "প্যানেল";
    panels_lead: "Here you see for each panel how many hours are used and left, how long they last at this pace, and what to pay next. The figures are on their way.", "প্রতিটি প্যানেলের কত ঘণ্টা ব্যবহৃত আর কত বাকি, এই হারে কত দিন চলবে এবং এরপর কত দিতে হবে, সব এখানে দেখা যায়। হিসাব আনা হচ্ছে।";
    strip_none: "No panels yet.", "এখনো কোনো প্যানেল নেই।";
    strip_one_fine: "1 panel. It is fine.", "১টি প্যানেল। সব ঠিক আছে।";
    strip_one_attention: "1 panel. It needs your attention.", "১টি প্যানেল। এতে আপনার মনোযোগ দরকার।";
    strip_all_fine(count): "{count} panels. All are fine.", "{count}টি প্যানেল। সব ঠিক আছে।";
    strip_attention_one(count): "{count} panels. 1 needs your attention.", "{count}টি প্যানেল। একটিতে আপনার মনোযোগ দরকার।";
    strip_attention_many(count, urgent): "{count} panels. {urgent} need your attention.", "{count}টি প্যানেল। {urgent}টিতে আপনার মনোযোগ দরকার।";
    legend_notch: "marks today in the cycle. Each ruled step is a sixth of it.", "চিহ্নটি চক্রে আজকের দিন। প্রতিটি ঘর চক্রের ছয় ভাগের এক ভাগ।";
    empty_title: "Your first panel is on its way", "আপনার প্রথম প্যানেল আসছে";
    empty_text: "A panel appears here as soon as it is set up for your account. Write to us if you expected one.", "আপনার অ্যাকাউন্টে প্যানেল যোগ হলেই এখানে দেখা যাবে। আগেই থাকার কথা হলে আমাদের লিখুন।";
    empty_first: "Your first panel", "আপনার প্রথম প্যানেল";
    empty_first_text: "Give it a name and an address, choose a plan, and pay. It is ready a few minutes later, and hours count only while it runs.", "নাম ও ঠিকানা দিন, প্ল্যান বেছে নিন, পেমেন্ট করুন। কয়েক মিনিটেই প্রস্তুত হবে, আর প্যানেল চলার সময়টুকুই শুধু গণনা হবে।";
    empty_operator: "No account has a panel yet.", "এখনো কোনো অ্যাকাউন্টের প্যানেল নেই।";
    add_panel: "Add panel", "নতুন প্যানেল";
    totals_label: "All panels together", "সব প্যানেল মিলিয়ে";
    totals_panels: "Panels", "প্যানেল";
    totals_due: "Due within 3 days", "৩ দিনের মধ্যে দেয়";
    totals_spent: "Spent this month", "এই মাসে খরচ";
    find_panel: "Find a panel", "প্যানেল খুঁজুন";
    find_none: "No panel matches. Clear the search to see all.", "কোনো প্যানেল মেলেনি। সব দেখতে খোঁজ মুছে ফেলুন।";
    find_by_state: "Show by state", "অবস্থা অনুযায়ী দেখুন";
    find_all(count): "All ({count})", "সব ({count})";
    find_state(state, count): "{state} ({count})", "{state} ({count})";
    find_clear: "Show all", "সব দেখুন";
    found_one: "1 panel found", "১টি প্যানেল পাওয়া গেছে";
    found_many(count): "{count} panels found", "{count}টি প্যানেল পাওয়া গেছে";

    badge_pending: "Pending", "অপেক্ষমাণ";
    badge_creating: "Creating", "তৈরি হচ্ছে";
    badge_active: "Active", "সক্রিয়";
    badge_stopped: "Stopped", "বন্ধ";
    badge_grace: "Grace", "বাড়তি সময়";
    badge_expired: "Expired", "মেয়াদ শেষ";
    badge_suspended: "Suspended", "স্থগিত";
    badge_failed: "Failed", "ব্যর্থ";
    badge_returning: "Coming back", "ফিরে আসছে";
    badge_opening: "Starting", "চালু হচ্ছে";
    badge_deleting: "Deleting", "মুছে ফেলা হচ্ছে";
    badge_deleted: "Deleted", "মুছে ফেলা";

    state_pending: "Awaiting payment", "পেমেন্টের অপেক্ষায়";
    state_creating: "Panel creating", "প্যানেল তৈরি হচ্ছে";
    state_active: "Panel active · Active billing cycle", "প্যানেল সক্রিয় · বিলিং চক্র চলছে";
    state_trial: "Panel active · Trial cycle", "প্যানেল সক্রিয় · পরীক্ষামূলক চক্র";
    state_active_only: "Panel active", "প্যানেল সক্রিয়";
    state_stopped: "Stopped: no hours are used", "বন্ধ: কোনো ঘণ্টা খরচ হচ্ছে না";
    state_grace(date): "Billing expired. Please renew before {date}", "বিলিংয়ের মেয়াদ শেষ। {date}-এর আগে নবায়ন করুন";
    state_expired: "Billing expired. Please renew", "বিলিংয়ের মেয়াদ শেষ। অনুগ্রহ করে নবায়ন করুন";
    state_suspended: "The operator has closed this panel.", "পরিচালক এই প্যানেলটি বন্ধ রেখেছেন।";
    state_returning: "Payment received. The panel is coming back.", "পেমেন্ট পাওয়া গেছে। প্যানেলটি ফিরে আসছে।";
    state_opening: "The panel is being started. No hours are used yet.", "প্যানেলটি চালু হচ্ছে। এখনো কোনো ঘণ্টা খরচ হচ্ছে না।";
    state_failed: "The panel could not be set up.", "প্যানেলটি তৈরি করা যায়নি।";
    state_deleting: "The panel is being removed.", "প্যানেলটি সরানো হচ্ছে।";
    state_deleted: "The panel was removed.", "প্যানেলটি সরানো হয়েছে।";

    hours_used(used, allowance): "{used} of {allowance} hours used", "{used} ঘণ্টা ব্যবহৃত, {allowance} ঘণ্টার মধ্যে";
    meter_label(name): "Hours of {name}", "{name}-এর ঘণ্টা";
    meter_value(used, allowance, left): "{used} of {allowance} hours used, {left} left", "{allowance} ঘণ্টার মধ্যে {used} ঘণ্টা ব্যবহৃত, {left} বাকি";
    meter_over(used, allowance): "{used} of {allowance} hours used; the cycle is over", "{allowance} ঘণ্টার মধ্যে {used} ঘণ্টা ব্যবহৃত; চক্র শেষ";
    setup_label(name): "Set-up of {name}", "{name} তৈরির অগ্রগতি";
    setup_percent(percent): "{percent} % set up", "{percent}% তৈরি হয়েছে";
    setup_unknown: "Setting up", "তৈরি হচ্ছে";

    span_hour: "1 hour", "১ ঘণ্টা";
    span_hours(count): "{count} hours", "{count} ঘণ্টা";
    span_minute: "1 minute", "১ মিনিট";
    span_minutes(count): "{count} minutes", "{count} মিনিট";
    span_day: "1 day", "১ দিন";
    span_days(count): "{count} days", "{count} দিন";

    left_only(left): "{left} left.", "{left} বাকি।";
    left_runs_out(left, date, early): "{left} left. At this pace they run out on {date}, {early} before the cycle ends.", "{left} বাকি। এই হারে {date} শেষ হবে, চক্র শেষের {early} আগে।";
    left_lasts(left, date): "{left} left. At this pace they last until the cycle ends on {date}.", "{left} বাকি। এই হারে {date} চক্রের শেষ পর্যন্ত চলবে।";
    left_queued_one(left, date): "{left} left in this cycle. 1 paid cycle waits, so service goes on until about {date}.", "এই চক্রে {left} বাকি। একটি পরিশোধিত চক্র অপেক্ষায় আছে, তাই প্রায় {date} পর্যন্ত সেবা চলবে।";
    left_queued_many(left, queued, date): "{left} left in this cycle. {queued} paid cycles wait, so service goes on until about {date}.", "এই চক্রে {left} বাকি। {queued}টি পরিশোধিত চক্র অপেক্ষায় আছে, তাই প্রায় {date} পর্যন্ত সেবা চলবে।";
    left_stopped(left, date): "{left} left. The cycle ends on {date}, used or not.", "{left} বাকি। ব্যবহার হোক বা না হোক, {date} চক্র শেষ হবে।";
    note_pending: "Pay once and the panel is set up by itself.", "একবার পেমেন্ট করলেই প্যানেল নিজে থেকে তৈরি হবে।";
    note_kept(note, date): "{note} Its address is kept until {date}.", "{note} এর ঠিকানা {date} পর্যন্ত রাখা থাকবে।";
    note_creating: "This takes a few minutes. You may leave this page.", "এতে কয়েক মিনিট লাগে। চাইলে এই পাতা ছেড়ে যেতে পারেন।";
    note_grace: "The panel still works. It closes at that time unless renewed; your data is safe.", "প্যানেল এখনো চলছে। নবায়ন না হলে ওই সময়ে বন্ধ হবে; আপনার তথ্য নিরাপদ।";
    note_expired: "Nobody can open the panel now. Your data is safe; it comes back by itself after payment.", "এখন কেউ প্যানেল খুলতে পারবে না। আপনার তথ্য নিরাপদ; পেমেন্টের পর এটি নিজে থেকে ফিরে আসবে।";
    note_suspended: "No hours are used. Your data is safe.", "কোনো ঘণ্টা খরচ হচ্ছে না। আপনার তথ্য নিরাপদ।";
    note_returning: "It opens in a moment; there is nothing more to do.", "একটু পরেই খুলবে; আর কিছু করতে হবে না।";
    note_failed: "Your payment is kept. Retry, and nothing is charged again.", "আপনার পেমেন্ট সংরক্ষিত আছে। আবার চেষ্টা করলে নতুন করে টাকা কাটা হবে না।";

    users_label: "Users", "ব্যবহারকারী";
    storage_label: "Storage", "স্টোরেজ";
    plan_label: "Plan", "প্ল্যান";
    limit_of(used, limit): "{used} of {limit}", "{limit}-এর মধ্যে {used}";
    limit_none(used): "{used}, no limit", "{used}, সীমা নেই";
    limit_unmeasured(limit): "not measured yet, up to {limit}", "এখনো মাপা হয়নি, সর্বোচ্চ {limit}";
    limit_unmeasured_none: "not measured yet, no limit", "এখনো মাপা হয়নি, সীমা নেই";

    action_pay_now: "Pay now", "এখনই পেমেন্ট করুন";
    action_start_trial: "Start trial", "পরীক্ষামূলক শুরু";
    action_pay_to_renew: "Pay to Renew", "পেমেন্ট করে নবায়ন করুন";
    action_renew_early: "Renew early", "আগাম নবায়ন";
    action_open_panel: "Open panel", "প্যানেল খুলুন";
    action_inactive: "Inactive", "নিষ্ক্রিয়";
    action_start: "Start", "চালু করুন";
    action_stop: "Stop", "বন্ধ করুন";
    action_retry: "Retry", "আবার চেষ্টা করুন";
    action_refund: "Get my money back", "টাকা ফেরত চাই";
    action_contact_support: "Contact support", "সহায়তা নিন";
    action_manage: "Manage", "পরিচালনা";
    action_suspend: "Suspend", "স্থগিত করুন";
    action_resume: "Resume", "আবার চালু করুন";
    action_priced(action, price): "{action} · {price}", "{action} · {price}";
    action_of(action, panel): "{action}: {panel}", "{action}: {panel}";
    support_subject(panel): "Help with {panel}", "{panel} বিষয়ে সহায়তা";
    said_state(panel, state): "{panel}: {state}", "{panel}: {state}";
}
