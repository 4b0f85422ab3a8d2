// SPDX-License-Identifier: MIT
using SharpFuzz;

namespace Spindle.Fuzz;

/// <summary>Makes the assemblies beside this program count which ways through them were taken. Before any of them is loaded.</summary>
internal static class Instrumentation
{
    private static readonly string[] Assemblies = ["Spindle.Formats.dll", "Spindle.Imaging.dll", "Spindle.Parity.dll"];

    // What reads looks at all the same, whatever is read; and what hashes with a number that is another one each time.
    private static readonly string[] Left = ["Medium", "ReadingAllowance", "AddressSet", "Findings", "FindingDetail", "LineBuffer"];

    private static readonly string[] Namespaces =
    [
        "Spindle.Formats.Analysis", "Spindle.Formats.ApplePartitions", "Spindle.Formats.ElTorito", "Spindle.Formats.Hfs", "Spindle.Formats.HighSierra",
        "Spindle.Formats.Images", "Spindle.Formats.Iso9660", "Spindle.Formats.Joliet", "Spindle.Formats.MapFile", "Spindle.Formats.RockRidge",
        "Spindle.Formats.Udf", "Spindle.Formats.Volumes", "Spindle.Imaging.Contents", "Spindle.Parity.DiscSet",
    ];

    public static void Prepare()
    {
        foreach (string assembly in Assemblies)
        {
            string path = Path.Combine(AppContext.BaseDirectory, assembly);
            try
            {
                Fuzzer.Instrument(path, IsWanted, Options.Value);
            }
            catch (InstrumentationException)
            {
                // It is instrumented already, from the last run: the build puts a new one there when it has changed.
            }
        }
    }

    private static bool IsWanted(string type) =>
        Namespaces.Any(name => type.StartsWith(name, StringComparison.Ordinal)) && !Left.Any(name => type.Split('.', '/', '+')[^1] == name);
}
