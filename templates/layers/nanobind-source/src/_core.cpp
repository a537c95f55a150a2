// The mean of each window of a row of float64.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>

namespace nb = nanobind;

namespace {

// nanobind refuses whatever is not such a row, with a TypeError.
using Values = nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Means = nb::ndarray<double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

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

void rolling_mean(const Values &values, std::ptrdiff_t window, const Means &out)
{
    const auto size = static_cast<std::ptrdiff_t>(values.size());
    if (window < 1 || window > size) {
        // A std::invalid_argument is a ValueError in Python.
        throw std::invalid_argument("window must be from 1 to " + std::to_string(size) +
                                    ", not " + std::to_string(window));
    }
    const auto count = size - window + 1;
    if (static_cast<std::ptrdiff_t>(out.size()) != count) {
        throw std::invalid_argument("out must have room for " + std::to_string(count) +
                                    " means, not " + std::to_string(out.size()));
    }

    // Other threads of Python run meanwhile; the buffers cannot be resized while held.
    const nb::gil_scoped_release release;
    fill({values.data(), values.size()}, static_cast<std::size_t>(window),
         {out.data(), out.size()});
}

}  // namespace

NB_MODULE(_core, module)
{
    module.doc() = "The compiled part.";
    // An array of another kind may be copied on the way in, but what is written must reach it.
    module.def("rolling_mean", &rolling_mean, nb::arg(), nb::arg(), nb::arg().noconvert(),
               "Write the mean of each window of values to out.");
}
