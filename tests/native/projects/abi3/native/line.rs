//! The snow line, in Rust.

use pyo3::prelude::*;

/// The part in Rust.
#[pymodule(gil_used = false)]
mod _line {
    use pyo3::prelude::*;

    /// Return the metres above which snow stays all year at a latitude.
    #[pyfunction]
    #[pyo3(signature = (latitude, /))]
    fn line(latitude: f64) -> f64 {
        (5000.0 - 60.0 * latitude.abs()).max(0.0)
    }
}
