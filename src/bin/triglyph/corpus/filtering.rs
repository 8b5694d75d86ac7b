//! [`Filtering`]: the options on which beads a corpus keeps.

use std::str::FromStr;

use clap::ValueEnum;
use triglyph::corpus::{
    ArticleScore, Build, Filters, LengthRatio, Long, Moved, Numbers, Score, Shapes, Short,
};

use crate::shape::ShapeName;
use crate::status::Failure;

/// Options on what is kept.
#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Filters")]
pub(super) struct Filtering {
    /// Least score of a bead
    #[arg(long, value_name = "SCORE", default_value = "0.8")]
    min_score: Share,

    /// Least score of an article
    #[arg(long, value_name = "SCORE", default_value = "0.2")]
    min_article_score: Share,

    /// How many times as long as the shortest text of a bead the longest may be, in characters, ten
    /// added to both
    #[arg(long, value_name = "RATIO", default_value = "3")]
    max_length_ratio: f64,

    /// Least number of words with a letter or digit in each text
    #[arg(long, value_name = "N", default_value = "1")]
    min_words: usize,

    /// Most words of a text
    #[arg(long, value_name = "N", default_value = "1000")]
    max_words: usize,

    /// Keep beads of this shape only, segments a version; may be given several times
    #[arg(long = "shape", value_name = "1:1:1")]
    shapes: Vec<ShapeName>,

    /// Take out beads that moved
    #[arg(long)]
    no_moved: bool,

    /// Take out beads two texts of which have numbers, but none in common
    #[arg(long)]
    check_numbers: bool,

    /// Do not filter by this; may be given several times
    #[arg(long, value_enum, value_name = "FILTER")]
    keep: Vec<FilterName>,
}

/// A filter that is on unless it is told otherwise.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum FilterName {
    /// Null beads: what one version only has
    Null,
    /// Text of the page: menus, notices, teasers
    Boilerplate,
    /// Articles of a low score
    ArticleScore,
    /// Beads of a low score
    Score,
    /// Texts of too few words
    Short,
    /// Texts of too many words
    Long,
    /// Texts of which one is much longer than another
    LengthRatio,
    /// Beads of which fewer than two texts are in the languages of their versions
    Language,
    /// Beads whose texts are all the same
    Copy,
    /// Beads of the words of an earlier one
    Duplicate,
    /// Beads much like an earlier one
    NearDuplicate,
}

impl Filtering {
    /// Checks that something may be kept.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.max_length_ratio.is_nan() || self.max_length_ratio < 1.0 {
            return Err(Failure::Usage(
                "--max-length-ratio: no text is shorter than the shortest; expected 1 or more"
                    .into(),
            ));
        }
        if self.max_words < self.min_words.max(1) {
            return Err(Failure::Usage(
                "--max-words leaves no text: expected at least 1, and as many as --min-words"
                    .into(),
            ));
        }
        let is_empty = |shape: &&ShapeName| shape.0.iter().filter(|&&count| count > 0).count() < 2;
        match self.shapes.iter().find(is_empty) {
            Some(_) => Err(Failure::Usage(
                "--shape: expected segments in two versions at least, such as 1:1:1".into(),
            )),
            None => Ok(()),
        }
    }

    /// A build with these filters.
    pub(super) fn add_to(&self, build: Build) -> Build {
        let mut filters = Filters::default()
            .with(ArticleScore(self.min_article_score.0))
            .with(Score(self.min_score.0))
            .with(Short(self.min_words))
            .with(Long(self.max_words))
            .with(LengthRatio(self.max_length_ratio));
        if !self.shapes.is_empty() {
            let shapes = self.shapes.iter().map(|shape| shape.0.clone());
            filters = filters.with(Shapes(shapes.collect()));
        }
        if self.no_moved {
            filters = filters.with(Moved);
        }
        if self.check_numbers {
            filters = filters.with(Numbers);
        }
        for name in self.keep.iter().filter_map(FilterName::to_possible_value) {
            filters = filters.without(name.get_name());
        }
        build
            .filters(filters)
            .duplicates(!self.keep.contains(&FilterName::Duplicate))
            .near_duplicates(!self.keep.contains(&FilterName::NearDuplicate))
    }
}

/// A number in 0..1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share(pub(super) f64);

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(share) if (0.0..=1.0).contains(&share) => Ok(Self(share)),
            _ => Err("expected a number in 0..1".into()),
        }
    }
}
