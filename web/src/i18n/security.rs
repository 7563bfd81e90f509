//! Texts of the doors and their locks: codes, passwords that are forgotten or changed, second factor, sign-ins, joining.

texts! {
    caps_on: "Caps lock is on.", "ক্যাপস লক চালু আছে।";
    field_code: "Code", "কোড";
    hint_code: "The six digits that your app shows now.", "অ্যাপে এখন যে ছয়টি সংখ্যা দেখাচ্ছে।";
    hint_code_or_recovery: "The six digits of your app, or one of your recovery codes.", "অ্যাপের ছয়টি সংখ্যা, অথবা আপনার একটি পুনরুদ্ধার কোড।";
    field_recovery_code: "Recovery code", "পুনরুদ্ধার কোড";
    hint_recovery_code: "One of the codes that you kept. Each is good once.", "আপনার রাখা কোডগুলোর একটি। প্রতিটি একবার কাজ করে।";
    use_recovery_code: "No phone at hand? Use a recovery code", "ফোন কাছে নেই? পুনরুদ্ধার কোড ব্যবহার করুন";
    use_app_code: "Use the code of the app", "অ্যাপের কোড ব্যবহার করুন";
    need_code: "Enter the code.", "কোডটি লিখুন।";
    need_new_password: "Choose a password.", "একটি পাসওয়ার্ড বেছে নিন।";
    wrong_password: "This is not your password.", "এটি আপনার পাসওয়ার্ড নয়।";

    forgot_link: "Forgot password?", "পাসওয়ার্ড ভুলে গেছেন?";
    forgot_title: "Forgot your password?", "পাসওয়ার্ড ভুলে গেছেন?";
    forgot_lead: "We send you a mail with a link by which you set a new one.", "আমরা একটি লিংকসহ মেইল পাঠাব, যা দিয়ে নতুন পাসওয়ার্ড দেবেন।";
    forgot_button: "Send the link", "লিংক পাঠান";
    forgot_sent(email): "If somebody signs in with {email}, a mail with a link is on its way there.", "{email} দিয়ে কেউ সাইন ইন করলে, সেখানে একটি লিংকসহ মেইল যাচ্ছে।";
    forgot_sent_hint: "It can take a few minutes. Look into the spam folder too.", "কয়েক মিনিট লাগতে পারে। স্প্যাম ফোল্ডারও দেখুন।";
    forgot_again: "Send it again, or to another address", "আবার, অথবা অন্য ঠিকানায় পাঠান";
    back_to_sign_in: "Back to signing in", "সাইন ইনে ফিরুন";

    reset_title: "Set a new password", "নতুন পাসওয়ার্ড দিন";
    reset_lead: "Wherever you are signed in, you sign in anew afterwards.", "যেখানে যেখানে সাইন ইন আছেন, পরে আবার সাইন ইন করতে হবে।";
    reset_button: "Set password", "পাসওয়ার্ড দিন";
    reset_done: "Your new password is set. Sign in with it.", "আপনার নতুন পাসওয়ার্ড কার্যকর। তা দিয়ে সাইন ইন করুন।";
    reset_new_link: "Ask for a new link", "নতুন লিংক চান";
    reset_spent_hint: "Your password is as it was.", "আপনার পাসওয়ার্ড আগের মতোই আছে।";

    join_title: "Join an account", "একটি অ্যাকাউন্টে যোগ দিন";
    join_asks(account, role): "{account} asks you to join as: {role}.", "{account} আপনাকে যোগ দিতে বলেছে, ভূমিকা: {role}।";
    join_email_hint: "You will sign in with this address. It cannot be changed here.", "এই ঠিকানা দিয়ে সাইন ইন করবেন। এখানে বদলানো যায় না।";
    join_signed_in(email): "This browser is signed in as {email}. Joining takes its place.", "এই ব্রাউজারে {email} সাইন ইন আছেন। যোগ দিলে তাঁর জায়গায় আপনি থাকবেন।";
    join_button: "Join", "যোগ দিন";
    joining: "Joining…", "যোগ দেওয়া হচ্ছে…";
    join_spent: "This invitation was used already, was withdrawn, or is too old. Ask the person who invited you to send it again.", "এই আমন্ত্রণ আগে ব্যবহৃত, প্রত্যাহার করা, অথবা মেয়াদ শেষ। যিনি আমন্ত্রণ জানিয়েছেন তাঁকে আবার পাঠাতে বলুন।";

    password_title: "Password", "পাসওয়ার্ড";
    password_lead: "A new password ends every other sign-in of yours.", "নতুন পাসওয়ার্ড দিলে আপনার অন্য সব সাইন-ইন শেষ হয়।";
    current_password: "Present password", "বর্তমান পাসওয়ার্ড";
    new_password: "New password", "নতুন পাসওয়ার্ড";
    change_password: "Change password", "পাসওয়ার্ড বদলান";
    password_changed: "Password changed", "পাসওয়ার্ড বদলেছে";

    factor_title: "Second factor", "দ্বিতীয় ধাপ";
    factor_off: "Off. With it, a stolen password alone opens nothing: signing in also asks for a code that only your phone shows.", "বন্ধ। চালু থাকলে শুধু চুরি করা পাসওয়ার্ডে কিছু খোলে না: সাইন ইনে এমন একটি কোডও লাগে যা শুধু আপনার ফোনে দেখা যায়।";
    factor_on: "On. Signing in asks for a code of your app.", "চালু। সাইন ইনে আপনার অ্যাপের কোড লাগে।";
    factor_begin: "Set up", "চালু করুন";
    factor_next: "Next", "পরবর্তী";
    factor_password_hint: "To be sure that it is you.", "আপনিই কি না তা নিশ্চিত হতে।";
    factor_step_password: "Step 1 of 2: your password.", "ধাপ ১/২: আপনার পাসওয়ার্ড।";
    factor_ready: "Step 2 of 2: scan the picture with an app for codes", "ধাপ ২/২: কোডের অ্যাপ দিয়ে ছবিটি স্ক্যান করুন";
    factor_step_scan: "Step 2 of 2: scan the picture with an app for codes, or type the key into it. Then enter the code that it shows.", "ধাপ ২/২: কোডের অ্যাপ দিয়ে ছবিটি স্ক্যান করুন, অথবা অ্যাপে চাবিটি লিখুন। তারপর অ্যাপে দেখানো কোডটি দিন।";
    factor_qr: "QR code for your app. The key below says the same.", "আপনার অ্যাপের জন্য কিউআর কোড। নিচের চাবিতেও একই তথ্য।";
    factor_secret: "Key, for typing", "চাবি, লেখার জন্য";
    factor_confirm: "Turn on", "চালু করুন";
    factor_is_on: "The second factor is on", "দ্বিতীয় ধাপ চালু হয়েছে";
    factor_is_off: "The second factor is off", "দ্বিতীয় ধাপ বন্ধ হয়েছে";
    factor_changed: "This was changed meanwhile, elsewhere. Reload the page.", "এর মধ্যে অন্য কোথাও এটি বদলেছে। পাতাটি আবার লোড করুন।";
    factor_remove: "Turn off", "বন্ধ করুন";
    factor_remove_effect: "From then on your password alone opens the account.", "এরপর শুধু পাসওয়ার্ডেই অ্যাকাউন্ট খুলবে।";
    codes_left(count): "Recovery codes left: {count}", "পুনরুদ্ধার কোড বাকি: {count}";
    codes_renew: "New recovery codes", "নতুন পুনরুদ্ধার কোড";
    codes_renew_effect: "The codes that you have are of no use any more then.", "এরপর আগের কোডগুলো আর কাজ করবে না।";
    codes_new: "New recovery codes", "নতুন পুনরুদ্ধার কোড";
    codes_lead: "Keep these recovery codes. Each signs you in once if your phone is lost. They are shown only now.", "এই পুনরুদ্ধার কোডগুলো রেখে দিন। ফোন হারালে প্রতিটি দিয়ে একবার সাইন ইন করা যায়। শুধু এখনই দেখানো হচ্ছে।";
    codes_download: "Download", "ডাউনলোড";
    codes_kept: "I kept them", "আমি রেখেছি";

    sign_ins_title: "Where you are signed in", "যেখানে সাইন ইন আছেন";
    sign_ins_lead: "If you do not know one of them, end it and change your password.", "কোনোটি না চিনলে তা শেষ করে পাসওয়ার্ড বদলান।";
    sign_ins_only_this: "Only here.", "শুধু এখানে।";
    sign_in_times(since, seen): "since {since}; last seen {seen}", "{since} থেকে; শেষ দেখা {seen}";
    this_one: "This one", "এটি";
    browser_unknown: "Unknown browser", "অজানা ব্রাউজার";
    end_sign_in: "End", "শেষ করুন";
    end_sign_in_effect: "Whoever uses it has to sign in again, within ten minutes at the latest.", "যিনি ব্যবহার করছেন তাঁকে দশ মিনিটের মধ্যে আবার সাইন ইন করতে হবে।";
    end_others: "End all others", "অন্য সব শেষ করুন";
    end_others_effect: "You stay signed in here. Everywhere else has to sign in again, within ten minutes at the latest.", "এখানে সাইন ইন থাকবেন। অন্য সব জায়গায় দশ মিনিটের মধ্যে আবার সাইন ইন করতে হবে।";
}
