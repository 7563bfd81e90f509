//! Texts around every page: header, states of loading and of the network, demonstration clock, notices.

texts! {
    skip_to_content: "Skip to content", "মূল অংশে যান";
    nav_label: "Main", "প্রধান";
    nav_panels: "Panels", "প্যানেল";
    nav_usage: "Usage", "ব্যবহার";
    nav_more: "More", "আরও";
    nav_account: "Account", "অ্যাকাউন্ট";
    nav_notices: "Notices", "বিজ্ঞপ্তি";
    nav_notices_unread(count): "Notices, {count} unread", "বিজ্ঞপ্তি, অপঠিত {count}";
    sign_out: "Sign out", "সাইন আউট";
    theme_dark: "Dark theme", "গাঢ় থিম";
    theme_light: "Light theme", "হালকা থিম";
    help: "Help", "সহায়তা";
    help_write(address): "Help: {address}", "সহায়তা: {address}";
    page_title(page, house): "{page} · {house}", "{page} · {house}";
    zone_note: "Times are in Bangladesh time (UTC+6).", "সব সময় বাংলাদেশ সময়ে (ইউটিসি+৬)।";
    zone_note_of(zone): "Times are by the clocks of {zone}.", "সব সময় {zone} টাইম জোন অনুযায়ী।";

    loading: "Loading", "লোড হচ্ছে";
    slow_connection: "Slow connection. Still trying.", "সংযোগ ধীর। চেষ্টা চলছে।";
    retry: "Retry", "আবার চেষ্টা করুন";
    offline_banner: "Offline: showing saved figures. Paying and changing need a connection.", "অফলাইন: সংরক্ষিত হিসাব দেখানো হচ্ছে। পেমেন্ট বা পরিবর্তনের জন্য সংযোগ লাগবে।";
    offline_reason: "Not possible while offline", "অফলাইনে সম্ভব নয়";
    not_live: "Not live", "লাইভ নয়";
    not_live_hint: "Live updates are interrupted; figures are still fetched regularly.", "লাইভ হালনাগাদ বন্ধ; হিসাব নিয়মিত আনা হচ্ছে।";
    session_ended: "Your sign-in has ended. What you see was saved before.", "আপনার সাইন-ইনের মেয়াদ শেষ। যা দেখছেন তা আগের সংরক্ষিত।";
    sign_in_again: "Sign in again", "আবার সাইন ইন করুন";
    resuming: "Resuming your sign-in", "আপনার সাইন-ইন ফিরিয়ে আনা হচ্ছে";

    as_of_age(time, age): "as of {time}, {age}", "{time} পর্যন্ত, {age}";
    old_moment: "less than a minute old", "এক মিনিটেরও কম পুরোনো";
    old_minutes(count): "{count} min old", "{count} মিনিট পুরোনো";
    old_hours(count): "{count} h old", "{count} ঘণ্টা পুরোনো";
    old_days(count): "{count} days old", "{count} দিন পুরোনো";
    counted_to(time): "Counted up to {time}", "{time} পর্যন্ত গণনা করা";

    demo_clock: "Demonstration clock", "প্রদর্শনীর ঘড়ি";
    demo_now(time): "Billing time: {time}", "বিলিং সময়: {time}";
    demo_speed_real: "runs at normal speed", "স্বাভাবিক গতিতে চলছে";
    demo_speed(count): "runs {count} times as fast", "{count} গুণ দ্রুত চলছে";
    demo_hour: "+1 hour", "+১ ঘণ্টা";
    demo_day: "+1 day", "+১ দিন";
    demo_week: "+7 days", "+৭ দিন";
    demo_moving: "Counting the hours on the way…", "মাঝের সময়ের হিসাব করা হচ্ছে…";
    demo_money: "This is a demonstration. No real money moves.", "এটি একটি প্রদর্শনী। কোনো আসল টাকা লেনদেন হয় না।";

    notices_title: "Notices", "বিজ্ঞপ্তি";
    notices_empty: "All quiet. What happens to your panels is told here.", "সব শান্ত। আপনার প্যানেলে কী ঘটে তা এখানে জানানো হবে।";
    notices_unread_one: "1 unread", "১টি অপঠিত";
    notices_unread_many(count): "{count} unread", "{count}টি অপঠিত";
    notices_all_read: "All read", "সব পঠিত";
    notice_new: "New", "নতুন";

    not_found_title: "This page does not exist", "এই পাতাটি নেই";
    not_found_text: "The address may be misspelt, or the panel may belong to another account.", "ঠিকানাটি ভুল হতে পারে, অথবা প্যানেলটি অন্য অ্যাকাউন্টের।";
    go_to_panels: "Go to Panels", "প্যানেলে যান";
    print: "Print", "প্রিন্ট";
}
