// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Drives.MacOS;

/// <summary>Where discs are mounted, mounting and ejecting them, by <c>diskutil</c>: it asks the service of the system that mounts discs, and needs no rights.</summary>
/// <param name="programs">Runs it.</param>
internal sealed class DiskUtility(SystemPrograms programs)
{
    private const string Program = "diskutil";

    private static readonly string[] WordsOfBusy = ["dissent", "in use", "busy"];

    private static readonly TimeSpan PatienceWithAnswers = TimeSpan.FromSeconds(20);

    /// <summary>A disc that is scratched where its file system begins takes its time to be mounted.</summary>
    private static readonly TimeSpan PatienceWithDiscs = TimeSpan.FromSeconds(90);

    /// <summary>What the system knows of a disc or a part of one; null where there is none of that name.</summary>
    /// <param name="name">Its BSD name.</param>
    public Plist? Describe(string name) => Ask("info", name);

    /// <summary>Where a disc and its parts are mounted, with the BSD name of each.</summary>
    /// <param name="whole">The disc's BSD name.</param>
    public IReadOnlyList<(string Name, DeviceMount Mount)> Mounts(string whole)
    {
        List<(string Name, DeviceMount Mount)> mounts = [];
        foreach (Plist disc in Ask("list", whole)?.Array("AllDisksAndPartitions") ?? [])
        {
            foreach (Plist part in disc.Array("Partitions").Prepend(disc))
            {
                // It lists containers that lie on the disc beside it.
                if (part.Text("MountPoint") is { } point && part.Text("DeviceIdentifier") is { } name && DiskName.Parse(name)?.Whole == whole)
                {
                    Plist? details = Describe(name);
                    mounts.Add((name, new(point, details?.Text("FilesystemType") ?? "unknown", IsWritable(details))));
                }
            }
        }

        return mounts;
    }

    /// <summary>Unmounts one place.</summary>
    public ProgramOutcome Unmount(string point) => programs.Run(Program, PatienceWithDiscs, "unmount", point);

    /// <summary>Mounts a disc or a part of one where the system mounts such.</summary>
    public ProgramOutcome Mount(string name) => programs.Run(Program, PatienceWithDiscs, "mount", name);

    /// <summary>Unmounts all of a disc, and gives it back.</summary>
    public ProgramOutcome Eject(string whole) => programs.Run(Program, PatienceWithDiscs, "eject", whole);

    /// <summary>Whether it says that a program uses the disc.</summary>
    public static bool SaysBusy(ProgramOutcome outcome) =>
        WordsOfBusy.Any(word => outcome.Said.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsWritable(Plist? details) => (details?.Flag("WritableVolume") ?? details?.Flag("Writable") ?? false) && details?.Flag("WritableMedia") != false;

    /// <returns>Null where there is no such disc.</returns>
    /// <exception cref="OperationFailedException">It does not answer.</exception>
    private Plist? Ask(string verb, string name)
    {
        ProgramOutcome outcome = programs.Run(Program, PatienceWithAnswers, verb, "-plist", name);
        return outcome.ExitCode switch
        {
            null => throw Failures.CannotListDrives(outcome.Said),
            0 => Plist.Parse(outcome.Output),
            _ => null,
        };
    }
}
