#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What package managers read that only fetch: Homebrew, Scoop and winget, with the sums of the files that were built.

  eng/packages/manifests.py VERSION REPOSITORY FOLDER

FOLDER holds spindle-VERSION-SYSTEM.tar.gz and .zip; spindle.rb, spindle.json and three spindle.*.yaml are written beside them.
"""
import datetime, hashlib, json, os, pathlib, sys

SUMMARY = "Image optical discs, archive file trees onto discs, and bring them back"
IDENTIFIER = "Spindle.Spindle" # publisher and package, as winget has them
FORMATS = "https://aka.ms/winget-manifest"


class Release:
    def __init__(self, version, repository, folder):
        self.version, self.repository, self.folder = version, repository, pathlib.Path(folder)

    def file(self, system):
        return f"spindle-{self.version}-{system}.{'zip' if system.startswith('win') else 'tar.gz'}"

    def address(self, system):
        return f"{self.repository}/releases/download/v{self.version}/{self.file(system)}"

    def sha256(self, system):
        return hashlib.sha256((self.folder / self.file(system)).read_bytes()).hexdigest()


def formula(release):
    def choice(system):
        return f'url "{release.address(system)}"\n      sha256 "{release.sha256(system)}"'
    return f'''class Spindle < Formula
  desc "{SUMMARY}"
  homepage "{release.repository}"
  version "{release.version}"
  license "MIT"

  on_macos do
    depends_on macos: :monterey
    on_arm do
      {choice("osx-arm64")}
    end
    on_intel do
      {choice("osx-x64")}
    end
  end

  on_linux do
    on_arm do
      {choice("linux-arm64")}
    end
    on_intel do
      {choice("linux-x64")}
    end
  end

  def install
    bin.install "bin/spindle"
    (lib/"spindle").install Dir["lib/spindle/*"] if OS.linux?
    man1.install Dir["share/man/man1/*"]
    generate_completions_from_executable(bin/"spindle", "completion")
  end

  test do
    system bin/"spindle", "demo", "--dir", testpath
    assert_match "README.TXT", shell_output("#{{bin}}/spindle ls #{{testpath}}/disc.iso")
  end
end
'''


def scoop(release):
    folder = release.file("win-x64").removesuffix(".zip")
    return json.dumps({
        "version": release.version,
        "description": SUMMARY,
        "homepage": release.repository,
        "license": "MIT",
        "architecture": {"64bit": {"url": release.address("win-x64"), "hash": release.sha256("win-x64"), "extract_dir": folder}},
        "bin": "spindle.exe",
        "checkver": {"github": release.repository},
        "autoupdate": {"architecture": {"64bit": {
            "url": release.address("win-x64").replace(release.version, "$version"), "extract_dir": folder.replace(release.version, "$version")}}},
    }, indent=4) + "\n"


def winget(release):
    """Three files, as winget wants them: version, installer and one language. Numbers that look like others are put in quotes."""
    def manifest(kind, lines):
        head = f"# yaml-language-server: $schema={FORMATS}.{kind.lower()}.1.6.0.schema.json\n\nPackageIdentifier: {IDENTIFIER}\nPackageVersion: '{release.version}'\n"
        return head + "".join(f"{line}\n" for line in lines) + f"ManifestType: {kind}\nManifestVersion: 1.6.0\n"
    day = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    folder = release.file("win-x64").removesuffix(".zip")
    return {
        "": manifest("version", ["DefaultLocale: en-US"]),
        ".installer": manifest("installer", [
            "Platform:", "- Windows.Desktop", "MinimumOSVersion: 10.0.17763.0",
            "InstallerType: zip", "NestedInstallerType: portable",
            "NestedInstallerFiles:", f"- RelativeFilePath: {folder}\\spindle.exe", "  PortableCommandAlias: spindle",
            f"ReleaseDate: '{day:%Y-%m-%d}'",
            "Installers:", "- Architecture: x64", f"  InstallerUrl: {release.address('win-x64')}", f"  InstallerSha256: {release.sha256('win-x64').upper()}",
        ]),
        ".locale.en-US": manifest("defaultLocale", [
            "PackageLocale: en-US", "Publisher: The Spindle authors", "PackageName: Spindle", f"PackageUrl: {release.repository}",
            "License: MIT", f"ShortDescription: {SUMMARY}", "Moniker: spindle", "Tags:", *(f"- {tag}" for tag in ("archive", "bluray", "cd", "dvd", "iso")),
        ]),
    }


def write(release):
    (release.folder / "spindle.rb").write_text(formula(release))
    (release.folder / "spindle.json").write_text(scoop(release))
    for part, text in winget(release).items():
        (release.folder / f"{IDENTIFIER}{part}.yaml").write_text(text)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    write(Release(*sys.argv[1:]))
