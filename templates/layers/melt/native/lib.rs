//! The water of many days, each computed by a library in C.

use pyo3::prelude::*;

// Which folder the library is in, the build says.
#[link(name = "melt", kind = "static")]
extern "C" {
    fn snow_cap_melt(degrees: f64) -> f64;
}

/// The compiled part.
#[pymodule(gil_used = false)]
mod _melt {
    use pyo3::prelude::*;

    /// Return the mm of water that melt in days of so many degrees Celsius.
    #[pyfunction]
    #[pyo3(signature = (degrees, /))]
    fn melt(py: Python<'_>, degrees: Vec<f64>) -> f64 {
        // SAFETY: the function takes and returns plain numbers.
        py.detach(|| {
            degrees
                .iter()
                .map(|&each| unsafe { crate::snow_cap_melt(each) })
                .sum()
        })
    }
}
