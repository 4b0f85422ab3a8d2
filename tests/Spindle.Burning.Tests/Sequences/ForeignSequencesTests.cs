// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Spindle.Burning.Tests.Running;
using Spindle.Drives.Mmc;
using Spindle.Testing.Burning;

namespace Spindle.Burning.Tests.Sequences;

/// <summary>What other programs send a drive to burn a disc, held against what ours do: nothing is left out without a reason in the code.</summary>
public sealed partial class ForeignSequencesTests
{
    /// <summary>
    /// The commands with which xorriso 1.5.4, growisofs 7.1 and wodim 1.1.11 burned an image in the lab (<c>optical-lab run --trace</c>), without those that the drive refused: first byte; of CLOSE TRACK SESSION
    /// the function, of START STOP UNIT byte 4, of FORMAT UNIT the type. growisofs does not burn CDs; wodim not BD-R, BD-RE and DVD+RW.
    /// </summary>
    private const string Traces = """
        cd-r xorriso 00 12 1A 1B/0 1B/1 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 55 5A 5C 5D AC BB
        cd-r wodim 00 12 1A 1B/1 1B/2 1B/3 1E 25 28 2A 35 43 46 4A 51 52 54 55 5A 5C 5D BB
        cd-rw xorriso 00 12 1A 1B/0 1B/1 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 55 5A 5C 5D AC BB
        cd-rw wodim 00 12 1A 1B/1 1B/2 1B/3 1E 25 28 2A 35 43 46 4A 51 52 54 55 5A 5C 5D BB
        dvd-r xorriso 00 12 1A 1B/0 1B/1 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 53 55 5A 5C AC B6
        dvd-r growisofs 00 12 1A 1B/0 1B/2 1B/3 1E 25 28 2A 35 43 46 4A 51 52 54 55 5A 5B/1 5B/2 5C AC
        dvd-r wodim 00 12 1A 1B/1 1B/2 1B/3 1E 25 28 2A 35 43 46 4A 51 52 53 54 55 5A 5C AD B6 BB
        dvd-rw xorriso 00 12 1A 1B/0 1B/1 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 53 55 5A 5C AC B6
        dvd-rw growisofs 00 12 1A 1B/0 1B/2 1B/3 1E 25 28 2A 35 43 46 4A 51 52 54 55 5A 5B/1 5B/2 5C AC
        dvd-rw wodim 00 12 1A 1B/1 1B/2 1B/3 1E 25 28 2A 35 43 46 4A 51 52 53 54 55 5A 5C AD B6 BB
        dvd-ram xorriso 00 12 1A 1B/0 1B/1 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 5A 5C AC B6
        dvd-ram growisofs 00 12 1A 1B/2 1B/3 1E 23 25 28 2A 43 46 4A 51 52
        dvd-ram wodim 00 12 1A 1B/1 1B/2 1B/3 1E 25 28 2A 35 43 46 4A 51 52 55 5A 5C BB
        dvd+r xorriso 00 12 1A 1B/0 1B/1 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 53 5A 5B/1 5B/5 5C AC B6
        dvd+r growisofs 00 12 1A 1B/0 1B/2 1B/3 1E 25 28 2A 35 43 46 4A 51 52 55 5A 5B/1 5B/2 5B/6 5C AC
        dvd+r wodim 00 12 1A 1B/1 1B/2 1B/3 1E 25 28 2A 35 43 46 4A 51 52 53 54 55 5A 5B/2 5C AD B6 BB
        dvd+r-dl xorriso 00 12 1A 1B/0 1B/1 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 53 5A 5B/1 5B/5 5C AC B6
        dvd+r-dl growisofs 00 12 1A 1B/0 1B/2 1B/3 1E 25 28 2A 35 43 46 4A 51 52 5A 5B/1 5B/2 5C AC
        dvd+rw xorriso 00 04/26 12 1A 1B/0 1B/1 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 5A 5B/2 5C AC B6
        dvd+rw growisofs 00 04/26 12 1A 1B/0 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 5A 5B/0 5B/2 5C AC
        bd-r xorriso 00 12 1A 1B/0 1B/1 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 53 5A 5B/1 5B/6 5C AC B6
        bd-r growisofs 00 04/32 12 1A 1B/0 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 5A 5B/1 5B/2 5C AC
        bd-re xorriso 00 04/00 12 1A 1B/0 1B/1 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 5A 5C AC B6
        bd-re growisofs 00 04/30 12 1A 1B/0 1B/2 1B/3 1E 23 25 28 2A 35 43 46 4A 51 52 5A 5C AC
        """;

