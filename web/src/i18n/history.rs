//! Texts for what happened to a panel: audit rows and notices.

texts! {
    actor_customer: "Your team", "আপনার দল";
    actor_operator: "The operator", "পরিচালক";
    actor_gateway: "SSLCommerz", "SSLCommerz";
    actor_system: "Hourglass", "Hourglass";

    moved_panel(from, to): "The panel went from {from} to {to}.", "প্যানেল {from} থেকে {to} হয়েছে।";
    moved_panel_to(to): "The panel became {to}.", "প্যানেল {to} হয়েছে।";
    moved_billing(from, to): "Billing went from {from} to {to}.", "বিলিং {from} থেকে {to} হয়েছে।";
    moved_billing_to(to): "Billing became {to}.", "বিলিং {to} হয়েছে।";
    payment_settled: "A payment was confirmed and booked.", "একটি পেমেন্ট নিশ্চিত ও নথিভুক্ত হয়েছে।";
    payment_started: "A payment was started.", "একটি পেমেন্ট শুরু হয়েছে।";
    payment_failed: "A payment was declined. Nothing was charged.", "একটি পেমেন্ট প্রত্যাখ্যাত হয়েছে। কোনো টাকা কাটা হয়নি।";
    payment_cancelled: "A payment was cancelled. Nothing was charged.", "একটি পেমেন্ট বাতিল হয়েছে। কোনো টাকা কাটা হয়নি।";
    payment_expired: "A payment timed out. Nothing was charged.", "একটি পেমেন্টের সময় শেষ হয়েছে। কোনো টাকা কাটা হয়নি।";
    payment_held: "A payment waits for a check by a person.", "একটি পেমেন্ট একজন মানুষের যাচাইয়ের অপেক্ষায়।";
    payment_mismatch: "Money arrived that does not match its order. A person looks at it.", "অর্ডারের সঙ্গে মেলে না এমন টাকা এসেছে। একজন মানুষ দেখছেন।";
    payment_credited: "A payment was kept as the account's credit.", "একটি পেমেন্ট অ্যাকাউন্টে জমা রাখা হয়েছে।";
    payment_refunded: "A payment was sent back whole.", "একটি পেমেন্ট পুরোটা ফেরত দেওয়া হয়েছে।";
    refund_requested: "Money is to be sent back.", "টাকা ফেরত দেওয়ার উদ্যোগ নেওয়া হয়েছে।";
    refund_processing: "The gateway is sending money back.", "গেটওয়ে টাকা ফেরত পাঠাচ্ছে।";
    refund_done: "The gateway has sent money back.", "গেটওয়ে টাকা ফেরত পাঠিয়েছে।";
    refund_cancelled: "Money could not be sent back. It is where it was before.", "টাকা ফেরত পাঠানো যায়নি। টাকা আগের জায়গাতেই আছে।";
    manual_recorded: "A payment past the gateway was recorded. Another person has to approve it.", "গেটওয়ের বাইরের একটি পেমেন্ট লিপিবদ্ধ হয়েছে। আরেকজনকে অনুমোদন করতে হবে।";
    manual_approved: "A recorded payment was approved.", "লিপিবদ্ধ একটি পেমেন্ট অনুমোদিত হয়েছে।";
    manual_rejected: "A recorded payment was rejected.", "লিপিবদ্ধ একটি পেমেন্ট প্রত্যাখ্যাত হয়েছে।";
    alert_resolved: "Something that needed a person was dealt with.", "মানুষের নজর দরকার ছিল এমন একটি বিষয়ের মীমাংসা হয়েছে।";
    order_expired: "An order was withdrawn. Credit that it had used is free again.", "একটি অর্ডার তুলে নেওয়া হয়েছে। এতে ব্যবহৃত জমা আবার মুক্ত।";
    payment_moved(to): "A payment became {to}.", "একটি পেমেন্ট {to} হয়েছে।";
    second_charge: "A second charge for the same order arrived. It is kept as the account's credit.", "একই অর্ডারের দ্বিতীয় টাকা এসেছে। তা অ্যাকাউন্টে জমা রাখা হয়েছে।";
    foreign_charge: "A payment message claimed a charge that belongs to another payment. It was turned away.", "একটি পেমেন্ট বার্তা অন্য পেমেন্টের টাকা দাবি করেছে। তা ফিরিয়ে দেওয়া হয়েছে।";
    notice_rejected: "A payment message without a valid signature was turned away.", "বৈধ স্বাক্ষর ছাড়া একটি পেমেন্ট বার্তা ফিরিয়ে দেওয়া হয়েছে।";
    cycle_started: "A billing cycle began.", "একটি বিলিং চক্র শুরু হয়েছে।";
    cycle_over: "A billing cycle ended.", "একটি বিলিং চক্র শেষ হয়েছে।";
    cycle_queued_up: "A paid cycle was put in the queue.", "একটি পরিশোধিত চক্র সারিতে রাখা হয়েছে।";
    cycle_withdrawn: "A paid cycle that waited was withdrawn.", "অপেক্ষমাণ একটি পরিশোধিত চক্র তুলে নেওয়া হয়েছে।";
    cycle_upgraded: "The running cycle was upgraded.", "চলমান চক্রটি উন্নত করা হয়েছে।";
    usage_corrected: "Hours that were counted wrongly were taken back.", "ভুল করে গোনা ঘণ্টা ফেরত দেওয়া হয়েছে।";
    was_cancelled: "The panel was cancelled; it runs until its paid time is over.", "প্যানেলটি বাতিল করা হয়েছে; পরিশোধিত সময় শেষ হওয়া পর্যন্ত চলবে।";
    cancellation_withdrawn: "The cancellation was withdrawn.", "বাতিলের অনুরোধ তুলে নেওয়া হয়েছে।";
    happened(what): "Recorded: {what}.", "নথিভুক্ত: {what}।";
    because(sentence, why): "{sentence} Reason: {why}.", "{sentence} কারণ: {why}।";

    why_hours_used_up: "the hours were used up", "ঘণ্টা শেষ হয়েছে";
    why_time_elapsed: "the days were over", "দিন শেষ হয়েছে";
    why_grace_over: "the grace period was over", "বাড়তি সময় শেষ";
    why_payment_settled: "a payment was confirmed", "পেমেন্ট নিশ্চিত হয়েছে";
    why_confirmed: "SSLCommerz confirmed it", "SSLCommerz নিশ্চিত করেছে";
    why_risky: "SSLCommerz asks to verify the customer", "SSLCommerz গ্রাহক যাচাই চেয়েছে";
    why_not_as_ordered: "amount or currency differ from the order", "টাকার পরিমাণ বা মুদ্রা অর্ডারের সঙ্গে মেলে না";
    why_not_paid: "it was not paid", "পরিশোধ হয়নি";
    why_gateway_refused: "SSLCommerz did not open a session", "SSLCommerz সেশন খোলেনি";
    why_accepted: "a person accepted it", "একজন মানুষ গ্রহণ করেছেন";
    why_paid_by_credit: "credit paid all of it", "জমা থেকে পুরোটা পরিশোধ হয়েছে";
    why_not_in_time: "it was not paid in time", "সময়মতো পরিশোধ হয়নি";
    why_trial_started: "the trial began", "পরীক্ষামূলক সময় শুরু হয়েছে";
    why_panel_ready: "the set-up finished", "তৈরি সম্পন্ন হয়েছে";
    why_creation_failed: "the set-up failed", "তৈরি করা যায়নি";
    why_retried: "it was tried again", "আবার চেষ্টা করা হয়েছে";
    why_by_customer: "asked by the account", "অ্যাকাউন্টের অনুরোধে";
    why_by_operator: "asked by the operator", "পরিচালকের অনুরোধে";
    why_panel_opened: "the host opened it again", "হোস্ট আবার খুলেছে";
    why_deletion_requested: "its removal was asked for", "সরানোর অনুরোধ করা হয়েছে";
    why_refunded: "what was paid for it was refunded", "এর জন্য দেওয়া টাকা ফেরত দেওয়া হয়েছে";
    why_removed: "it was removed", "সরানো হয়েছে";

    word_none: "unpaid", "অপরিশোধিত";
    word_trial: "trial", "পরীক্ষামূলক";

    told_grace: "The cycle ended and grace began. Please renew before it is over; your data is safe.", "চক্র শেষ হয়ে বাড়তি সময় শুরু হয়েছে। শেষ হওয়ার আগে নবায়ন করুন; আপনার তথ্য নিরাপদ।";
    told_expired: "The panel was closed because its paid time is over. Your data is safe; pay to renew.", "পরিশোধিত সময় শেষ হওয়ায় প্যানেলটি বন্ধ হয়েছে। আপনার তথ্য নিরাপদ; পেমেন্ট করে নবায়ন করুন।";
    told_days_left(days): "{days} days of the cycle are left. Renew in time and nothing stops.", "চক্রের {days} দিন বাকি। সময়মতো নবায়ন করলে কিছুই বন্ধ হবে না।";
    told_hours_left(hours): "{hours} hours are left. Renew in time and nothing stops.", "{hours} ঘণ্টা বাকি। সময়মতো নবায়ন করলে কিছুই বন্ধ হবে না।";
    told_used_percent(percent): "{percent}% of the hours are used.", "ঘণ্টার {percent}% ব্যবহৃত হয়েছে।";
    told_users_percent(percent): "Users: {percent}% of what your plan includes.", "ব্যবহারকারী: আপনার প্ল্যানে যত আছে তার {percent}%।";
    told_storage_percent(percent): "Storage: {percent}% of what your plan includes.", "জায়গা: আপনার প্ল্যানে যত আছে তার {percent}%।";
    told_upgraded: "The upgrade was paid, and is in effect. Thank you.", "উন্নয়নের পেমেন্ট হয়েছে এবং কার্যকর। ধন্যবাদ।";
    told_renewed: "The renewal was paid and booked. Thank you.", "নবায়নের পেমেন্ট নথিভুক্ত হয়েছে। ধন্যবাদ।";
    told_resumed: "The panel is open again.", "প্যানেলটি আবার খোলা।";
    told_suspended: "The operator closed the panel. The card says why.", "পরিচালক প্যানেলটি বন্ধ করেছেন। কার্ডে কারণ লেখা আছে।";
    told_credited: "Money arrived that settles no order. It is kept as your credit.", "কোনো অর্ডারের নয় এমন টাকা এসেছে। তা আপনার হিসাবে জমা আছে।";
    told_credit_note: "A credit note was issued. Its amount is kept as your credit.", "একটি ক্রেডিট নোট ইস্যু হয়েছে। এর টাকা আপনার হিসাবে জমা আছে।";
    told_held: "A payment arrived that a person has to look at. Your money is safe; do not pay again.", "একটি পেমেন্ট এসেছে যা একজন মানুষকে দেখতে হবে। আপনার টাকা নিরাপদ; আবার পেমেন্ট করবেন না।";
    told_refunded: "Money was sent back to you. It takes the bank some days to show it.", "আপনাকে টাকা ফেরত পাঠানো হয়েছে। ব্যাংকে দেখাতে কয়েক দিন লাগে।";
    told_creation_failed: "The panel could not be set up. Your payment is kept: retry from its card, or have the money back.", "প্যানেলটি তৈরি করা যায়নি। আপনার পেমেন্ট সংরক্ষিত: কার্ড থেকে আবার চেষ্টা করুন, অথবা টাকা ফেরত নিন।";
}
