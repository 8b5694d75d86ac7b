//! [`Scaled`]: numbers of at least 0, however large or small.
//!
//! A sum over all paths through two long texts is far beyond `f64`, and its logarithm would have to be
//! taken and undone for every term. So a number is `mantissa · 2^(128·steps)`: products and sums cost
//! little more than those of `f64`, and are as exact.

use std::cmp::Ordering;
use std::f64::consts::LN_2;

/// The power of two that a step stands for.
const STEP: i32 = 128;
const UP: f64 = f64::from_bits((1023 + STEP as u64) << 52);
const DOWN: f64 = 1.0 / UP;

/// Mantissas of sums and products are brought between the inverse of this, inclusive, and this: 2⁶⁴.
const WIDEST: f64 = f64::from_bits((1023 + STEP as u64 / 2) << 52);

/// A number of at least 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scaled {
    mantissa: f64,
    steps: i32,
}

impl Scaled {
    pub(super) const ZERO: Self = Self {
        mantissa: 0.0,
        steps: i32::MIN / 4,
    };

    pub(super) const ONE: Self = Self {
        mantissa: 1.0,
        steps: 0,
    };

    /// eˣ
    pub(super) fn exp(x: f64) -> Self {
        let step = f64::from(STEP) * LN_2;
        let steps = (x / step).round();
        Self {
            mantissa: (x - steps * step).exp(),
            steps: steps as i32,
        }
    }

    pub(super) fn times(self, other: Self) -> Self {
        let product = Self {
            mantissa: self.mantissa * other.mantissa,
            steps: self.steps + other.steps,
        };
        product.normal()
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let (most, least) = match self.steps.cmp(&other.steps) {
            Ordering::Equal => {
                let mantissa = self.mantissa + other.mantissa;
                return Self { mantissa, ..self }.normal();
            }
            Ordering::Greater => (self, other),
            Ordering::Less => (other, self),
        };
        // Two steps are 2²⁵⁶, of which mantissas make up for half.
        match most.steps - least.steps {
            1 => {
                let mantissa = most.mantissa + least.mantissa * DOWN;
                Self { mantissa, ..most }.normal()
            }
            _ => most,
        }
    }

    /// How much of `total` it is, which is not 0 and no smaller but for rounding.
    pub(super) fn share_of(self, total: Self) -> f64 {
        let ratio = self.mantissa / total.mantissa;
        match self.steps - total.steps {
            0 => ratio,
            1 => ratio * UP,
            -1 => ratio * DOWN,
            -2 => ratio * DOWN * DOWN,
            _ => 0.0,
        }
    }

    /// The same number, its mantissa within bounds.
    fn normal(self) -> Self {
        let Self { mantissa, steps } = self;
        if mantissa >= WIDEST {
            let (mantissa, steps) = (mantissa * DOWN, steps + 1);
            Self { mantissa, steps }
        } else if mantissa >= 1.0 / WIDEST {
            self
        } else if mantissa > 0.0 {
            let (mantissa, steps) = (mantissa * UP, steps - 1);
            Self { mantissa, steps }
        } else {
            Self::ZERO
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The logarithm of a number.
    fn ln(x: Scaled) -> f64 {
        x.mantissa.ln() + f64::from(x.steps) * f64::from(STEP) * LN_2
    }

    proptest! {
        #[test]
        fn sums_and_products(x in -1e5..1e5_f64, apart in 0.0..300.0_f64) {
            let y = x + apart;
            let [a, b] = [x, y].map(Scaled::exp);
            prop_assert!((ln(a) - x).abs() < 1e-9);
            prop_assert!((ln(a.times(b)) - (x + y)).abs() < 1e-9);
            let sum = y + (-apart).exp().ln_1p();
            prop_assert!((ln(a.plus(b)) - sum).abs() < 1e-9);
            prop_assert!((ln(b.plus(a)) - sum).abs() < 1e-9);
            let share = a.share_of(b);
            prop_assert!(share == 0.0 && apart > 80.0 || (share.ln() + apart).abs() < 1e-9);
        }
    }

    #[test]
    fn nothing() {
        let one = Scaled::exp(0.0);
        for (name, found, expected) in [
            ("nothing and one", Scaled::ZERO.plus(one), 1.0),
            ("one and nothing", one.plus(Scaled::ZERO), 1.0),
            ("nothing twice", Scaled::ZERO.plus(Scaled::ZERO), 0.0),
            ("nothing times one", Scaled::ZERO.times(one), 0.0),
            ("never", Scaled::exp(-1e6), 0.0),
            ("one", Scaled::ONE, 1.0),
        ] {
            assert_eq!(found.share_of(one), expected, "{name}");
        }
        let squares = (0..100_000).fold(Scaled::ZERO, |x, _| x.times(Scaled::exp(-1e6)));
        assert_eq!(squares.plus(one).share_of(one), 1.0);
    }
}
