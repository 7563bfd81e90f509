//! What the page at a closed panel says, in English and in Bangla. Knows no markup and no panel.

use super::resting::Why;
use shared::api::auth::Language;

/// One page's words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    /// What there is to see.
    pub(super) title: &'static str,
    /// Why, and what becomes of it.
    pub(super) text: &'static str,
    /// To whoever cannot do anything about it.
    pub(super) note: Option<&'static str>,
    /// On the button, if there is something to do.
    pub(super) act: Option<&'static str>,
}

impl Words {
    /// All of it in one line, for programs.
    pub(super) fn told(&self) -> String {
        format!("{}. {}", self.title, self.text)
    }
}

const fn new(title: &'static str, text: &'static str) -> Words {
    Words { title, text, note: None, act: None }
}

impl Words {
    const fn act(self, act: &'static str) -> Self {
        Self { act: Some(act), ..self }
    }

    const fn note(self, note: &'static str) -> Self {
        Self { note: Some(note), ..self }
    }
}

/// What to say.
pub(super) const fn words(why: Why, language: Language) -> Words {
    match language {
        Language::En => english(why),
        Language::Bn => bangla(why),
    }
}

const fn english(why: Why) -> Words {
    const OWNER: &str = "Not your panel? Please tell its owner.";
    match why {
        Why::Pending => new("This panel awaits its first payment", "It is set up as soon as the payment arrives.")
            .act("Pay now")
            .note(OWNER),
        Why::Creating => new("This panel is being set up", "This takes a few minutes. The page looks again by itself."),
        Why::Stopped => {
            new("This panel is resting", "Its owner has stopped it. No hours are used, and the data is safe.")
                .act("Start it again")
                .note(OWNER)
        }
        Why::Opening => new(
            "This panel is being started",
            "This takes a moment, and no hours are used yet. The page looks again by itself.",
        ),
        Why::Expired => new(
            "This panel is resting",
            "Its paid time is over. The data is safe, and the panel opens again by itself after the renewal is paid.",
        )
        .act("Renew")
        .note(OWNER),
        Why::ByOperator => {
            new("This panel is closed", "The operator has closed it. No hours are used, and the data is safe.")
                .act("Contact support")
        }
        Why::Failed => {
            new("This panel could not be set up", "Nothing is lost. Its owner can see what went wrong, and try again.")
                .act("See what went wrong")
                .note(OWNER)
        }
        Why::Unknown => new("There is no panel here", "Is there a typing error in the address?"),
        Why::Opened => new("This panel is open again", "One moment: the page looks again by itself."),
        Why::NotYet => new("One moment, please", "The server has just started. The page looks again by itself."),
    }
}

const fn bangla(why: Why) -> Words {
    const OWNER: &str = "প্যানেলটি আপনার নয়? অনুগ্রহ করে মালিককে জানান।";
    match why {
        Why::Pending => {
            new("প্যানেলটি প্রথম পেমেন্টের অপেক্ষায়", "পেমেন্ট পৌঁছালেই প্যানেল তৈরি শুরু হবে।").act("পেমেন্ট করুন").note(OWNER)
        }
        Why::Creating => new("প্যানেল তৈরি হচ্ছে", "কয়েক মিনিট লাগবে। পাতাটি নিজে থেকেই আবার দেখবে।"),
        Why::Stopped => new("প্যানেলটি বিশ্রামে আছে", "মালিক এটি বন্ধ রেখেছেন। কোনো ঘণ্টা খরচ হচ্ছে না, তথ্য নিরাপদ।")
            .act("আবার চালু করুন")
            .note(OWNER),
        Why::Opening => new("প্যানেলটি চালু হচ্ছে", "একটু সময় লাগবে; এখনো কোনো ঘণ্টা খরচ হচ্ছে না। পাতাটি নিজে থেকেই আবার দেখবে।"),
        Why::Expired => {
            new("প্যানেলটি বিশ্রামে আছে", "পরিশোধিত সময় শেষ। তথ্য নিরাপদ; নবায়নের পেমেন্টের পর প্যানেল নিজে থেকেই খুলবে।")
                .act("নবায়ন করুন")
                .note(OWNER)
        }
        Why::ByOperator => {
            new("প্যানেলটি বন্ধ আছে", "পরিচালক এটি বন্ধ রেখেছেন। কোনো ঘণ্টা খরচ হচ্ছে না, তথ্য নিরাপদ।").act("সহায়তা নিন")
        }
        Why::Failed => {
            new("প্যানেলটি তৈরি করা যায়নি", "কিছুই হারায়নি। মালিক কারণ দেখে আবার চেষ্টা করতে পারেন।").act("কারণ দেখুন").note(OWNER)
        }
        Why::Unknown => new("এখানে কোনো প্যানেল নেই", "ঠিকানায় কি বানান ভুল আছে?"),
        Why::Opened => new("প্যানেলটি আবার খুলেছে", "এক মুহূর্ত: পাতাটি নিজে থেকেই আবার দেখবে।"),
        Why::NotYet => new("অনুগ্রহ করে একটু অপেক্ষা করুন", "সার্ভার এইমাত্র চালু হয়েছে। পাতাটি নিজে থেকেই আবার দেখবে।"),
    }
}
