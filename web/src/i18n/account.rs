//! Texts of the account's pages: profile, who pays, people, what one wants to be told.

texts! {
    account_profile: "Profile", "প্রোফাইল";
    account_people: "People", "সদস্য";
    account_security: "Security", "নিরাপত্তা";
    account_choices: "Notice settings", "বিজ্ঞপ্তির সেটিংস";

    save: "Save", "সংরক্ষণ করুন";
    saving: "Saving…", "সংরক্ষণ হচ্ছে…";
    saved: "Saved", "সংরক্ষিত";
    put_back: "Not saved. It is as it was before.", "সংরক্ষণ হয়নি। আগের মতোই আছে।";
    copy: "Copy", "কপি করুন";
    copied: "Copied", "কপি হয়েছে";
    copy_by_hand: "The browser does not allow copying. Select the text and copy it yourself.", "ব্রাউজার কপি করতে দিচ্ছে না। লেখাটি বেছে নিজে কপি করুন।";

    profile_title: "You", "আপনি";
    own_name: "Your name", "আপনার নাম";
    own_name_hint: "As your colleagues know you. At most 80 characters.", "সহকর্মীরা যে নামে চেনেন। সর্বোচ্চ ৮০ অক্ষর।";
    need_own_name: "Enter your name.", "আপনার নাম লিখুন।";
    language_title: "Language", "ভাষা";
    language_hint: "Mails to you are in this language. So are pages, unless the device was switched to another one.", "আপনাকে পাঠানো মেইল এই ভাষায় হবে। পাতাও, যদি না ওই ডিভাইসে অন্য ভাষা বেছে নেওয়া হয়।";
    device_title: "On this device", "এই ডিভাইসে";
    digits_title: "Digits", "সংখ্যার অক্ষর";
    digits_hint: "Figures in Bangla are written with these digits.", "বাংলা পাতায় হিসাব এই অক্ষরে লেখা হবে।";
    member_since: "Member since", "সদস্য হয়েছেন";

    details_title: "Who pays", "যিনি পরিশোধ করেন";
    details_lead: "This stands on invoices from now on. Invoices that were issued stay as they are.", "এখন থেকে চালানে এই তথ্য থাকবে। আগে ইস্যু হওয়া চালান বদলাবে না।";
    details_read_only: "Only owners can change this.", "শুধু মালিকেরা এটি বদলাতে পারেন।";
    details_none: "not given", "দেওয়া হয়নি";
    details_address: "Postal address", "ডাক ঠিকানা";
    details_address_hint: "For invoices. At most 300 characters; may be left empty.", "চালানের জন্য। সর্বোচ্চ ৩০০ অক্ষর; খালি রাখা যায়।";
    details_bin: "BIN", "বিআইএন";
    details_bin_hint: "The 13 digits of your VAT registration, if there is one.", "আপনার ভ্যাট নিবন্ধনের ১৩ সংখ্যা, যদি থাকে।";
    details_zone: "Time zone", "টাইম জোন";
    details_zone_hint: "Times on pages and in mails go by its clocks, and so do the days of charts. Invoices carry the seller's date. For example Asia/Dhaka", "পাতা ও মেইলের সময় এবং চার্টের দিন এই ঘড়ি ধরে। চালানে বিক্রেতার তারিখ থাকে। যেমন Asia/Dhaka";
    address_length: "The address may have 300 characters at most.", "ঠিকানায় সর্বোচ্চ ৩০০ অক্ষর থাকতে পারে।";
    bin_digits: "The BIN has 13 digits. Leave it empty if you have none.", "বিআইএন ১৩ সংখ্যার। না থাকলে খালি রাখুন।";
    zone_unknown: "This is no time zone that we know. Choose one of the list, for example Asia/Dhaka", "এই টাইম জোন আমাদের জানা নেই। তালিকা থেকে বাছুন, যেমন Asia/Dhaka";

    role_label: "Role", "ভূমিকা";
    role_of(name): "Role of {name}", "{name}-এর ভূমিকা";
    roles_title: "What each role may do", "কোন ভূমিকায় কী করা যায়";
    role_owner: "Owner", "মালিক";
    role_owner_means: "everything, and says who else may do what", "সবকিছু, এবং কে কী করতে পারবে তা ঠিক করা";
    role_billing: "Billing", "বিলিং";
    role_billing_means: "pays, renews and sees everything", "পেমেন্ট ও নবায়ন করা, সবকিছু দেখা";
    role_viewer: "Viewer", "দর্শক";
    role_viewer_means: "sees everything and changes nothing", "সবকিছু দেখা, কিছুই বদলানো নয়";
    change_role: "Change role", "ভূমিকা বদলান";
    make_owner: "Make an owner", "মালিক করুন";
    make_owner_effect: "An owner may do everything, and says who else may do what. Your password shows that it is you who wants it.", "মালিক সবকিছু করতে পারেন এবং কে কী করতে পারবে তা ঠিক করেন। আপনিই যে এটি চান, আপনার পাসওয়ার্ড তার প্রমাণ।";
    cease_to_own_effect: "You cease to be an owner: you cannot say any more who may do what, and only another owner can make you one again.", "আপনি আর মালিক থাকবেন না: কে কী করতে পারবে তা আর ঠিক করতে পারবেন না, এবং শুধু অন্য একজন মালিক আপনাকে আবার মালিক করতে পারবেন।";
    owner_password_hint: "Yours, since an owner may do everything.", "আপনার নিজের, কারণ মালিক সবকিছু করতে পারেন।";

    people_title: "Members", "সদস্যরা";
    people_alone: "You are the only one here. Invite a colleague or your accountant: they get their own sign-in, and you never share a password.", "এখানে আপনি একাই আছেন। সহকর্মী বা হিসাবরক্ষককে আমন্ত্রণ জানান: তারা নিজের সাইন-ইন পাবেন, পাসওয়ার্ড ভাগ করতে হবে না।";
    people_read_only: "Only owners can invite people and change roles.", "শুধু মালিকেরা আমন্ত্রণ জানাতে ও ভূমিকা বদলাতে পারেন।";
    last_owner_stays: "The last owner stays one. Make somebody else an owner first.", "শেষ মালিক মালিকই থাকেন। আগে অন্য কাউকে মালিক করুন।";
    this_is_you: "You", "আপনি";
    since(date): "since {date}", "{date} থেকে";
    has_factor: "signs in with a second factor", "দ্বিতীয় ধাপসহ সাইন ইন করেন";
    has_no_factor: "no second factor", "দ্বিতীয় ধাপ নেই";
    remove_member: "Remove", "সরান";
    remove_member_effect: "They are signed out and see nothing of this account any more. What they did stays on record.", "তিনি সাইন আউট হয়ে যাবেন এবং এই অ্যাকাউন্টের কিছুই আর দেখবেন না। তিনি যা করেছেন তা নথিতে থাকবে।";
    leave_account: "Leave the account", "অ্যাকাউন্ট ছেড়ে যান";
    leave_account_effect: "You are signed out and see nothing of this account any more. An owner can invite you again.", "আপনি সাইন আউট হয়ে যাবেন এবং এই অ্যাকাউন্টের কিছুই আর দেখবেন না। মালিক আবার আমন্ত্রণ জানাতে পারেন।";

    invite_title: "Invite somebody", "কাউকে আমন্ত্রণ জানান";
    invite_email: "Their email", "তাঁর ইমেইল";
    invite_hint: "They get a mail with a link, and choose a password of their own.", "তিনি একটি লিংকসহ মেইল পাবেন এবং নিজের পাসওয়ার্ড বেছে নেবেন।";
    invite: "Send invitation", "আমন্ত্রণ পাঠান";
    invited: "Invited", "আমন্ত্রণ জানানো হয়েছে";
    invite_pause: "An address gets at most one letter in two minutes.", "একটি ঠিকানায় দুই মিনিটে সর্বোচ্চ একটি মেইল যায়।";
    invite_taken: "Somebody signs in with this address already. Ask them for another address.", "এই ঠিকানায় কেউ ইতিমধ্যে সাইন ইন করেন। তাঁর অন্য একটি ঠিকানা চান।";
    invite_too_many: "Too many invitations are open. Withdraw some that nobody follows, or go on tomorrow.", "অনেক আমন্ত্রণ অপেক্ষমাণ। যেগুলো কেউ মানছেন না সেগুলো প্রত্যাহার করুন, অথবা আগামীকাল চালিয়ে যান।";
    invitations_title: "Open invitations", "অপেক্ষমাণ আমন্ত্রণ";
    invitations_none: "None. Who is invited stands here until they join.", "নেই। যাঁদের আমন্ত্রণ জানানো হয়, যোগ না দেওয়া পর্যন্ত তাঁরা এখানে থাকেন।";
    invited_at(sent, ends): "Sent {sent}; the link is good until {ends}", "পাঠানো হয়েছে {sent}; লিংকের মেয়াদ {ends} পর্যন্ত";
    invite_again: "Send again", "আবার পাঠান";
    revoke_invitation: "Withdraw", "প্রত্যাহার করুন";
    revoke_invitation_effect: "The link in the mail is of no use any more. You can invite them again.", "মেইলের লিংকটি আর কাজ করবে না। পরে আবার আমন্ত্রণ জানানো যাবে।";

    choices_title: "What you want to be told", "আপনি কী জানতে চান";
    choices_lead: "For you alone; others of your account choose for themselves.", "শুধু আপনার জন্য; অ্যাকাউন্টের অন্যরা নিজেরা ঠিক করেন।";
    choices_what: "About", "বিষয়";
    choice_of(topic, channel): "{topic}: {channel}", "{topic}: {channel}";
    channel_in_app: "In the dashboard", "ড্যাশবোর্ডে";
    channel_mail: "By mail", "মেইলে";
    topic_running_low: "Running low", "সময় ফুরিয়ে আসছে";
    topic_running_low_means: "Few days or hours are left, or much is used.", "অল্প দিন বা ঘণ্টা বাকি, অথবা অনেকটা ব্যবহৃত।";
    topic_ended: "Ended", "শেষ হয়েছে";
    topic_ended_means: "A cycle is over, or a panel was closed.", "চক্র শেষ, অথবা প্যানেল বন্ধ হয়েছে।";
    ended_always: "The dashboard always tells this: without it you would not see that people cannot work.", "ড্যাশবোর্ড এটি সবসময় জানায়: না জানালে আপনি দেখতেন না যে কেউ কাজ করতে পারছে না।";
    topic_paid: "Paid", "পরিশোধিত";
    topic_paid_means: "A renewal or an upgrade was paid, a panel is open again.", "নবায়ন বা উন্নয়নের পেমেন্ট হয়েছে, প্যানেল আবার খোলা।";
    topic_money: "Credit and refunds", "জমা ও ফেরত";
    topic_money_means: "Credit, credit notes, money that was sent back or is looked at.", "জমা, ক্রেডিট নোট, ফেরত পাঠানো বা যাচাই হচ্ছে এমন টাকা।";
    topic_limits: "Users and storage", "ব্যবহারকারী ও জায়গা";
    topic_limits_means: "Near what the plan includes, or beyond.", "প্ল্যানে যত আছে তার কাছাকাছি, অথবা বেশি।";
    topic_panel: "The panel itself", "প্যানেল নিজে";
    topic_panel_means: "Closed by the operator, not set up, put back to a copy, removed.", "পরিচালক বন্ধ করেছেন, তৈরি হয়নি, কপি থেকে ফেরানো, সরানো।";

    quiet_title: "Quiet hours", "নীরব সময়";
    quiet_lead: "No mail in these hours; it waits until they are over. By the clocks of your account's time zone.", "এই সময়ে মেইল যাবে না; শেষ হওয়া পর্যন্ত অপেক্ষা করবে। আপনার অ্যাকাউন্টের টাইম জোন অনুযায়ী।";
    quiet_switch: "Keep quiet hours", "নীরব সময় রাখুন";
    quiet_from: "From", "শুরু";
    quiet_to: "To", "শেষ";

    notices_quiet(date): "All quiet since {date}.", "{date} থেকে সব শান্ত।";
    notices_choose: "Choose what you are told", "কী জানতে চান বাছুন";
    notices_read_all: "Mark all as read", "সব পঠিত করুন";
    notice_read: "Mark as read", "পঠিত করুন";
    notice_pay: "Pay to renew", "নবায়নের পেমেন্ট করুন";
    notice_credit: "See your credit", "আপনার জমা দেখুন";
    notice_panel: "See the panel", "প্যানেল দেখুন";
}
