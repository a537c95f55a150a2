"""Read a recipe as rattler-build does, and hold it to the METADATA of an sdist."""

import sys
import tarfile
from email import message_from_bytes

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler_build import Stage0Recipe, VariantConfig


def read_metadata(path):
    """Return the METADATA of the sdist at *path*."""
    with tarfile.open(path) as archive:
        names = [each for each in archive.getnames() if each.endswith("/PKG-INFO")]
        # The one at the top; an egg-info may have another.
        name = min(names, key=len)
        return message_from_bytes(archive.extractfile(name).read())


def differences(recipe, metadata):
    """Yield a line for each thing of which the two do not say the same."""
    about, package = recipe["about"], recipe["package"]
    pairs = {
        "name": (package["name"], canonicalize_name(metadata["Name"])),
        "version": (package["version"], metadata["Version"]),
        "license": (about["license"], metadata["License-Expression"]),
        "license files": (about["license_file"], metadata.get_all("License-File")),
        "summary": (about["summary"], metadata["Summary"]),
    }
    yield from (
        f"{what}: {ours!r}, METADATA has {theirs!r}"
        for what, (ours, theirs) in pairs.items()
        if ours != theirs
    )
    if f"python {metadata['Requires-Python']}" not in recipe["requirements"]["run"]:
        yield f"run: no python {metadata['Requires-Python']}"
    asked = {canonicalize_name(each.split()[0]) for each in recipe["requirements"]["run"]}
    for line in metadata.get_all("Requires-Dist", []):
        needed = Requirement(line)
        if "extra" not in str(needed.marker) and canonicalize_name(needed.name) not in asked:
            yield f"run: nothing for {line}"


metadata = read_metadata(sys.argv[1])
oldest = VariantConfig({"python_min": [metadata["Requires-Python"].removeprefix(">=")]})
for variant in Stage0Recipe.from_file("recipe.yaml").render(oldest):
    recipe = variant.recipe.to_dict()
    package, kind = recipe["package"], recipe["build"].get("noarch", "for each platform")
    print(f"{package['name']} {package['version']}, {kind}")
    for which, needed in recipe["requirements"].items():
        print(f"{which}: {', '.join(needed)}")
    found = [*differences(recipe, metadata)]
    print(*found or ["it says what METADATA says"], sep="\n")
    if found:
        sys.exit(1)
