//! Texts for what is done with a panel at its server.

texts! {
    job_set_up: "Set-up", "তৈরি";
    job_back_up: "Copy", "কপি";
    job_restore: "Restore", "ফেরানো";
    job_remove: "Removal", "সরানো";
    step_place: "Looking for room", "জায়গা খোঁজা হচ্ছে";
    step_build: "Making your database", "ডেটাবেস তৈরি হচ্ছে";
    step_load: "Reading the copy", "কপি পড়া হচ্ছে";
    step_try: "Trying the copy", "কপি চালু করে দেখা হচ্ছে";
    step_name: "Putting it in place", "জায়গায় বসানো হচ্ছে";
    step_open: "Bringing it up", "চালু করা হচ্ছে";
    step_drop_old: "Tidying up", "গোছানো হচ্ছে";
    step_copy: "Copying everything", "সবকিছু কপি হচ্ছে";
    step_drop: "Removing it", "সরানো হচ্ছে";
    job_again: "Still trying.", "এখনো চেষ্টা চলছে।";
    job_failed: "Failed. What was begun is taken back.", "ব্যর্থ। যা শুরু হয়েছিল তা ফিরিয়ে নেওয়া হয়।";
    jobs_title: "Work at the server", "সার্ভারে কাজ";

    trouble_room: "No server has room now.", "এখন কোনো সার্ভারে জায়গা নেই।";
    trouble_name: "The name is taken at the server.", "সার্ভারে নামটি আগেই নেওয়া।";
    trouble_up: "The panel did not come up.", "প্যানেলটি চালু হয়নি।";
    trouble_host: "The panel's server does not answer now.", "প্যানেলের সার্ভার এখন উত্তর দিচ্ছে না।";
    trouble_refused: "The server refused.", "সার্ভার রাজি হয়নি।";
    trouble_spoilt: "The copy is damaged.", "কপিটি নষ্ট।";
    trouble_gone: "The copy is gone.", "কপিটি আর নেই।";
    trouble_late: "It took too long.", "অনেক বেশি সময় লেগেছে।";

    copies_title: "Copies", "কপি";
    copies_empty: "The first copy is made tonight.", "প্রথম কপি আজ রাতে হবে।";
    copies_none: "There are no copies.", "কোনো কপি নেই।";
    copies_others: "Bring back a copy of another panel:", "অন্য প্যানেলের কপি আনুন:";
    copies_make: "Make a copy now", "এখন কপি করুন";
    copies_kept(date): "Kept until {date}", "{date} পর্যন্ত রাখা হবে";
    copy_asked: "Asked for", "চাওয়া";
    copy_nightly: "Nightly", "রাতের";
    copy_last: "Last", "শেষ";
    copy_before: "Before a restore", "ফেরানোর আগে";
    restore: "Restore", "ফেরান";
    restore_effect: "What the panel holds now is copied first, and then replaced by this copy. Everybody is signed out.", "প্যানেলে এখন যা আছে আগে তার কপি হবে, তারপর সেখানে এই কপি বসবে। সবাই সাইন আউট হয়ে যাবেন।";

    delete_panel: "Delete this panel", "প্যানেলটি মুছুন";
    delete_effect: "Nobody can use it any more. If it holds anything, a last copy is kept; until when stands under Copies. The address is free again afterwards. A database that was there before it became a panel is closed and stays with the operator. Hours that are paid are not refunded by this.", "কেউ আর ব্যবহার করতে পারবে না। এতে কিছু থাকলে একটি শেষ কপি থাকবে; কত দিন, তা কপি অংশে আছে। এরপর ঠিকানাটি আবার খালি হবে। প্যানেল হওয়ার আগে থেকে থাকা ডেটাবেস বন্ধ হয়ে পরিচালকের কাছে থেকে যাবে। পরিশোধিত ঘণ্টার টাকা এতে ফেরত হয় না।";
    refund_effect: "The set-up is given up, and what you paid goes back the way it came. This is open until the days of the cycle are over.", "তৈরির কাজ বাদ যাবে, এবং যা দিয়েছেন তা যেভাবে এসেছিল সেভাবে ফেরত যাবে। চক্রের দিন শেষ হওয়া পর্যন্ত এ সুযোগ থাকে।";
    confirm_type(name): "Type {name} to confirm", "নিশ্চিত করতে {name} লিখুন";
    confirm_hint: "The first part of the panel's address.", "প্যানেলের ঠিকানার প্রথম অংশ।";
    confirm_wrong: "That is not this panel's address.", "এটি এই প্যানেলের ঠিকানা নয়।";
    accepted: "Accepted.", "গৃহীত।";
    err_job: "Something else is under way at this panel. Wait until it is over.", "এই প্যানেলে অন্য কাজ চলছে। শেষ হওয়া পর্যন্ত অপেক্ষা করুন।";
    err_too_many_copies: "Three copies, or three restores, were asked for within a day. The next one can follow later; the night's copy is made anyway.", "এক দিনে তিনটি কপি বা তিনবার ফেরানো হয়েছে। পরেরটি পরে করা যাবে; রাতের কপি এমনিতেই নেওয়া হবে।";

    level_near: "Nearly full", "প্রায় পূর্ণ";
    level_reached: "Full", "পূর্ণ";
    level_over: "Over the limit", "সীমার বেশি";
    larger_plan: "Ask for a larger plan", "বড় প্ল্যান চাই";
    larger_plan_see: "See larger plans", "বড় প্ল্যান দেখুন";
}
