//! Numbers of at least 0, however large or small.
//!
//! A sum over all paths through two long texts is far beyond `f64`, and its logarithm would have to be
//! taken and undone for every term. So a number is `mantissa · 2^(128·steps)`, where several that are
//! summed up together have the steps of the greatest one: products and sums cost little more than those
//! of `f64`, and are as exact.

/// The power of two that a step stands for.
const STEP: u64 = 128;
const UP: f64 = f64::from_bits((1023 + STEP) << 52);
const DOWN: f64 = 1.0 / UP;

/// Mantissas are brought between the inverse of this, inclusive, and this: 2⁶⁴.
const WIDEST: f64 = f64::from_bits((1023 + STEP / 2) << 52);

/// The steps of 0: fewer than any other number has.
pub(super) const LEAST: i32 = i32::MIN / 4;

/// 2^(−128·steps), as a factor of a mantissa that is added to others of `steps` more: five steps less are
/// nothing beside them.
pub(super) fn power(steps: u32) -> f64 {
    const POWERS: [f64; 5] = [
        1.0,
        DOWN,
        DOWN * DOWN,
        DOWN * DOWN * DOWN,
        DOWN * DOWN * DOWN * DOWN,
    ];
    POWERS.get(steps as usize).copied().unwrap_or(0.0)
}

/// How many steps too large a mantissa is; 0 is LEAST too small.
pub(super) fn steps(mantissa: f64) -> i32 {
    if (1.0 / WIDEST..WIDEST).contains(&mantissa) {
        return 0;
    }
    if mantissa == 0.0 {
        return LEAST;
    }
    // From 2^(128·s − 64) on, it is s steps.
    let exponent = (mantissa.to_bits() >> 52) as i32 - 1023;
    (exponent + STEP as i32 / 2).div_euclid(STEP as i32)
}

/// The same number with its mantissa brought within bounds, so that its steps tell how large it is.
pub(super) fn normal(mantissa: f64, own: i32) -> (f64, i32) {
    match steps(mantissa) {
        0 => (mantissa, own),
        LEAST => (0.0, LEAST),
        more => (mantissa * inverse(more), own + more),
    }
}

/// 2^(−128·steps) for what [`steps`] gives.
pub(super) fn inverse(steps: i32) -> f64 {
    match steps {
        LEAST => 1.0,
        _ => DOWN.powi(steps),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mantissas_are_brought_within_bounds() {
        for (mantissa, expected) in [
            (1.0, 0),
            (WIDEST, 1),
            (WIDEST / 2.0, 0),
            (1.0 / WIDEST, 0),
            (0.5 / WIDEST, -1),
            (UP * UP * 3.0, 2),
            (DOWN * DOWN * DOWN * 0.1, -3),
            (0.0, LEAST),
        ] {
            let found = steps(mantissa);
            assert_eq!(found, expected, "{mantissa:e}");
            let mantissa = mantissa * inverse(found);
            assert!(
                mantissa == 0.0 || (1.0 / WIDEST..WIDEST).contains(&mantissa),
                "{mantissa:e}"
            );
        }
    }

    #[test]
    fn powers_of_two() {
        for steps in 0..5 {
            assert_eq!(power(steps), DOWN.powi(steps as i32), "{steps}");
        }
        assert_eq!(power(5), 0.0);
        assert_eq!(power(u32::MAX), 0.0);
    }
}
