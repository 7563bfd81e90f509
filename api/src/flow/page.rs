//! A page of a list: one row more than is wanted tells whether another page follows. Knows no list.

use super::FlowError;
use std::str::FromStr;

/// How many rows are read at a time where all of them are wanted.
pub(super) const AT_A_TIME: u32 = 200;

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

/// All rows of a list of which `read` gives a page after a cursor, and the cursor of the next one.
pub(super) async fn whole<T, C: FromStr>(
    read: impl AsyncFn(Option<C>) -> Result<(Vec<T>, Option<String>), FlowError>,
) -> Result<Vec<T>, FlowError> {
    let (mut all, mut next) = read(None).await?;
    while let Some(cursor) = next.and_then(|next| next.parse().ok()) {
        let (rows, after) = read(Some(cursor)).await?;
        all.extend(rows);
        next = after;
    }
    Ok(all)
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

    // Harm prevented: a table that is kept ends where the first page does, or has a row twice.
    #[tokio::test]
    async fn all_pages_are_read_once_and_in_their_order() {
        for count in [0_u32, 1, 2, 3, 4, 5] {
            let read = async |before: Option<u32>| {
                let mut rows: Vec<u32> =
                    (1..=count).rev().filter(|row| before.is_none_or(|before| *row < before)).collect();
                let next = cut(&mut rows, 2, |row| *row);
                Ok((rows, next))
            };
            assert_eq!(whole(read).await.unwrap(), (1..=count).rev().collect::<Vec<_>>());
        }
    }
}
