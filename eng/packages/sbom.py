#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What Spindle is made of: a bill of materials in CycloneDX 1.6 (ECMA-424), of the lock files of what ships and the runtime compiled in.

  eng/packages/sbom.py VERSION REPOSITORY RUNTIME-VERSION > spindle-VERSION.cdx.json

The lock files tell versions and hashes of the packages; licences are told by the packages themselves, in NuGet's folder.
"""
import base64, datetime, json, os, pathlib, re, sys, uuid

ROOT = pathlib.Path(os.environ.get("SPINDLE_ROOT") or pathlib.Path(__file__).resolve().parent.parent.parent)
# They are needed to build and are in nothing that ships.
BUILD_ONLY = re.compile(r"^(Microsoft\.CodeAnalysis\.|Microsoft\.NET\.ILLink\.Tasks$|Microsoft\.DotNet\.ILCompiler$)")


def packages_folder():
    if folder := os.environ.get("NUGET_PACKAGES"):
        return pathlib.Path(folder)
    return pathlib.Path.home() / ".nuget/packages"


def licence_of(name, version):
    """The licence as the package tells it: an SPDX expression, or a text of its own; nothing where it is not at hand."""
    folder = packages_folder() / name.lower() / version
    nuspec = folder / f"{name.lower()}.nuspec"
    found = re.search(r'<license type="(expression|file)">([^<]+)</license>', nuspec.read_text(encoding="utf-8-sig")) if nuspec.exists() else None
    if not found:
        return []
    if found[1] == "expression":
        return [{"expression": found[2]}]
    text = (folder / found[2].replace("\\", "/")).read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    return [{"license": {"name": f"{found[2]} of {name}", "text": {"contentType": "text/plain", "content": text}}}]


def locked():
    """Every package that some project in src needs to run: name, version, SHA-512 and what it needs itself."""
    found = {}
    for path in sorted((ROOT / "src").glob("*/packages.lock.json")):
        for framework in json.loads(path.read_text(encoding="utf-8-sig"))["dependencies"].values():
            for name, package in framework.items():
                if package["type"] != "Project" and not BUILD_ONLY.match(name):
                    found[name] = package
    return found


def component(name, package):
    version = package["resolved"]
    purl = f"pkg:nuget/{name}@{version}"
    one = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
           "hashes": [{"alg": "SHA-512", "content": base64.b64decode(package["contentHash"]).hex()}]}
    if licences := licence_of(name, version):
        one["licenses"] = licences
    return one


def document(version, repository, runtime):
    packages = locked()
    reference = {name.lower(): f"pkg:nuget/{name}@{package['resolved']}" for name, package in packages.items()}
    program = f"pkg:generic/spindle@{version}"
    dotnet = {"type": "framework", "bom-ref": f"pkg:generic/dotnet-runtime@{runtime}", "name": ".NET Runtime", "version": runtime,
              "purl": f"pkg:generic/dotnet-runtime@{runtime}", "licenses": [{"expression": "MIT"}]}
    needs = [{"ref": program, "dependsOn": sorted(reference.values()) + [dotnet["bom-ref"]]}, {"ref": dotnet["bom-ref"], "dependsOn": []}]
    for name, package in sorted(packages.items()):
        inner = [reference[other.lower()] for other in package.get("dependencies", {}) if other.lower() in reference]
        needs.append({"ref": reference[name.lower()], "dependsOn": sorted(inner)})
    seconds = int(os.environ["SOURCE_DATE_EPOCH"])
    content = {
        "metadata": {
            "timestamp": f"{datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}",
            "component": {"type": "application", "bom-ref": program, "name": "spindle", "version": version, "purl": program, "licenses": [{"expression": "MIT"}],
                          "externalReferences": [{"type": "vcs", "url": repository}]},
        },
        "components": [dotnet, *(component(name, package) for name, package in sorted(packages.items()))],
        "dependencies": needs,
    }
    # The number follows from the content: the same release has the same one.
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    return {"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6",
            "serialNumber": f"urn:uuid:{number}", "version": 1, **content}


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    print(json.dumps(document(*sys.argv[1:]), indent=2))
