//! [`Columns`]: which version stands in which column of a table for many articles.

use super::labels_in;
use crate::article::Article;
use crate::error::{Error, ErrorKind};
use crate::lang::LangStyle;

/// The columns of a table, one a version, named by their labels: those of the first article.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    style: LangStyle,
    labels: Option<Vec<String>>,
    begun: bool,
}

impl Columns {
    /// Sets how codes of languages are written.
    pub(super) const fn set_style(&mut self, style: LangStyle) {
        self.style = style;
    }

    /// Sets the labels, where the first article may not have all versions.
    pub(super) fn set_labels(&mut self, labels: Vec<String>) {
        self.labels = Some(labels);
    }

    /// The labels, once there was an article.
    pub(super) fn labels(&self) -> &[String] {
        self.labels.as_deref().unwrap_or_default()
    }

    /// The version of an article in each column, none where it has no such version; and whether the
    /// article is the first.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsuited`] for an article with a version that the first did not have.
    pub(super) fn place(
        &mut self,
        id: &str,
        article: &Article,
    ) -> Result<(Vec<Option<usize>>, bool), Error> {
        let own = labels_in(self.style, article);
        let labels = self.labels.get_or_insert_with(|| own.clone());
        if let Some(new) = own.iter().find(|label| !labels.contains(label)) {
            let columns = labels.join(", ");
            return Err(ErrorKind::Unsuited {
                article: id.to_owned(),
                reason: format!(
                    "has a version {new}, but the columns are {columns} as in the first article; put \
                     one with all versions first, or select two"
                ),
            }
            .into());
        }
        let place = |label: &String| own.iter().position(|own| own == label);
        let places = labels.iter().map(place).collect();
        Ok((places, !std::mem::replace(&mut self.begun, true)))
    }
}
