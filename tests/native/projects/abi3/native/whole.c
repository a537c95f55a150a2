/* A part that reads inside an object of Python, which only the whole API allows. */
#include <Python.h>

static PyObject *
twice(PyObject *module, PyObject *number)
{
    (void)module;
    if (!PyFloat_CheckExact(number)) {
        PyErr_SetString(PyExc_TypeError, "a float is needed");
        return NULL;
    }
    return PyFloat_FromDouble(2.0 * PyFloat_AS_DOUBLE(number));
}

static PyMethodDef methods[] = {
    {"twice", twice, METH_O, "Return twice a float."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_whole",
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit__whole(void)
{
    return PyModuleDef_Init(&module);
}
