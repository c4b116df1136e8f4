//! Maps of the plane that keep straight lines straight.

/// `x' = a·x + b·y + c`, `y' = d·x + e·y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affine(pub [f64; 6]);

impl Affine {
    /// Keeps every point where it is.
    pub const STILL: Self = Self([1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);

    pub(crate) fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, x, 0.0, 1.0, y])
    }

    pub(crate) fn scale(x: f64, y: f64) -> Self {
        Self([x, 0.0, 0.0, 0.0, y, 0.0])
    }

    /// Clockwise as seen on a screen, where y grows downwards.
    pub(crate) fn turn(degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self([cos, -sin, 0.0, sin, cos, 0.0])
    }

    /// First this one, then the other.
    pub(crate) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, next.0);
        Self([
            p * a + q * d,
            p * b + q * e,
            p * c + q * f + r,
            s * a + t * d,
            s * b + t * e,
            s * c + t * f + u,
        ])
    }

    /// The way back. Every map made here has one: scales are never zero.
    pub(crate) fn inverse(self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let det = a * e - b * d;
        let (a, b, d, e) = (e / det, -b / det, -d / det, a / det);
        Self([a, b, -(a * c + b * f), d, e, -(d * c + e * f)])
    }

    /// Where a point goes.
    pub fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + b * y + c, d * x + e * y + f)
    }
}
