//! [`Names`]: names of files for articles.

use std::collections::HashSet;

use triglyph::format::file_name;

/// Bytes of a name at the most, without its extension.
const LONGEST: usize = 200;

/// Names that were given.
#[derive(Default)]
pub(crate) struct Names(HashSet<String>);

impl Names {
    /// A name for an article, which no other has; where file systems do not tell capitals apart, too.
    pub(crate) fn of(&mut self, id: &str) -> String {
        let mut name = match id {
            "" => "_".to_owned(),
            _ => file_name(id),
        };
        while name.len() > LONGEST {
            name.pop();
        }
        let mut unique = name.clone();
        let mut number = 1;
        while !self.0.insert(unique.to_lowercase()) {
            number += 1;
            unique = format!("{name}-{number}");
        }
        unique
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names = Names::default();
        for (id, expected) in [
            ("cat", "cat"),
            ("Cat", "Cat-2"),
            ("cat", "cat-3"),
            ("a/b?", "a%2Fb%3F"),
            ("", "_"),
        ] {
            assert_eq!(names.of(id), expected);
        }
        assert_eq!(names.of(&"é".repeat(300)), "é".repeat(LONGEST / 2));
    }
}
