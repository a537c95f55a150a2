/* The water in snow, in C. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>

PyDoc_STRVAR(water_doc,
"water(depth, density, /)\n"
"--\n\n"
"Return the mm of water in snow so many cm deep, of so many kg in a cubic metre.");

static PyObject *
water(PyObject *module, PyObject *arguments)
{
    double depth, density;
    (void)module;
    if (!PyArg_ParseTuple(arguments, "dd:water", &depth, &density)) {
        return NULL;
    }
    if (depth < 0.0 || density < 0.0) {
        /* PyErr_Format knows no fractions. */
        char message[80];
        snprintf(message, sizeof message, "snow is not less than none: %g, %g", depth, density);
        PyErr_SetString(PyExc_ValueError, message);
        return NULL;
    }
    return PyFloat_FromDouble(depth * density / 100.0);
}

static PyMethodDef methods[] = {
    {"water", water, METH_VARARGS, water_doc},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_GIL_DISABLED
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_density",
    .m_doc = "The part in C.",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit__density(void)
{
    return PyModuleDef_Init(&module);
}
