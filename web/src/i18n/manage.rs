//! Texts of a panel's own page.

texts! {
    back_to_panels: "All panels", "সব প্যানেল";
    cycle_title: "Billing cycle", "বিলিং চক্র";
    cycle_none: "No cycle yet. Counting starts when the panel first runs.", "এখনো কোনো চক্র নেই। প্যানেল প্রথম চালু হলে গণনা শুরু হবে।";
    cycle_number: "Cycle", "চক্র";
    cycle_starts: "Started", "শুরু";
    cycle_ends: "Ends", "শেষ হবে";
    cycle_ended: "Ended", "শেষ হয়েছে";
    cycle_days_left: "Days left", "বাকি দিন";
    cycle_used: "Used", "ব্যবহৃত";
    cycle_left: "Left", "বাকি";
    cycle_runs_out: "Forecast: service until", "পূর্বাভাস: সেবা চলবে";
    cycle_grace: "Grace until", "বাড়তি সময় শেষ";
    cycle_queued: "Paid cycles waiting", "অপেক্ষমাণ পরিশোধিত চক্র";
    cycle_why_ended: "Why it ended", "শেষ হওয়ার কারণ";
    ended_hours: "the hours were used up", "ঘণ্টা শেষ হয়েছে";
    ended_time: "the days were over", "দিন শেষ হয়েছে";
    hours_minutes(hours, minutes): "{hours} h {minutes} min", "{hours} ঘণ্টা {minutes} মিনিট";
    in_status_since: "In this state since", "এই অবস্থায় আছে";

    control_title: "Stop and start", "বন্ধ ও চালু";
    control_running: "While the panel is stopped nobody can use it and no hours are counted. The days of the cycle go on.", "প্যানেল বন্ধ থাকলে কেউ ব্যবহার করতে পারে না এবং ঘণ্টা গণনা হয় না। চক্রের দিন চলতে থাকে।";
    stop_effect: "Everybody who is working in it loses access at once. Hours stop counting; the days of the cycle go on. Your data is kept, and you can start it again at any time.", "যারা কাজ করছেন তারা সঙ্গে সঙ্গে প্রবেশাধিকার হারাবেন। ঘণ্টা গণনা থামবে; চক্রের দিন চলতে থাকবে। আপনার তথ্য থাকবে, এবং যেকোনো সময় আবার চালু করা যাবে।";
    back_out: "Back", "ফিরে যান";
    working: "Working…", "কাজ চলছে…";

    operator_title: "Operator", "পরিচালক";
    suspend_lead: "Closes the panel until you resume it. The customer reads your message on the card.", "আপনি আবার চালু না করা পর্যন্ত প্যানেল বন্ধ থাকবে। গ্রাহক কার্ডে আপনার বার্তা পড়বেন।";
    suspend_message: "Message to the customer", "গ্রাহকের জন্য বার্তা";
    suspend_hint: "1 to 500 characters, in plain words.", "১ থেকে ৫০০ অক্ষর, সহজ ভাষায়।";
    suspend_need: "Write a message: the customer must know why.", "বার্তা লিখুন: গ্রাহকের কারণ জানা দরকার।";
    suspend_length: "The message must have 1 to 500 characters.", "বার্তায় ১ থেকে ৫০০টি অক্ষর থাকতে হবে।";
    suspend_confirm: "Suspend panel", "প্যানেল স্থগিত করুন";
    resume_lead: "Opens the panel again, if its billing allows.", "বিলিং অনুমতি দিলে প্যানেলটি আবার খুলবে।";

    history_title: "What happened", "যা ঘটেছে";
    history_empty: "Nothing has happened yet.", "এখনো কিছু ঘটেনি।";
    panel_notices_title: "Notices of this panel", "এই প্যানেলের বিজ্ঞপ্তি";
    panel_notices_empty: "None among the account's newest notices.", "অ্যাকাউন্টের সাম্প্রতিক বিজ্ঞপ্তিগুলোর মধ্যে নেই।";
}
