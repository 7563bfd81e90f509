//! Texts of the checkout review and of the payment's return page.

texts! {
    pay_title: "Review and pay", "দেখে পেমেন্ট করুন";
    pay_panel: "Panel", "প্যানেল";
    pay_address: "Address", "ঠিকানা";
    pay_plan: "Plan", "প্ল্যান";
    pay_period: "Period", "সময়কাল";
    period_first: "The first cycle. It starts when the panel is ready.", "প্রথম চক্র। প্যানেল প্রস্তুত হলে শুরু হবে।";
    period_after_early(date): "The next cycle. It starts when the running one ends, on {date} at the latest.", "পরের চক্র। চলমানটি শেষ হলে শুরু হবে, সর্বশেষ {date}।";
    period_after_queue(count): "One more cycle, after the {count} that are already paid.", "আরও একটি চক্র, আগে পরিশোধিত {count}টির পরে।";
    period_now: "The next cycle. It starts at the moment your payment is confirmed.", "পরের চক্র। পেমেন্ট নিশ্চিত হওয়ার মুহূর্তে শুরু হবে।";
    period_grace: "The next cycle. It continues where the last one ended, so no time is lost or paid twice.", "পরের চক্র। আগেরটি যেখানে শেষ হয়েছে সেখান থেকেই চলবে, তাই কোনো সময় হারায় না বা দুবার গোনা হয় না।";
    pay_how: "You pay on the page of SSLCommerz with a card, bKash, Nagad or internet banking. Nothing is charged automatically, now or later.", "আপনি SSLCommerz-এর পাতায় কার্ড, বিকাশ, নগদ বা ইন্টারনেট ব্যাংকিং দিয়ে পেমেন্ট করবেন। এখন বা পরে কোনো টাকা নিজে থেকে কাটা হয় না।";
    pay_if_fails: "If the payment fails or you turn back, nothing changes: the panel stays as it is, your data is safe, and you can try again.", "পেমেন্ট ব্যর্থ হলে বা ফিরে এলে কিছুই বদলাবে না: প্যানেল যেমন আছে তেমনই থাকবে, আপনার তথ্য নিরাপদ, আবার চেষ্টা করতে পারবেন।";
    pay_go(price): "Go to SSLCommerz · {price}", "SSLCommerz-এ যান · {price}";
    pay_opening: "Opening SSLCommerz…", "SSLCommerz খোলা হচ্ছে…";
    pay_slow: "SSLCommerz has not opened within 15 seconds. Nothing was charged. Retry continues the same payment.", "১৫ সেকেন্ডেও SSLCommerz খোলেনি। কোনো টাকা কাটা হয়নি। আবার চেষ্টা করলে একই পেমেন্ট চলবে।";
    pay_nothing_due: "Nothing is due for this panel now.", "এই প্যানেলের জন্য এখন কিছু বাকি নেই।";
    pay_nothing_until(date): "The running cycle lasts until {date}.", "চলমান চক্র {date} পর্যন্ত।";
    pay_not_yours: "Your role may look, but not pay. Ask the owner of the account.", "আপনার ভূমিকায় শুধু দেখা যায়, পেমেন্ট করা যায় না। অ্যাকাউন্টের মালিককে বলুন।";

    ret_open_title: "Checking your payment", "আপনার পেমেন্ট যাচাই হচ্ছে";
    ret_open_text: "We are waiting for SSLCommerz to confirm. This usually takes less than a minute, and this page looks again by itself.", "SSLCommerz-এর নিশ্চিতকরণের অপেক্ষায় আছি। সাধারণত এক মিনিটও লাগে না, পাতাটি নিজে থেকেই আবার দেখবে।";
    ret_open_close: "You may close this page. The confirmation is booked when it arrives, and you will find a notice.", "আপনি এই পাতা বন্ধ করতে পারেন। নিশ্চিতকরণ এলেই তা নথিভুক্ত হবে, এবং আপনি বিজ্ঞপ্তি পাবেন।";
    ret_open_safe: "No payment is lost or counted twice.", "কোনো পেমেন্ট হারায় না বা দুবার গোনা হয় না।";
    ret_settled_title: "Payment received", "পেমেন্ট পাওয়া গেছে";
    ret_settled_text(panel): "Thank you. {panel} is paid for its next cycle.", "ধন্যবাদ। {panel}-এর পরের চক্রের মূল্য পরিশোধিত।";
    ret_failed_title: "The payment was declined", "পেমেন্ট প্রত্যাখ্যাত হয়েছে";
    ret_failed_text: "The bank or wallet said no. Nothing was charged, and your data is safe.", "ব্যাংক বা ওয়ালেট অনুমোদন দেয়নি। কোনো টাকা কাটা হয়নি, আপনার তথ্য নিরাপদ।";
    ret_cancelled_title: "You turned back", "আপনি ফিরে এসেছেন";
    ret_cancelled_text: "The payment was cancelled before it was made. Nothing was charged, and your data is safe.", "পেমেন্ট হওয়ার আগেই বাতিল হয়েছে। কোনো টাকা কাটা হয়নি, আপনার তথ্য নিরাপদ।";
    ret_expired_title: "The payment page timed out", "পেমেন্টের পাতার সময় শেষ";
    ret_expired_text: "No payment was made in time. Nothing was charged, and your data is safe.", "সময়ের মধ্যে পেমেন্ট হয়নি। কোনো টাকা কাটা হয়নি, আপনার তথ্য নিরাপদ।";
    ret_held_title: "The payment is being looked at", "পেমেন্টটি পর্যালোচনায় আছে";
    ret_held_text: "SSLCommerz confirmed it but asks for a check by a person. Your money and your data are safe; do not pay again. We will tell you as soon as it is decided.", "SSLCommerz নিশ্চিত করেছে, তবে একজন মানুষের যাচাই চেয়েছে। আপনার টাকা ও তথ্য নিরাপদ; আবার পেমেন্ট করবেন না। সিদ্ধান্ত হলেই জানানো হবে।";
    ret_mismatch_title: "The amount does not match", "টাকার অঙ্ক মিলছে না";
    ret_mismatch_text: "Money arrived, but not as ordered. It is safe and a person looks at it; do not pay again. Please keep the reference.", "টাকা এসেছে, তবে অর্ডার অনুযায়ী নয়। টাকা নিরাপদ, একজন মানুষ দেখছেন; আবার পেমেন্ট করবেন না। রেফারেন্সটি রেখে দিন।";
    ret_credited_title: "Paid already: kept as credit", "আগেই পরিশোধিত: জমা রাখা হয়েছে";
    ret_credited_text: "The order was settled before. This payment is not lost: it is kept as your account's credit.", "অর্ডারটি আগেই পরিশোধ হয়েছে। এই পেমেন্ট হারায়নি: আপনার অ্যাকাউন্টে জমা আছে।";
    ret_unknown_title: "This payment cannot be shown", "এই পেমেন্ট দেখানো যাচ্ছে না";
    ret_unknown_text: "The link may be incomplete, or the payment may belong to another account. If you paid, your money is safe: sign in to see it.", "লিংকটি অসম্পূর্ণ হতে পারে, অথবা পেমেন্টটি অন্য অ্যাকাউন্টের। পেমেন্ট করে থাকলে আপনার টাকা নিরাপদ: সাইন ইন করে দেখুন।";
    ret_trouble: "The state of the payment cannot be fetched now. Your money is safe; this page keeps trying.", "পেমেন্টের অবস্থা এখন আনা যাচ্ছে না। আপনার টাকা নিরাপদ; পাতাটি চেষ্টা চালিয়ে যাচ্ছে।";
    ret_reference: "Reference", "রেফারেন্স";
    ret_amount: "Amount", "পরিমাণ";
    ret_method: "Paid with", "পেমেন্টের মাধ্যম";
    ret_started: "Started", "শুরু";
    ret_booked: "Booked", "নথিভুক্ত";
    ret_new_cycle: "New cycle", "নতুন চক্র";
    ret_cycle_dates(number, from, to): "No. {number}: {from} to {to}", "নং {number}: {from} থেকে {to}";
    ret_cycle_waits(number): "No. {number}: starts when the running cycle ends", "নং {number}: চলমান চক্র শেষ হলে শুরু হবে";
    ret_try_again: "Try again", "আবার চেষ্টা করুন";
    ret_sign_in: "Sign in to see your panels", "প্যানেল দেখতে সাইন ইন করুন";
    ret_panel_waiting: "Payment received. The panel is coming back.", "পেমেন্ট পাওয়া গেছে। প্যানেলটি ফিরে আসছে।";
    ret_panel_creating: "Payment received. The panel is being set up.", "পেমেন্ট পাওয়া গেছে। প্যানেলটি তৈরি হচ্ছে।";
    ret_panel_ready: "The panel is ready.", "প্যানেল প্রস্তুত।";
    ret_panel_stopped: "The panel is stopped. Start it when you need it.", "প্যানেলটি বন্ধ আছে। দরকার হলে চালু করুন।";
    ret_panel_closed: "The panel is closed by the operator. Your payment is kept.", "প্যানেলটি পরিচালক বন্ধ রেখেছেন। আপনার পেমেন্ট সংরক্ষিত আছে।";
}
