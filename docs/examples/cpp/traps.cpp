// Mistakes that compile; the guide on pybind11 makes each of them fail.
#include <pybind11/pybind11.h>

#include <string>
#include <vector>

namespace py = pybind11;

std::string station_name();

struct Layer {
    double density = 0.3;
};

struct Season {
    double snow_line = 1642.0;
    Layer top;
};

PYBIND11_MODULE(traps, module)
{
    module.def("station_name", &station_name);

    module.def("depths", [] { return std::vector<double>{80.0, 95.0}; });

    py::class_<Layer>(module, "Layer").def_readwrite("density", &Layer::density);
    py::class_<Season>(module, "Season")
        .def(py::init<>())
        .def("lost_top", [](Season &season) { return &season.top; })
        .def("top", [](Season &season) { return &season.top; },
             py::return_value_policy::reference_internal);

    module.def("first", [](const py::list &rows) {
        const py::gil_scoped_release release;
        return py::object(rows[0]);
    });
}
