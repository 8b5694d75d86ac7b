//! The words that files have for kinds, layouts and the like: those of JSON.

use crate::alignment::Fallback;
use crate::article::{Boilerplate, Kind, Layout};
use crate::limit::Limit;

/// Something that has a word in files.
pub(crate) trait Named: Copy + 'static {
    /// All there are.
    #[cfg(feature = "formats")]
    const ALL: &'static [Self];

    /// The word for it.
    fn word(self) -> &'static str;

    /// What a word stands for.
    #[cfg(feature = "formats")]
    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|named| named.word() == word)
    }
}

macro_rules! named {
    ($type:ident { $($case:ident = $word:literal,)* }) => {
        impl Named for $type {
            #[cfg(feature = "formats")]
            const ALL: &'static [Self] = &[$(Self::$case),*];

            fn word(self) -> &'static str {
                match self {
                    $(Self::$case => $word,)*
                }
            }
        }
    };
}

named!(Kind {
    Heading = "heading",
    Body = "body",
    ListItem = "list_item",
    Quote = "quote",
    TableCell = "table_cell",
    Caption = "caption",
    Code = "code",
    Preformatted = "preformatted",
});

named!(Layout {
    BlankLines = "blank_lines",
    OnePerLine = "one_per_line",
    HardWrapped = "hard_wrapped",
    Lines = "lines",
    Markup = "markup",
});

named!(Boilerplate {
    Navigation = "navigation",
    Share = "share",
    Cookies = "cookies",
    Teaser = "teaser",
    Newsletter = "newsletter",
    Advertisement = "advertisement",
    Comments = "comments",
    Copyright = "copyright",
    Footer = "footer",
    Aside = "aside",
});

named!(Limit {
    Characters = "characters",
    Segments = "segments",
    Work = "work",
});

named!(Fallback {
    Lengths = "lengths",
    Narrow = "narrow",
});

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn words_of_json() {
        fn check<T: Named + serde::Serialize>() {
            for &named in T::ALL {
                assert_eq!(serde_json::to_value(named).unwrap(), named.word());
            }
        }
        check::<Kind>();
        check::<Layout>();
        check::<Boilerplate>();
        check::<Limit>();
        check::<Fallback>();
    }
}
