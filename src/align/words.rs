//! [`Words`]: which words count as evidence.

/// Which words an [`Aligner`](crate::Aligner) takes for evidence. Lengths and layout always count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Words {
    /// None.
    Ignored,
    /// Those that two versions share: numbers, names, words that did not change or begin alike,
    /// and marks such as the question mark. No lexicon is looked into.
    Shared,
    /// Those, and those that translate each other, as a lexicon tells: one that is at hand for the
    /// two languages, or else one that is learnt from the article itself.
    #[default]
    Translated,
}
