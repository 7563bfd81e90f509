//! Parts of pages that only show: written as text, with everything that comes from outside escaped.
//!
//! A view that reacts compiles an effect for each of its texts; a table of figures needs none of them.

/// HTML under way. Tags are literals of this program; what is put between them can never become one.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// Tags as they stand.
    pub fn tags(&mut self, literal: &'static str) -> &mut Self {
        self.0.push_str(literal);
        self
    }

    /// A text, also fit for the inside of a quoted attribute.
    pub fn put(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\n' => self.0.push_str("<br>"),
                _ => self.0.push(c),
            }
        }
        self
    }

    /// What this program has drawn itself, as it stands: figures and literals, nothing that anybody typed.
    pub(super) fn drawn(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// A text between two tags.
    pub fn within(&mut self, before: &'static str, text: &str, after: &'static str) -> &mut Self {
        self.tags(before).put(text).tags(after)
    }

    /// A term and what is stated about it, for a `dl`.
    pub fn fact(&mut self, term: &str, stated: &str) -> &mut Self {
        self.within("<div><dt>", term, "</dt>").within("<dd>", stated, "</dd></div>")
    }

    /// What was written.
    #[must_use]
    pub fn done(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a company's name or a reason becomes a part of the page, and runs.
    #[test]
    fn what_comes_from_outside_stays_text() {
        let mut markup = Markup::default();
        markup.within("<a title=\"", "\" onclick='x'", "\">").within("<b>", "<script>&\nnext", "</b></a>");
        assert_eq!(markup.done(), "<a title=\"&quot; onclick=&#39;x&#39;\"><b>&lt;script&gt;&amp;<br>next</b></a>");
    }
}
