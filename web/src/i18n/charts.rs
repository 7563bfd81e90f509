//! Texts of the charts: usage by day and by hour, a cycle's climb, all panels together, spending, cycles compared.

texts! {
    chart_reading(place, value): "{place}: {value}", "{place}: {value}";
    chart_and(one, other): "{one}, {other}", "{one}, {other}";
    chart_hint: "Tap, or use the arrow keys, to read a value.", "মান পড়তে চাপুন, অথবা তীর-চিহ্নের কী ব্যবহার করুন।";
    chart_table: "Table", "সারণি";

    usage_so_far: "Today, so far", "আজ, এ পর্যন্ত";
    usage_today(date): "{date}, so far", "{date}, এ পর্যন্ত";
    usage_no_data: "no data", "তথ্য নেই";
    usage_cap(hours): "Cap: {hours} h a cycle day", "সীমা: চক্রের প্রতি দিনে {hours} ঘণ্টা";
    usage_day_counted(time): "{time} counted", "{time} গোনা";
    usage_day_free(time): "{time} up but free", "{time} চালু কিন্তু বিনা খরচে";
    usage_day_unknown(time): "{time} unknown and free", "{time} অজানা ও বিনা খরচে";
    usage_days: "Days", "দিন";
    usage_csv: "Keep as CSV", "CSV হিসেবে রাখুন";

    hours_title: "Last 7 days by the hour", "শেষ ৭ দিন, ঘণ্টা ধরে";
    hours_name: "Hours", "ঘণ্টা";
    hours_caption(sum, at): "{sum} counted in seven days; the busiest hour began on {at}.", "সাত দিনে {sum} গোনা; সবচেয়ে ব্যস্ত ঘণ্টার শুরু {at}।";
    hours_caption_none: "Nothing was counted in these seven days.", "এই সাত দিনে কিছু গোনা হয়নি।";
    hours_little: "Up to 15 min of the hour counted", "ঘণ্টার ১৫ মিনিট পর্যন্ত গোনা";
    hours_whole: "The whole hour counted", "পুরো ঘণ্টা গোনা";
    hours_none: "none", "নেই";
    hours_table_note: "Minutes that were counted in each hour of the day; none: no data.", "দিনের প্রতি ঘণ্টায় গোনা মিনিট; নেই: তথ্য নেই।";

    climb_title: "This cycle", "এই চক্র";
    climb_name: "Days of the cycle", "চক্রের দিন";
    climb_counted(used, allowance): "{used} of {allowance} counted", "{allowance}-এর মধ্যে {used} গোনা";
    climb_expected(used, allowance): "about {used} of {allowance}, if used as until now", "এভাবে চললে {allowance}-এর মধ্যে প্রায় {used}";
    climb_used_up: "used up by then, at this pace", "এই হারে ততদিনে ঘণ্টা শেষ";
    climb_forecast: "Forecast", "পূর্বাভাস";
    climb_allowance: "Allowance", "বরাদ্দ";
    climb_in_all: "Counted until then", "তখন পর্যন্ত গোনা";

    across_title: "Usage", "ব্যবহার";
    across_range: "How far back", "কত দিনের";
    across_days(days): "{days} days", "{days} দিন";
    across_all: "All panels together", "সব প্যানেল একসাথে";
    across_each: "Panel by panel", "প্যানেল ধরে";
    across_panels: "Panels", "প্যানেল";
    across_caption(from, to, sum): "From {from} to {to}: {sum} counted over all panels.", "{from} থেকে {to}: সব প্যানেলে {sum} গোনা।";
    across_day(time, panels): "{time} counted, panels in use: {panels}", "{time} গোনা, ব্যবহৃত প্যানেল: {panels}";
    across_scale(most): "All on one scale, up to {most} a day. The panels that were used most come first.", "সব একই মাপে, দিনে সর্বোচ্চ {most}। বেশি ব্যবহৃত প্যানেল আগে।";
    across_table: "All panels as a table", "সব প্যানেল সারণি হিসেবে";
    across_empty: "No panel was there in these days. Once one runs, its hours are shown here.", "এই দিনগুলোতে কোনো প্যানেল ছিল না। চালু হলে তার ঘণ্টা এখানে দেখা যাবে।";
    across_as_of(time): "Counted up to {time}", "{time} পর্যন্ত গণনা করা";

    spent_title: "Spending by month", "মাস ধরে খরচ";
    spent_name: "Months", "মাস";
    spent_caption(sum): "{sum} in twelve months, with VAT: invoices less credit notes.", "বারো মাসে {sum}, ভ্যাটসহ: চালান থেকে ক্রেডিট নোট বাদে।";
    spent_key: "Invoiced, less credit notes", "চালান, ক্রেডিট নোট বাদে";
    spent_month: "Month", "মাস";
    spent_amount: "Spent", "খরচ";
    spent_empty: "Nothing was spent yet.", "এখনো কোনো খরচ হয়নি।";

    closer_title: "One panel more closely", "একটি প্যানেল কাছ থেকে";
    closer_panel: "Panel", "প্যানেল";
    compare_title: "Compare two cycles", "দুটি চক্রের তুলনা";
    compare_one: "First cycle", "প্রথম চক্র";
    compare_other: "Second cycle", "দ্বিতীয় চক্র";
    compare_what: "Figure", "হিসাব";
    compare_more: "Difference", "পার্থক্য";
    compare_days: "Days", "দিন";
    compare_allowance: "Allowance", "বরাদ্দ";
    compare_beyond: "Beyond it", "এর বাইরে";
    compare_paid: "Paid, without VAT", "পরিশোধ, ভ্যাট ছাড়া";
    compare_too_few: "There is nothing to compare yet: the panel has had fewer than two cycles.", "তুলনার কিছু নেই: প্যানেলটির এখনো দুটি চক্র হয়নি।";

    shadow_title: "What would another plan have cost?", "অন্য প্ল্যানে কত খরচ হতো?";
    shadow_plan: "Plan", "প্ল্যান";
    shadow_none: "There is nothing to reckon with yet: no cycle of this panel has begun.", "হিসাব করার কিছু নেই: প্যানেলটির কোনো চক্র এখনো শুরু হয়নি।";
    shadow_span(from, to): "From {from} to {to}, with the hours that were truly used:", "{from} থেকে {to}, সত্যিই ব্যবহৃত ঘণ্টা ধরে:";
    shadow_would(plan): "{plan} would have cost", "{plan} হলে খরচ হতো";
    shadow_was: "Truly invoiced", "আসলে চালান হয়েছে";
    shadow_difference: "Difference", "পার্থক্য";
    shadow_used(time): "{time} used", "{time} ব্যবহৃত";
    shadow_note: "With VAT. The last cycle is priced whole, even where it would still run.", "ভ্যাটসহ। শেষ চক্রটি পুরো মূল্যে ধরা, চলমান থাকলেও।";
}
