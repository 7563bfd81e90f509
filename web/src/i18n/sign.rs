//! Texts of the sign-in and sign-up pages.

texts! {
    sign_in_title: "Sign in", "সাইন ইন";
    sign_in_button: "Sign in", "সাইন ইন করুন";
    signing_in: "Signing in…", "সাইন ইন হচ্ছে…";
    sign_in_lead: "See how many hours are left, and pay for the next ones.", "কত ঘণ্টা বাকি আছে দেখুন, পরের সময়ের পেমেন্ট করুন।";
    no_account: "No account yet?", "এখনো অ্যাকাউন্ট নেই?";
    sign_up_link: "Create an account", "অ্যাকাউন্ট খুলুন";
    sign_up_title: "Create an account", "অ্যাকাউন্ট খুলুন";
    sign_up_button: "Create account", "অ্যাকাউন্ট খুলুন";
    signing_up: "Creating your account…", "আপনার অ্যাকাউন্ট খোলা হচ্ছে…";
    have_account: "Already have an account?", "আগে থেকেই অ্যাকাউন্ট আছে?";
    sign_in_link: "Sign in", "সাইন ইন করুন";
    field_name: "Business or person", "প্রতিষ্ঠান বা ব্যক্তির নাম";
    hint_name: "Stands on your invoices. At most 80 characters.", "চালানে এই নাম থাকবে। সর্বোচ্চ ৮০ অক্ষর।";
    field_email: "Email", "ইমেইল";
    hint_email: "For example name@company.com", "যেমন name@company.com";
    field_password: "Password", "পাসওয়ার্ড";
    hint_password_new: "At least 10 characters. A few words are easier to remember.", "কমপক্ষে ১০ অক্ষর। কয়েকটি শব্দ মনে রাখা সহজ।";
    hint_password: "Capitals matter.", "বড় ও ছোট হাতের অক্ষর আলাদা।";
    show_password: "Show password", "পাসওয়ার্ড দেখান";
    summary_title: "Please correct this", "অনুগ্রহ করে এটি ঠিক করুন";
    need_name: "Enter the name of the business or person.", "প্রতিষ্ঠান বা ব্যক্তির নাম লিখুন।";
    need_email: "Enter your email address.", "আপনার ইমেইল ঠিকানা লিখুন।";
    need_password: "Enter your password.", "আপনার পাসওয়ার্ড লিখুন।";
    bad_email: "This does not look like an email address. Example: name@company.com", "এটি ইমেইল ঠিকানার মতো নয়। উদাহরণ: name@company.com";
    name_length: "The name must have 1 to 80 characters.", "নামে ১ থেকে ৮০টি অক্ষর থাকতে হবে।";
    password_length: "The password must have 10 to 128 characters.", "পাসওয়ার্ডে ১০ থেকে ১২৮টি অক্ষর থাকতে হবে।";
    field_wrong(detail): "This is not accepted: {detail}", "এটি গ্রহণযোগ্য নয়: {detail}";
    locked_one: "Too many attempts. Try again in 1 minute.", "অনেকবার চেষ্টা হয়েছে। ১ মিনিট পর আবার চেষ্টা করুন।";
    locked_many(minutes): "Too many attempts. Try again in {minutes} minutes.", "অনেকবার চেষ্টা হয়েছে। {minutes} মিনিট পর আবার চেষ্টা করুন।";
    demo_choose: "Sign in with one tap as", "এক চাপে সাইন ইন করুন, যে হিসেবে";
}
