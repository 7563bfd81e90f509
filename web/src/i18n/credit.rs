//! Texts of the account's credit, of its orders and payments, and of both where something is paid.

texts! {
    orders_title: "Orders", "অর্ডার";
    orders_empty: "You have ordered nothing yet. Every order stands here with what was ordered, also one that nobody paid.", "এখনো কোনো অর্ডার নেই। প্রতিটি অর্ডার ও তাতে কী আছে তা এখানে থাকে, যেটি পরিশোধ হয়নি সেটিও।";
    order_open: "Waits for payment", "পেমেন্টের অপেক্ষায়";
    order_held: "Being looked at", "পর্যালোচনায় আছে";
    order_settled: "Paid", "পরিশোধিত";
    order_withdrawn: "Withdrawn", "তুলে নেওয়া হয়েছে";
    order_credit(credit): "{credit} from your credit", "{credit} আপনার জমা থেকে";
    payments_title: "Payments", "পেমেন্ট";
    payments_empty: "You have paid nothing yet. Every payment stands here, also one that came to nothing.", "এখনো কোনো পেমেন্ট হয়নি। প্রতিটি পেমেন্ট এখানে থাকে, যেটি সম্পূর্ণ হয়নি সেটিও।";
    way_bkash: "bKash", "বিকাশ";
    way_nagad: "Nagad", "নগদ";
    way_rocket: "Rocket", "রকেট";
    way_visa: "Visa", "ভিসা";
    way_mastercard: "Mastercard", "মাস্টারকার্ড";
    way_bank_pages: "Internet banking", "ইন্টারনেট ব্যাংকিং";
    way_by_hand: "Bank transfer or cash", "ব্যাংক ট্রান্সফার বা নগদ টাকা";
    credit_title: "Credit", "জমা";
    credit_lead: "Your next order uses it first, by itself.", "আপনার পরের অর্ডারে এটি নিজে থেকেই আগে ব্যবহৃত হবে।";
    credit_empty: "You have no credit. Money that pays nothing yet is kept here: a payment made twice, or the amount of a credit note. Your next order uses it first, by itself.", "আপনার কোনো জমা নেই। যে টাকায় এখনো কিছু পরিশোধ হয়নি তা এখানে থাকে: দুবার করা পেমেন্ট, বা ক্রেডিট নোটের টাকা। পরের অর্ডারে তা নিজে থেকেই আগে ব্যবহৃত হয়।";
    credit_then(balance): "Then {balance}", "তখন {balance}";
    credit_payment: "Payment", "পেমেন্ট";
    credit_note: "Credit note", "ক্রেডিট নোট";
    credit_paid_too_much: "More was paid than was due", "প্রাপ্যের বেশি পরিশোধ";
    credit_accepted: "A held payment was accepted", "আটকে থাকা পেমেন্ট গৃহীত";
    credit_by_note: "A credit note was issued", "ক্রেডিট নোট ইস্যু";
    credit_used: "An order used it", "অর্ডারে ব্যবহৃত";
    credit_released: "An unpaid order gave it back", "অপরিশোধিত অর্ডার থেকে ফেরত";
    credit_sent_back: "Sent back to you", "আপনাকে ফেরত পাঠানো";
    credit_came_back: "Could not be sent back", "ফেরত পাঠানো যায়নি";

    pay_held: "A payment for this arrived, and a person is looking at it. Your money is safe; please do not pay again.", "এর জন্য একটি পেমেন্ট এসেছে, একজন মানুষ তা দেখছেন। আপনার টাকা নিরাপদ; আবার পেমেন্ট করবেন না।";
    pay_held_see: "See that payment", "পেমেন্টটি দেখুন";
    pay_credit_go: "Pay from your credit", "জমা থেকে পরিশোধ করুন";
    pay_credit_pays(credit, left): "Credit pays {credit}, {left} is left to pay.", "জমা থেকে {credit} পরিশোধ, {left} বাকি।";

    ret_credit_used: "From your credit", "আপনার জমা থেকে";
    ret_by_credit: "Credit", "জমা";
    ret_invoice: "Invoice", "চালান";
    ret_resume: "Continue on the open page", "খোলা পাতায় চালিয়ে যান";
    ret_charges: "What was charged", "যা কাটা হয়েছে";
    ret_charge_settled: "paid the order", "অর্ডার পরিশোধ করেছে";
    ret_charge_credited: "is your credit", "আপনার জমা";
    ret_charge_held: "is being looked at", "পর্যালোচনায় আছে";
    ret_charge_returned: "was sent back", "ফেরত পাঠানো হয়েছে";
    ret_charge_back(amount): "{amount} sent back", "{amount} ফেরত";
}
