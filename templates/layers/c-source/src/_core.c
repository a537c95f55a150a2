/* The mean of each window of a row of float64.
 *
 * Only the limited API is used, so one wheel, cp311-abi3, serves that Python and all that follow.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

/* Fill `view` with the memory of `object`; return -1 with an exception set if it is no such row. */
static int
get_row(PyObject *object, Py_buffer *view, int flags, const char *name)
{
    if (PyObject_GetBuffer(object, view, flags | PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0) {
        return -1;
    }
    if (view->ndim != 1 || strcmp(view->format, "d") != 0) {
        PyBuffer_Release(view);
        PyErr_Format(PyExc_TypeError, "%s must be one row of float64", name);
        return -1;
    }
    return 0;
}

/* Each window is added up anew: a running sum would carry a NaN, and every rounding error, into
 * all windows that follow. */
static void
fill(const double *values, Py_ssize_t window, double *out, Py_ssize_t count)
{
    if (window == 1) {
        /* It is also what needs the C library: auditwheel refuses a module that needs none. */
        memmove(out, values, (size_t)count * sizeof(double));
        return;
    }
    for (Py_ssize_t start = 0; start < count; start++) {
        double sum = 0.0;
        for (Py_ssize_t i = start; i < start + window; i++) {
            sum += values[i];
        }
        out[start] = sum / (double)window;
    }
}

PyDoc_STRVAR(rolling_mean_doc,
"rolling_mean(values, window, out, /)\n"
"--\n\n"
"Write the mean of each window of values to out.");

static PyObject *
rolling_mean(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *values_object, *out_object;
    Py_ssize_t window;
    if (!PyArg_ParseTuple(arguments, "OnO:rolling_mean", &values_object, &window, &out_object)) {
        return NULL;
    }

    Py_buffer values, out;
    if (get_row(values_object, &values, PyBUF_SIMPLE, "values") < 0) {
        return NULL;
    }
    if (get_row(out_object, &out, PyBUF_WRITABLE, "out") < 0) {
        PyBuffer_Release(&values);
        return NULL;
    }

    PyObject *result = NULL;
    if (window < 1 || window > values.shape[0]) {
        PyErr_Format(PyExc_ValueError, "window must be from 1 to %zd, not %zd",
                     values.shape[0], window);
    }
    else if (out.shape[0] != values.shape[0] - window + 1) {
        PyErr_Format(PyExc_ValueError, "out must have room for %zd means, not %zd",
                     values.shape[0] - window + 1, out.shape[0]);
    }
    else {
        /* Other threads of Python run meanwhile; the buffers cannot be resized while held. */
        Py_BEGIN_ALLOW_THREADS
        fill(values.buf, window, out.buf, out.shape[0]);
        Py_END_ALLOW_THREADS
        result = Py_NewRef(Py_None);
    }
    PyBuffer_Release(&out);
    PyBuffer_Release(&values);
    return result;
}

static PyMethodDef methods[] = {
    {"rolling_mean", rolling_mean, METH_VARARGS, rolling_mean_doc},
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
    .m_name = "_core",
    .m_doc = "The compiled part.",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit__core(void)
{
    return PyModuleDef_Init(&module);
}
