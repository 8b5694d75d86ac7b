//! [`Aligned`]: an article, its alignment and its name, as files hold them.

use super::draft::Draft;
use crate::alignment::{Alignment, Bead};
use crate::article::Article;
use crate::error::Error;

/// An aligned article under its name: what a reader yields and a writer takes.
///
/// # Examples
///
/// ```
/// use triglyph::format::Aligned;
/// use triglyph::{Aligner, Article};
///
/// let article = Article::detect(["One cat.", "Un chat.", "Eine Katze."])?;
/// let alignment = Aligner::new().align(&article);
/// let aligned = Aligned::new("cat", article, alignment)?;
/// let pair = aligned.select(&[2, 0])?;
/// assert_eq!(pair.article().versions()[0].lang(), triglyph::Lang::DE);
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Aligned {
    id: String,
    article: Article,
    alignment: Alignment,
}

impl Aligned {
    /// Joins an article and its alignment under a name, which may be any text.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the alignment is that of another
    /// article: it has other versions, or other numbers of segments.
    pub fn new(
        id: impl Into<String>,
        article: Article,
        alignment: Alignment,
    ) -> Result<Self, Error> {
        alignment.fits(&article)?;
        Ok(Self {
            id: id.into(),
            article,
            alignment,
        })
    }

    /// The name of the article.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The article.
    #[must_use]
    pub const fn article(&self) -> &Article {
        &self.article
    }

    /// Its alignment.
    #[must_use]
    pub const fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// The article and its alignment.
    #[must_use]
    pub fn into_parts(self) -> (Article, Alignment) {
        (self.article, self.alignment)
    }

    /// The same of some of the versions, in the order given. A bead keeps its score; one that has
    /// no segment in these versions is left out.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a version that the article does not
    /// have, or one that is named twice; whatever [`Article::new`] refuses.
    pub fn select(&self, versions: &[usize]) -> Result<Self, Error> {
        let count = self.article.versions().len();
        let wrong = |&(at, v): &(usize, &usize)| *v >= count || versions[..at].contains(v);
        if let Some((_, v)) = versions.iter().enumerate().find(wrong) {
            let reason = format!("version {v} of {count} cannot be selected");
            return Err(Error::invalid("article", reason));
        }
        let mut draft = Draft::of(self);
        draft.select(versions);
        draft.finish()
    }

    /// The same without the beads that a condition does not hold of, nor their segments.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoText`](crate::ErrorKind::NoText) where nothing is left.
    pub fn retain(self, condition: impl FnMut(&Bead) -> bool) -> Result<Self, Error> {
        let kept: Vec<bool> = self.alignment.iter().map(condition).collect();
        if kept.iter().all(|&kept| kept) {
            return Ok(self);
        }
        let mut draft = Draft::of(&self);
        let mut kept = kept.into_iter();
        draft.beads.retain(|_| kept.next() == Some(true));
        draft.drop_unlinked();
        draft.finish()
    }
}
