//! A page of a list: one row more than is wanted tells whether another page follows. Knows no list.

/// How many rows to ask the store for, where `limit` are wanted.
pub(super) fn one_more(limit: u32) -> u64 {
    u64::from(limit) + 1
}

/// Leaves at most `limit` of the rows that were found. The cursor of the last one left if there are more, `None` on the
/// last page.
pub(super) fn cut<T, C: ToString>(found: &mut Vec<T>, limit: u32, cursor: impl Fn(&T) -> C) -> Option<String> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    found.last().filter(|_| more).map(|last| cursor(last).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a list ends with a link to an empty page, or its last rows are never shown.
    #[test]
    fn only_a_row_too_many_has_a_page_follow() {
        for (limit, left, next) in [(2, vec![7, 8], Some("8")), (3, vec![7, 8, 9], None), (4, vec![7, 8, 9], None)] {
            let mut found = vec![7, 8, 9];
            assert_eq!(cut(&mut found, limit, |row| *row).as_deref(), next);
            assert_eq!(found, left);
        }
        assert_eq!(cut(&mut Vec::<u8>::new(), 1, |row| *row), None);
    }
}
