/* What zlib has that Python code asks for.
 *
 * Only the limited API is used, so one wheel, cp311-abi3, serves that Python and all that follow.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>
#include <zlib.h>

PyDoc_STRVAR(checksum_doc,
"checksum(data, start, /)\n"
"--\n\n"
"Return the CRC-32 of data, going on from start.");

static PyObject *
checksum(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer data;
    unsigned long start;
    if (!PyArg_ParseTuple(arguments, "y*k:checksum", &data, &start)) {
        return NULL;
    }

    uLong sum;
    /* Other threads of Python run meanwhile; the buffer cannot be resized while held. */
    Py_BEGIN_ALLOW_THREADS
    /* Unlike crc32, this one takes more than 4 GiB; it came with zlib 1.2.9. */
    sum = crc32_z((uLong)start, data.buf, (z_size_t)data.len);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&data);
    return PyLong_FromUnsignedLong((unsigned long)sum);
}

/* zlib.h takes the name zlib_version for a macro. */
PyDoc_STRVAR(linked_version_doc,
"zlib_version()\n"
"--\n\n"
"Return the version of the zlib that is linked.");

static PyObject *
linked_version(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(arguments))
{
    const char *version = zlibVersion();
    /* strlen is also what needs the C library: auditwheel refuses a module that needs none. */
    return PyUnicode_DecodeASCII(version, (Py_ssize_t)strlen(version), NULL);
}

static PyMethodDef methods[] = {
    {"checksum", checksum, METH_VARARGS, checksum_doc},
    {"zlib_version", linked_version, METH_NOARGS, linked_version_doc},
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
