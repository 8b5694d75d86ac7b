//! Aligned articles to look at and to repair, as pages that need nothing but a browser.
//!
//! A [`Page`] is one HTML file: a table of all beads with the versions side by side, what each bead rests
//! on, and the doubt in it. In a browser that runs its script, a person repairs the alignment there and saves
//! a [`Patch`](crate::repair::Patch); without, it is there to read. An [`Index`] lists the pages of many
//! articles, those first in which most is likely to be wrong.
//!
//! Nothing is loaded from anywhere: a Content-Security-Policy allows the style and the script of the page and
//! nothing else. What comes from an article is escaped, and stands apart from the text around it whatever
//! direction it is written in.

mod charts;
mod data;
mod html;
mod index;
mod matches;
mod page;
mod table;

pub use index::Index;
pub use page::Page;

/// Score below which a bead is called doubtful.
const DOUBTFUL: f64 = 0.8;

/// The scores at which colours change: the classes `s0` to `s4`.
const SHADES: [f64; 4] = [0.5, DOUBTFUL, 0.95, 0.99];

/// The class of a score.
fn shade(score: f64) -> usize {
    SHADES.iter().filter(|&&least| score >= least).count()
}