    /// <summary>Linux sends these by itself when a disc comes in or a device is opened, whoever burns: they are in every trace.</summary>
    private static readonly string[] OfTheSystem = ["12", "1A", "25", "28", "43", "4A"];

    /// <summary>What ours leave out, and with what words <c>BurningMethod</c> says why.</summary>
    private static readonly (string Command, string Kinds, string Words)[] Reasons =
    [
        ("1B/0", "", "START STOP UNIT"),
        ("1B/1", "", "START STOP UNIT"),
        ("BB", "dvd-r dvd-rw dvd-ram dvd+r", "SET CD SPEED on DVD"),
        ("53", "dvd+r dvd+r-dl bd-r", "RESERVE TRACK on DVD+R and BD-R"),
        ("55", "dvd+r dvd-ram", "page 05h for DVD+R"),
        ("54", "dvd+r", "SEND OPC"),
        ("5B/2", "dvd+r dvd+r-dl bd-r", "CLOSE SESSION (function 2)"),
        ("5B/6", "dvd+r", "function 6 on DVD+R"),
        ("5B/1", "dvd-r dvd-rw", "CLOSE TRACK and CLOSE SESSION on DVD-R"),
        ("5B/2", "dvd-r dvd-rw", "CLOSE TRACK and CLOSE SESSION on DVD-R"),
        ("04/30", "bd-re", "format type 30h"),
        ("04/32", "bd-r", "Not formatted first"),
        ("23", "cd-r cd-rw dvd-r dvd-rw dvd+r dvd+r-dl bd-r", "READ FORMAT CAPACITIES"),
        ("AC", "", "GET PERFORMANCE"),
        ("AD", "", "READ DISC STRUCTURE"),
        ("5A", "", "MODE SENSE"),
    ];

    public static TheoryData<string, Profile> Kinds() => new()
    {
        { "cd-r", Profile.CdR },
        { "cd-rw", Profile.CdRw },
        { "dvd-r", Profile.DvdMinusR },
        { "dvd-rw", Profile.DvdMinusRwSequential },
        { "dvd-ram", Profile.DvdRam },
        { "dvd+r", Profile.DvdPlusR },
        { "dvd+r-dl", Profile.DvdPlusRDualLayer },
        { "dvd+rw", Profile.DvdPlusRw },
        { "bd-r", Profile.BdRSequential },
        { "bd-re", Profile.BdRe },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_that_others_send_is_left_out_without_a_reason(string kind, Profile profile)
    {
        using Bench bench = new(new SimulatedBurner(profile));
        _ = bench.BurnOne(request => request with { Speed = 4 });
        HashSet<string> ours = [.. bench.Drive.Commands.Select(NameOf), .. bench.Drive.FormatTypes.Select(type => $"04/{type:X2}")];
        string[][] traces = [.. Traces.Split('\n').Select(line => line.Split(' ')).Where(words => words[0] == kind)];
        string[] lacking = [.. traces.SelectMany(words => words[2..]).Distinct().Except(ours).Except(OfTheSystem)
            .Where(command => !Reasons.Any(reason => reason.Command == command && (reason.Kinds.Length == 0 || reason.Kinds.Split(' ').Contains(kind))))];

        Assert.InRange(traces.Length, 2, 3);
        Assert.Empty(lacking);
    }

    /// <summary>A reason that the code does not give any more is none; nor is one for what is not left out.</summary>
    [Fact]
    public void Each_reason_stands_in_the_code_and_is_needed()
    {
        string code = Spaces().Replace(File.ReadAllText(Source()).Replace("///", "", StringComparison.Ordinal), " ");

        Assert.All(Reasons, reason => Assert.Contains(reason.Words, code, StringComparison.Ordinal));
        Assert.All(Reasons, reason => Assert.Contains(
            Traces.Split('\n').Select(line => line.Split(' ')),
            words => words.Contains(reason.Command) && (reason.Kinds.Length == 0 || reason.Kinds.Split(' ').Contains(words[0]))));
    }

    private static string NameOf(byte[] command) => command[0] switch
    {
        0x5B => $"5B/{command[2]}",
        0x1B => $"1B/{command[4]}",
        _ => $"{command[0]:X2}",
    };

    private static string Source([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Spindle.Burning", "Sequences", "BurningMethod.cs");

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
