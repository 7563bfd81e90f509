//! Texts of the steps in which a panel is ordered.

texts! {
    new_panel: "New panel", "নতুন প্যানেল";
    new_steps: "Steps", "ধাপ";
    new_step_name: "Name and address", "নাম ও ঠিকানা";
    new_step_plan: "Plan", "প্ল্যান";
    new_step_review: "Review", "যাচাই";
    new_not_charged: "Nothing is charged until you have seen the sum and paid it.", "মোট দেখে পেমেন্ট না করা পর্যন্ত কোনো টাকা কাটা হয় না।";
    new_draft_kept: "What you fill in stays in this tab.", "যা লিখবেন তা এই ট্যাবে থাকবে।";
    new_not_yours: "Your role may look, but not order. Ask the owner of the account.", "আপনার ভূমিকায় শুধু দেখা যায়, অর্ডার করা যায় না। অ্যাকাউন্টের মালিককে বলুন।";
    new_next: "Continue", "এগিয়ে যান";
    new_back: "Back", "পেছনে";

    new_name: "Name of the panel", "প্যানেলের নাম";
    new_name_hint: "What your people call it. At most 80 characters.", "আপনার লোকেরা যে নামে ডাকেন। সর্বোচ্চ ৮০ অক্ষর।";
    new_name_need: "Enter a name.", "একটি নাম লিখুন।";
    new_address: "Address", "ঠিকানা";
    new_address_hint: "Small letters, digits and hyphens, beginning with a letter. It follows the name until you write your own.", "ছোট হাতের অক্ষর, সংখ্যা ও হাইফেন, শুরু অক্ষর দিয়ে। নিজে না লেখা পর্যন্ত নামের সঙ্গে বদলায়।";
    new_address_need: "Enter an address.", "একটি ঠিকানা লিখুন।";
    address_checking: "Checking whether it is free…", "খালি আছে কি না দেখা হচ্ছে…";
    address_free(url): "{url} is free.", "{url} খালি আছে।";
    address_format: "An address has 2 to 41 small letters, digits and single hyphens, and begins with a letter.", "ঠিকানায় ২ থেকে ৪১টি ছোট হাতের অক্ষর, সংখ্যা ও একক হাইফেন থাকে, শুরু অক্ষর দিয়ে।";
    address_reserved: "This address is kept for the operator.", "এই ঠিকানা পরিচালকের জন্য সংরক্ষিত।";
    address_taken: "Another panel has this address.", "এই ঠিকানা অন্য প্যানেলের।";
    address_refused: "This address cannot be had now. Choose another.", "এই ঠিকানা এখন পাওয়া যাচ্ছে না। অন্যটি বেছে নিন।";
    address_unasked: "It could not be checked now. It is checked again when you order.", "এখন দেখা যায়নি। অর্ডারের সময় আবার দেখা হবে।";
    address_others: "These are free:", "এগুলো খালি:";

    new_plan_lead: "Prices include any VAT. You can change the plan later.", "ভ্যাট থাকলে তা দামের মধ্যেই ধরা। প্ল্যান পরেও বদলানো যায়।";
    new_plan_need: "Choose a plan.", "একটি প্ল্যান বেছে নিন।";
    new_plan_none: "No plan is sold now. Write to us.", "এখন কোনো প্ল্যান বিক্রি হচ্ছে না। আমাদের লিখুন।";

    new_order: "Order and go to payment", "অর্ডার করে পেমেন্টে যান";
    new_trial(days): "Order and start {days} days of trial", "অর্ডার করে {days} দিনের পরীক্ষামূলক শুরু করুন";
    new_ordering: "Ordering…", "অর্ডার হচ্ছে…";
    new_after: "You see the sum once more before you pay. The panel is set up by itself once the payment is confirmed; its card shows how far it is.", "পেমেন্টের আগে মোট আরও একবার দেখবেন। পেমেন্ট নিশ্চিত হলে প্যানেল নিজে থেকে তৈরি হবে; কতদূর হলো কার্ডে দেখা যাবে।";
    new_trial_after: "A trial costs nothing, and your account has one for each plan. Nothing is charged when it is over.", "পরীক্ষামূলক সময়ে কোনো খরচ নেই, প্রতি প্ল্যানে অ্যাকাউন্ট একবার পায়। শেষ হলেও কোনো টাকা কাটা হয় না।";
    new_change_what(what): "Change: {what}", "বদলান: {what}";
    new_too_many: "As many panels as an account may have wait for their first payment. Pay for one of them, or discard one. Nothing was charged.", "প্রথম পেমেন্টের অপেক্ষায় যতগুলো প্যানেল থাকতে পারে ততগুলোই আছে। একটির পেমেন্ট করুন বা একটি বাদ দিন। কোনো টাকা কাটা হয়নি।";
    new_ordered: "The panel is ordered, but its trial could not begin. Nothing was charged.", "প্যানেলের অর্ডার হয়েছে, তবে পরীক্ষামূলক সময় শুরু করা যায়নি। কোনো টাকা কাটা হয়নি।";
    new_pay: "Go to payment", "পেমেন্টে যান";
}
