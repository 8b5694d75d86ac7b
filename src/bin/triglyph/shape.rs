//! [`ShapeName`]: the shape of a bead, as it is told on the command line.

use std::str::FromStr;

/// The number of segments a version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ShapeName(pub(crate) Vec<usize>);

impl FromStr for ShapeName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let counts = text
            .split(':')
            .map(str::parse)
            .collect::<Result<Vec<_>, _>>();
        match counts {
            Ok(counts) if counts.len() > 1 => Ok(Self(counts)),
            _ => Err("expected numbers with colons between them, such as 1:1:1".into()),
        }
    }
}
