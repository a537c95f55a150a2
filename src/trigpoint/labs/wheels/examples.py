"""Files of real releases, and wheels made by hand that do what nobody expects."""

from __future__ import annotations

from trigpoint.labs.base import Example

__all__ = ["EXAMPLES"]

_GREENLET = """\
greenlet-3.5.6-cp313-cp313-macosx_11_0_universal2.whl
greenlet-3.5.6-cp313-cp313-manylinux_2_24_aarch64.manylinux_2_28_aarch64.whl
greenlet-3.5.6-cp313-cp313-manylinux_2_24_x86_64.manylinux_2_28_x86_64.whl
greenlet-3.5.6-cp313-cp313-musllinux_1_2_x86_64.whl
greenlet-3.5.6-cp313-cp313-win_amd64.whl
"""

_IPYKERNEL = """\
ipykernel-7.4.0-py3-none-any.whl
    ipykernel_launcher.py
    ipykernel/__init__.py
    ipykernel/__main__.py
    ipykernel/py.typed
    ipykernel-7.4.0.data/data/share/jupyter/kernels/python3/kernel.json
    ipykernel-7.4.0.data/data/share/jupyter/kernels/python3/logo-32x32.png
    ipykernel-7.4.0.data/data/share/jupyter/kernels/python3/logo-64x64.png
    ipykernel-7.4.0.data/data/share/jupyter/kernels/python3/logo-svg.svg
    ipykernel-7.4.0.dist-info/licenses/LICENSE
"""

_HEADERS = """\
greenlet-3.5.6-cp313-cp313-win_amd64.whl
    greenlet/__init__.py
    greenlet/greenlet.h
    greenlet-3.5.6.data/headers/greenlet.h
    greenlet-3.5.6.dist-info/licenses/LICENSE
"""

_EVERY = """\
spam-1.0-py3-none-any.whl
    spam/__init__.py
        def main() -> None:
            print("eggs")
    spam-1.0.data/scripts/spam-legacy
        #!python
        import spam
        spam.main()
    spam-1.0.data/headers/spam.h
        int spam(void);
    spam-1.0.data/data/share/man/man1/spam.1
        .TH SPAM 1
        .SH NAME
        spam \\- print eggs
    spam-1.0.data/data/share/applications/spam.desktop
        [Desktop Entry]
        Type=Application
        Name=Spam
        Exec=spam
    spam-1.0.dist-info/entry_points.txt
        [console_scripts]
        spam = spam:main
    spam-1.0.dist-info/licenses/LICENSE
        Do what you like.
    spam-1.0.dist-info/sboms/spam.cdx.json
        {"bomFormat": "CycloneDX", "specVersion": "1.6"}
"""

_HOSTILE = """\
spam-1.0-py3-none-any.whl
    spam/__init__.py
    spam-1.0.data/scripts/python3
    spam-1.0.data/data/bin/pip
    spam-1.0.data/data/lib/python3.13/site-packages/spam.pth
        import os
    spam-1.0.data/config/spam.toml
    ../site-packages-evil/spam.py
    spam-1.0.dist-info/entry_points.txt
        [console_scripts]
        ../../spam = spam:main
"""

_TOGETHER = """\
spam-1.0-py3-none-any.whl
    spam/__init__.py
    tests/__init__.py
eggs-2.0-py3-none-any.whl
    eggs/__init__.py
    tests/__init__.py
        import eggs
"""

_RELEASE = """\
spam-1.0-py3-none-win_amd64.whl
    spam/__init__.py
    spam-1.0.dist-info/METADATA
        Metadata-Version: 2.4
        Name: spam
        Version: 1.0
        Requires-Dist: colorama
spam-1.0-py3-none-any.whl
    spam/__init__.py
spam-1.0.tar.gz
    spam-1.0/PKG-INFO
        Metadata-Version: 2.4
        Name: spam
        Version: 1.0
    spam-1.0/pyproject.toml
        [project]
        name = "spam"
        version = "1.0"
"""

_BY_HAND = "made by hand"

EXAMPLES = (
    Example("Which of five wheels does pip take?", "greenlet 3.5.6", {"text": _GREENLET}),
    Example("A Jupyter kernel as data", "ipykernel 7.4.0, some of its files", {"text": _IPYKERNEL}),
    Example(
        "A C header, on Windows",
        "greenlet 3.5.6, some of its files",
        {"text": _HEADERS, "place": "pip-venv-windows", "platform": "windows-amd64"},
    ),
    Example("A file by every scheme", _BY_HAND, {"text": _EVERY}),
    Example("A wheel that takes over", _BY_HAND, {"text": _HOSTILE}),
    Example("Two projects with one folder of tests", _BY_HAND, {"text": _TOGETHER}),
    Example("A release whose files do not agree", _BY_HAND, {"text": _RELEASE}),
)
"""Ready-made questions; what is made by hand shows what real files seldom do."""
