//! The natural logarithm, as exact as a `f32` is, faster than the exact one of a `f64`.

/// ln(x) for 1 ≤ x < ∞, wrong by at most 10⁻⁷ and half a unit in the last place.
///
/// With x = 2^k · m and m in √½..√2, it is k · ln 2 + 2 · artanh(s) for s = (m − 1) / (m + 1), of whose
/// series six terms are more than 10⁻¹⁰ exact, as |s| < 0.172.
pub(super) fn ln(x: f64) -> f32 {
    const MANTISSA: u64 = (1 << 52) - 1;
    const ONE: u64 = 1023 << 52;
    // What is above √2 belongs to the next power of two.
    const SQRT_2: u64 = 0x0006_a09e_667f_3bcd;
    let bits = x.to_bits();
    let above = u64::from(bits & MANTISSA > SQRT_2);
    let power = (bits >> 52) as i64 - 1023 + above as i64;
    let m = f64::from_bits(bits & MANTISSA | (ONE - (above << 52)));
    let s = (m - 1.0) / (m + 1.0);
    let t = s * s;
    let series = 1.0
        + t * (1.0 / 3.0 + t * (1.0 / 5.0 + t * (1.0 / 7.0 + t * (1.0 / 9.0 + t * (1.0 / 11.0)))));
    (power as f64 * std::f64::consts::LN_2 + 2.0 * s * series) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_exact_as_said() {
        let mut x = 1.0_f64;
        while x < 1e300 {
            for x in [x, x.next_up(), x.next_down().max(1.0)] {
                let (found, expected) = (f64::from(ln(x)), x.ln());
                let within = 1e-7 + expected * f64::from(f32::EPSILON) / 2.0;
                assert!(
                    (found - expected).abs() <= within,
                    "{x}: {found}, not {expected}"
                );
            }
            x *= 1.000_37;
        }
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(ln(2.0), std::f32::consts::LN_2);
        assert!((ln(std::f64::consts::SQRT_2) - 0.5 * std::f32::consts::LN_2).abs() < 1e-7);
    }
}
