//! Damaged versions in any order.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// Something that happens to a version.
#[derive(Clone, Debug)]
enum Damage {
    Lost(Index),
    Moved(Index, Index),
    Doubled(Index, Index),
    Split(Index),
    Merged(Index),
    Noise(Index, Index),
}

impl Damage {
    fn apply(&self, text: &mut Text, c: usize) {
        let len = text.len();
        match self {
            Self::Lost(at) => drop(text.remove(at.index(len))),
            Self::Moved(from, to) => {
                let paragraph = text.remove(from.index(len));
                text.insert(to.index(len), paragraph);
            }
            Self::Doubled(from, to) => text.insert(to.index(len), text[from.index(len)].clone()),
            Self::Split(at) => {
                let at = at.index(len);
                if let [first, second] = &halves(&text[at].1)[..] {
                    let halves = [first, second].map(|half| (ALONE, half.clone()));
                    text.splice(at..=at, halves);
                }
            }
            Self::Merged(at) => {
                let at = at.index(len - 1);
                let (_, next) = text.remove(at + 1);
                text[at].1 += &format!(" {next}");
            }
            Self::Noise(at, which) => {
                // Pages have noise in other languages than their own, too.
                let noise = which.get(NOISE)[c.min(2)];
                text.insert(at.index(len), (ALONE, noise.to_owned()));
            }
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    let two = || (any::<Index>(), any::<Index>());
    prop_oneof![
        any::<Index>().prop_map(Damage::Lost),
        two().prop_map(|(from, to)| Damage::Moved(from, to)),
        two().prop_map(|(from, to)| Damage::Doubled(from, to)),
        any::<Index>().prop_map(Damage::Split),
        any::<Index>().prop_map(Damage::Merged),
        two().prop_map(|(at, which)| Damage::Noise(at, which)),
    ]
}

/// Damaged versions of an article, and an order of them.
fn damaged(which: &'static [usize]) -> impl Strategy<Value = (Vec<String>, Vec<usize>)> {
    let damages = prop::collection::vec(damage(), 0..4);
    let order: Vec<usize> = (0..which.len()).collect();
    let texts = prop::collection::vec(damages, which.len()).prop_map(move |damages| {
        let mut texts = columns(&BOAT, which);
        for ((text, damages), &c) in texts.iter_mut().zip(damages).zip(which) {
            damages.iter().for_each(|damage| damage.apply(text, c));
        }
        texts.iter().map(joined).collect()
    });
    (texts, Just(order).prop_shuffle())
}

/// Checks that the beads of versions in another order are those of the versions as they are.
fn check_order(texts: &[String], which: &[usize], order: &[usize], close: f64) {
    let sorted = |alignment: &Alignment, order: &[usize]| {
        let columns = |bead: &Bead| -> Vec<_> {
            let versions = order.iter().map(|&v| bead.segments()[v].clone());
            versions.collect()
        };
        let beads = alignment.iter();
        let mut beads: Vec<_> = beads.map(|bead| (columns(bead), bead.clone())).collect();
        beads.sort_by(|a, b| a.0.cmp(&b.0));
        beads
    };
    let given: Vec<usize> = (0..which.len()).collect();
    let turned: Vec<String> = order.iter().map(|&v| texts[v].clone()).collect();
    let langs: Vec<usize> = order.iter().map(|&v| which[v]).collect();
    for unit in UNITS {
        let aligner = Aligner::new().unit(unit);
        let one = aligner.align(&read(texts, which));
        let other = aligner.align(&read(&turned, &langs));
        let apart = (one.score() - other.score()).abs();
        assert!(apart <= close, "{unit:?} in the order {order:?}: {apart}");
        let (one, other) = (sorted(&one, order), sorted(&other, &given));
        assert_eq!(one.len(), other.len(), "{unit:?} in the order {order:?}");
        for ((one, a), (other, b)) in one.iter().zip(&other) {
            assert_eq!(one, other, "{unit:?} in the order {order:?}");
            let flags = [a, b].map(|bead| (bead.moved(), bead.conflict()));
            assert_eq!(flags[0], flags[1], "{a:?} and {b:?}");
            let apart = (a.score() - b.score()).abs();
            assert!(apart <= close, "{a:?} and {b:?}");
        }
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn three_versions_in_any_order((texts, _) in damaged(THREE)) {
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            check_order(&texts, THREE, &order, 1e-9);
        }
    }

    #[test]
    fn five_versions_in_any_order((texts, order) in damaged(FIVE)) {
        check_order(&texts, FIVE, &order, 1e-6);
    }
}
