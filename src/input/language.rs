//! Languages as markup names them.

use crate::lang::Lang;

/// The language of a tag such as `de-AT`, if it is one that has a code.
pub(super) fn of_tag(tag: &str) -> Option<Lang> {
    let language = tag.trim().split(['-', '_']).next()?;
    let lang = language.to_ascii_lowercase().parse().ok();
    lang.filter(|&lang| lang != Lang::UND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        for (tag, expected) in [
            ("de", Some(Lang::DE)),
            (" FR-ca ", Some(Lang::FR)),
            ("en_GB", Some(Lang::EN)),
            ("deu", Some(Lang::DE)),
            ("", None),
            ("-", None),
            ("und", None),
            ("x-klingon", None),
        ] {
            assert_eq!(of_tag(tag), expected, "{tag:?}");
        }
    }
}
