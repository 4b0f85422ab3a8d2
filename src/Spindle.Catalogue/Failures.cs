// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Catalogue;

/// <summary>What can't be done with a catalogue, in the words that the user is shown: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static Failure NotACatalogue(string path) => new("not-a-catalogue", $"{path} is not a catalogue of spindle", "name another file with --catalogue");

    public static Failure Damaged(string path) => new(
        "catalogue-damaged", $"{path} is damaged", "import the catalogue of the newest disc, or a catalogue.json, into a new one");

    public static Failure Busy(string path) => new("catalogue-busy", $"another process is changing {path}", "when it has ended, the same command again");

    /// <param name="path">The catalogue.</param>
    /// <param name="cause">What SQLite said.</param>
    public static Failure Failed(string path, Exception cause) => new("catalogue-failed", $"{path}: {cause.Message}");

    public static OperationFailedException DoesNotExist(string path) => new(new(
        "no-catalogue", $"there is no catalogue {path}", "'spindle scan' makes one; --catalogue names another"));

    public static OperationFailedException Denied(string path, Exception cause) => new(new("catalogue-failed", $"{path} cannot be changed: {cause.Message}"), cause);

    public static OperationFailedException NoDirectory(string path, Exception cause) => new(
        new("catalogue-failed", $"the directory of {path} does not exist", "make it first"), cause);

    public static OperationFailedException ReadOnly(string path, Exception cause) => new(
        new("catalogue-failed", $"{path} cannot be changed: {cause.Message}", "copy it to where it can be written"), cause);

    public static OperationFailedException NotClosed(string path, Exception cause) => new(
        new("catalogue-failed", $"{path} cannot be written, and was not closed: what was changed last is in {path}-wal", "copy both to where they can be written"), cause);

    /// <param name="path">The catalogue.</param>
    /// <param name="version">Its version.</param>
    /// <param name="known">The newest that this program knows.</param>
    public static OperationFailedException Newer(string path, long version, int known) => new(new(
        "catalogue-newer", $"{path} was written by a newer spindle: its version is {version}, this program knows {known}", "use that one"));

    public static OperationFailedException NoSuchDisc(string path, int number) => new(new(
        "no-such-disc", $"{path} has no disc {number}", "'spindle discs' lists them; 'spindle plan' makes them"));

    public static OperationFailedException NoSuchImage(string path, string name) => new(new(
        "no-such-disc", $"{path} knows of no image called {name}", "'spindle discs' lists them"));

    public static OperationFailedException DiscOfAnotherProgram(int disc, Exception cause) => new(
        new(
            "disc-of-another-program", $"disc {disc} was planned by another program, or its plan is not whole: it can't be made here",
            "'spindle restore' gives its files, as long as there is a copy of it"),
        cause);

    public static OperationFailedException NoSha512(long files) => new(new(
        "no-sha512", $"the SHA-512 of {Figures.Count(files, "file", "files")} is not known, and odarchive's catalogue is keyed by it", "scan once with --hash sha256,sha512"));

    public static OperationFailedException Contradicting(Exception cause) => new(
        new("bad-import", $"this catalogue contradicts itself: {cause.Message}", "import an older one, or that of another disc"), cause);

    public static OperationFailedException NoDocument(Exception cause) => new(
        new("bad-import", $"this is no catalogue that can be read: {cause.Message}", "import a catalogue.json of spindle or odarchive"), cause);

    public static OperationFailedException BadPlace(string place) => new(new(
        "bad-prefix", $"'{place}' cannot be the place of an archive in another one", "a path without '.', '..' and '//'"));

    public static OperationFailedException PlaceTaken(string place) => new(new("place-taken", $"'{place}' stands in this archive already", "another --as NAME"));

    public static OperationFailedException SameArchive(string path) => new(new(
        "same-archive", $"this is a catalogue of the archive that {path} holds", "leave --as out: what it lacks is added"));

    public static OperationFailedException NotEmpty(string path) => new(new(
        "catalogue-not-empty", $"{path} holds another archive", "--as NAME brings this one in under that name; --catalogue NEW.db keeps them apart"));

    public static OperationFailedException Diverged(string path) => new(new(
        "catalogues-diverged", $"{path} and this catalogue were changed apart from one another", "import it into a new one: --catalogue NEW.db"));
}
