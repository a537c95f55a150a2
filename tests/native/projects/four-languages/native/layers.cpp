// The layers of a profile, in C++ with pybind11.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <numeric>
#include <vector>

namespace py = pybind11;

namespace {

double depth(const std::vector<double> &layers)
{
    return std::accumulate(layers.begin(), layers.end(), 0.0);
}

}  // namespace

PYBIND11_MODULE(_layers, module, py::mod_gil_not_used())
{
    module.doc() = "The part in C++.";
    module.def("depth", &depth, py::arg("layers"), py::pos_only(),
               "Return how deep all layers are together.");
}
