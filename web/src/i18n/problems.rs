//! Texts for what went wrong. Each says whether money or data is at risk where that question can come up.

texts! {
    trouble_offline: "The server cannot be reached. Check the connection.", "সার্ভারে পৌঁছানো যাচ্ছে না। সংযোগ দেখুন।";
    trouble_slow: "The server did not answer in time.", "সার্ভার সময়মতো উত্তর দেয়নি।";
    trouble_unreadable: "The server's answer could not be understood. Nothing was lost.", "সার্ভারের উত্তর বোঝা যায়নি। কিছুই হারায়নি।";
    trouble_reference(id): "Reference for support: {id}", "সহায়তার জন্য রেফারেন্স: {id}";
    load_failed: "This could not be loaded. Your data is safe.", "এটি লোড করা যায়নি। আপনার তথ্য নিরাপদ।";

    err_invalid: "Something in the form is not accepted.", "ফর্মের কিছু একটা গ্রহণযোগ্য নয়।";
    err_unauthenticated: "You are not signed in.", "আপনি সাইন ইন করা নেই।";
    err_wrong_credentials: "Email and password do not go together.", "ইমেইল ও পাসওয়ার্ড মিলছে না।";
    err_second_factor: "The code does not fit. Enter the six digits that your app shows now, or a recovery code.", "কোডটি মিলছে না। অ্যাপে এখন যে ছয়টি সংখ্যা দেখাচ্ছে তা লিখুন, অথবা একটি পুনরুদ্ধার কোড দিন।";
    err_link_spent: "This link was used already, or is too old. Ask for a new one.", "লিংকটি আগে ব্যবহার করা হয়েছে, অথবা মেয়াদ শেষ। নতুন লিংক চান।";
    err_last_owner: "An account keeps at least one owner. Make somebody else an owner first.", "অ্যাকাউন্টে অন্তত একজন মালিক থাকতে হয়। আগে অন্য কাউকে মালিক করুন।";
    err_session_ended: "Your sign-in has ended. Sign in again.", "আপনার সাইন-ইনের মেয়াদ শেষ। আবার সাইন ইন করুন।";
    err_csrf: "The page is out of date. Reload it and try again.", "পাতাটি পুরোনো হয়ে গেছে। আবার লোড করে চেষ্টা করুন।";
    err_not_found: "It does not exist, or it is not yours.", "এটি নেই, অথবা এটি আপনার নয়।";
    err_email_taken: "An account with this email address exists. Sign in instead.", "এই ইমেইলে অ্যাকাউন্ট আছে। সাইন ইন করুন।";
    err_renewal_not_due: "The renewal is not open yet. Nothing was charged.", "নবায়নের সময় এখনো হয়নি। কোনো টাকা কাটা হয়নি।";
    err_queue_full: "As many paid cycles wait as the plan allows. Nothing was charged.", "প্ল্যান যতটা অনুমতি দেয় ততগুলো পরিশোধিত চক্র ইতিমধ্যে অপেক্ষায় আছে। কোনো টাকা কাটা হয়নি।";
    err_over_limit: "The panel holds more than this plan includes. Hold less and try again later, or change to a larger plan. Once the panel has closed, it can be renewed in any case. Nothing was charged.", "এই প্ল্যানে যতটা আছে প্যানেলে তার চেয়ে বেশি আছে। কমিয়ে কিছুক্ষণ পরে আবার চেষ্টা করুন, অথবা বড় প্ল্যানে বদলান। প্যানেল বন্ধ হয়ে গেলে যেকোনো অবস্থায় নবায়ন করা যাবে। কোনো টাকা কাটা হয়নি।";
    err_nothing_back: "There is nothing to send back now. The page shows the newest state.", "এখন ফেরত দেওয়ার কিছু নেই। পাতায় সর্বশেষ অবস্থা দেখানো হচ্ছে।";
    err_wrong_state: "The panel's present state does not allow this. The page shows the newest state.", "প্যানেলের বর্তমান অবস্থায় এটি সম্ভব নয়। পাতায় সর্বশেষ অবস্থা দেখানো হচ্ছে।";
    err_trial_used: "Your account has had its trial of this plan. Nothing was charged.", "আপনার অ্যাকাউন্ট এই প্ল্যানের পরীক্ষামূলক সময় আগেই ব্যবহার করেছে। কোনো টাকা কাটা হয়নি।";
    err_cycle_running: "The cycle still runs. Its proof can be kept once it is over.", "চক্রটি এখনো চলছে। শেষ হলে এর প্রমাণ রাখা যাবে।";
    err_unsealed: "The cycle began before cycles were sealed: there is no proof of it.", "চক্র সিল করা শুরু হওয়ার আগে এই চক্র শুরু হয়েছিল: এর প্রমাণ নেই।";
    err_no_upgrade: "This plan is no upgrade. Change to it with the next cycle; nothing was charged.", "এই প্ল্যানটি উন্নয়ন নয়। পরের চক্র থেকে বদলান; কোনো টাকা কাটা হয়নি।";
    err_not_a_correction: "This would take no hours of the running cycle back.", "এতে চলমান চক্রের কোনো ঘণ্টা ফেরত আসে না।";
    err_in_flight: "The same request is still running. Wait a moment.", "একই অনুরোধ এখনো চলছে। একটু অপেক্ষা করুন।";
    err_repeat: "The request could not be repeated. Nothing was charged; try once more.", "অনুরোধটি পুনরায় করা যায়নি। কোনো টাকা কাটা হয়নি; আরেকবার চেষ্টা করুন।";
    err_gateway_refused: "SSLCommerz did not accept the payment. Nothing was charged.", "SSLCommerz পেমেন্টটি গ্রহণ করেনি। কোনো টাকা কাটা হয়নি।";
    err_gateway_unavailable: "SSLCommerz does not answer now. Nothing was charged.", "SSLCommerz এখন উত্তর দিচ্ছে না। কোনো টাকা কাটা হয়নি।";
    err_rate_one: "Too many requests. Try again in 1 minute.", "অনেক বেশি অনুরোধ। ১ মিনিট পর আবার চেষ্টা করুন।";
    err_rate_many(minutes): "Too many requests. Try again in {minutes} minutes.", "অনেক বেশি অনুরোধ। {minutes} মিনিট পর আবার চেষ্টা করুন।";
    err_too_large: "That is too long.", "এটি বেশি বড়।";
    err_unavailable: "The server cannot answer now. Nothing was lost; try again.", "সার্ভার এখন উত্তর দিতে পারছে না। কিছুই হারায়নি; আবার চেষ্টা করুন।";
    err_internal: "A fault of ours. Nothing was lost; try again, or write to us with the reference.", "আমাদের ত্রুটি। কিছুই হারায়নি; আবার চেষ্টা করুন, অথবা রেফারেন্সসহ আমাদের লিখুন।";
}
