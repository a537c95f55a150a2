// Mistakes that compile; the guide on nanobind makes each of them fail.
#include <nanobind/nanobind.h>

#include <vector>

namespace nb = nanobind;

struct Layer {
    double density = 0.3;
};

struct Season {
    double snow_line = 1642.0;
    Layer top;
};

NB_MODULE(_traps, module)
{
    module.def("depths", [] { return std::vector<double>{80.0, 95.0}; });

    nb::class_<Layer>(module, "Layer").def_rw("density", &Layer::density);
    nb::class_<Season>(module, "Season")
        .def(nb::init<>())
        .def("lost_top", [](Season &season) { return &season.top; })
        .def("top", [](Season &season) { return &season.top; }, nb::rv_policy::reference_internal);
}
