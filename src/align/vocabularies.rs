//! [`Vocabularies`]: what an aligner remembers of the words it has met.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::features::Vocabulary;
use crate::lexicon::Lexicon;

/// Vocabularies that no thread uses, at most as many as articles were ever aligned at the same time. A
/// clone of an aligner begins without any.
pub(super) struct Vocabularies {
    idle: Mutex<Vec<Vocabulary>>,
}

impl Vocabularies {
    pub(super) const fn new() -> Self {
        Self {
            idle: Mutex::new(Vec::new()),
        }
    }

    /// A vocabulary for the next article.
    pub(super) fn take(&self, lexicons: impl FnOnce() -> Vec<Lexicon>) -> Vocabulary {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        match idle {
            Some(mut vocabulary) => {
                vocabulary.begin();
                vocabulary
            }
            None => Vocabulary::new(lexicons()),
        }
    }

    /// Keeps a vocabulary for other articles, unless it has grown too large.
    pub(super) fn put_back(&self, vocabulary: Vocabulary) {
        if vocabulary.is_worth_keeping() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.push(vocabulary);
        }
    }
}

impl Clone for Vocabularies {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl fmt::Debug for Vocabularies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vocabularies")
    }
}
