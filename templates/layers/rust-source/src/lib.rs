//! The mean of each window of a row of float64.

use pyo3::prelude::*;

/// The compiled part.
#[pymodule(gil_used = false)]
mod _core {
    use pyo3::buffer::PyBuffer;
    use pyo3::exceptions::{PyTypeError, PyValueError};
    use pyo3::prelude::*;

    /// Write the mean of each window of values to out.
    #[pyfunction]
    #[pyo3(signature = (values, window, out, /))]
    fn rolling_mean(
        py: Python<'_>,
        values: PyBuffer<f64>,
        window: isize,
        out: PyBuffer<f64>,
    ) -> PyResult<()> {
        check_row(&values, "values")?;
        check_row(&out, "out")?;
        let size = values.item_count();
        let window = usize::try_from(window)
            .ok()
            .filter(|window| (1..=size).contains(window))
            .ok_or_else(|| {
                PyValueError::new_err(format!("window must be from 1 to {size}, not {window}"))
            })?;
        let count = size - window + 1;
        if out.item_count() != count {
            return Err(PyValueError::new_err(format!(
                "out must have room for {count} means, not {}",
                out.item_count()
            )));
        }

        // Python may change a buffer while its other threads run, so the loop reads a copy.
        let copied = values.to_vec(py)?;
        let means = py.detach(|| crate::means(&copied, window));
        out.copy_from_slice(py, &means)
    }

    fn check_row(buffer: &PyBuffer<f64>, name: &str) -> PyResult<()> {
        if buffer.dimensions() == 1 && buffer.is_c_contiguous() {
            return Ok(());
        }
        Err(PyTypeError::new_err(format!(
            "{name} must be one row of float64"
        )))
    }
}

/// Each window is added up anew: a running sum would carry a NaN, and every rounding error, into
/// all windows that follow.
fn means(values: &[f64], window: usize) -> Vec<f64> {
    values
        .windows(window)
        .map(|each| each.iter().sum::<f64>() / window as f64)
        .collect()
}
