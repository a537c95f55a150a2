// The mean of each window of a row of float64.
#include <pybind11/pybind11.h>

#include <cstddef>
#include <span>
#include <string>

namespace py = pybind11;

namespace {

// Each window is added up anew: a running sum would carry a NaN, and every rounding error, into
// all windows that follow.
void fill(std::span<const double> values, std::size_t window, std::span<double> out)
{
    for (std::size_t start = 0; start < out.size(); ++start) {
        double sum = 0.0;
        for (const double value : values.subspan(start, window)) {
            sum += value;
        }
        out[start] = sum / static_cast<double>(window);
    }
}

void check_row(const py::buffer_info &info, const std::string &name)
{
    if (info.ndim != 1 || !info.item_type_is_equivalent_to<double>() ||
        (info.size > 1 && info.strides[0] != static_cast<py::ssize_t>(sizeof(double)))) {
        throw py::type_error(name + " must be one row of float64");
    }
}

void rolling_mean(const py::buffer &values_object, py::ssize_t window, const py::buffer &out_object)
{
    const py::buffer_info values = values_object.request();
    const py::buffer_info out = out_object.request(/*writable=*/true);
    check_row(values, "values");
    check_row(out, "out");
    if (window < 1 || window > values.size) {
        throw py::value_error("window must be from 1 to " + std::to_string(values.size) +
                              ", not " + std::to_string(window));
    }
    if (out.size != values.size - window + 1) {
        throw py::value_error("out must have room for " +
                              std::to_string(values.size - window + 1) + " means, not " +
                              std::to_string(out.size));
    }

    // Other threads of Python run meanwhile; the buffers cannot be resized while held.
    const py::gil_scoped_release release;
    fill({static_cast<const double *>(values.ptr), static_cast<std::size_t>(values.size)},
         static_cast<std::size_t>(window),
         {static_cast<double *>(out.ptr), static_cast<std::size_t>(out.size)});
}

}  // namespace

PYBIND11_MODULE(_core, module, py::mod_gil_not_used())
{
    module.doc() = "The compiled part.";
    module.def("rolling_mean", &rolling_mean, py::arg("values"), py::arg("window"),
               py::arg("out"), py::pos_only(), "Write the mean of each window of values to out.");
}
