// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Discs;

/// <summary>Images of whole discs with sessions and tracks, gaps included, as the lab's drive takes them. Made by xorriso.</summary>
public class SessionDiscs : IDisposable
{
    /// <summary>Lead-out, lead-in and pregap between the first session of a CD and the next.</summary>
    public const int Gap = 11_400;

    private readonly int _unit;
    private readonly int _gap;

    private const int SectorSize = 2048;

    private readonly TempDirectory _directory = new();
    private readonly Lazy<Task> _made;

    public SessionDiscs()
        : this(Gap, unit: 1)
    {
    }

    /// <param name="gap">Sectors between the sessions.</param>
    /// <param name="unit">Sectors of which the start of a session is a multiple.</param>
    protected SessionDiscs(int gap, int unit) => (_gap, _unit, _made) = (gap, unit, new(MakeAsync));

    /// <summary>Sectors of the first session.</summary>
    public long FirstSession { get; private set; }

    /// <summary>Where the second session begins.</summary>
    public long SecondStart => (FirstSession + _gap + _unit - 1) / _unit * _unit;

    /// <summary>Sectors of the second session.</summary>
    public long SecondSession { get; private set; }

    /// <summary>Two sessions of data, the second of which takes up the files of the first.</summary>
    public string Whole => _directory["whole.img"];

    /// <summary>The first session by itself.</summary>
    public string First => _directory["first.iso"];

    /// <summary>The second session by itself.</summary>
    public string Second => _directory["second.iso"];

    public Task MadeAsync() => _made.Value;

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The tracks of <see cref="Whole"/>, as options of the lab.</summary>
    /// <param name="firstKind">What the first session holds: data or audio.</param>
    public string[] Tracks(string firstKind = "data") =>
    [
        "--track", string.Create(CultureInfo.InvariantCulture, $"1:{firstKind}:0+{FirstSession}"),
        "--track", string.Create(CultureInfo.InvariantCulture, $"2:data:{SecondStart}+{SecondSession}"),
    ];

    private async Task MakeAsync()
    {
        string one = Directory.CreateDirectory(_directory["one"]).FullName;
        string two = Directory.CreateDirectory(_directory["two"]).FullName;
        Files.WriteRandom(Path.Combine(one, "first.bin"), 3_000_000, seed: 11);
        Files.WriteRandom(Path.Combine(two, "second.bin"), 2_000_000, seed: 12);
        await MasterAsync("-V", "SESSION_1", "-o", "first.iso", "one");
        FirstSession = new FileInfo(First).Length / SectorSize;
        await MasterAsync("-V", "SESSION_2", "-C", $"0,{SecondStart}", "-M", "first.iso", "-o", "second.iso", "two");
        SecondSession = new FileInfo(Second).Length / SectorSize;
        using FileStream whole = File.Create(Whole);
        whole.Write(await File.ReadAllBytesAsync(First));
        whole.Position = SecondStart * SectorSize;
        whole.Write(await File.ReadAllBytesAsync(Second));
    }

    private Task<ProgramResult> MasterAsync(params string[] arguments) =>
        ForeignTool.AcceptsAsync("xorriso", _directory.Path, ["-as", "mkisofs", "-quiet", "-R", "-J", .. arguments]);
}

/// <summary>The same on a DVD-R, between whose sessions lie the border-out of one and the border-in of the other.</summary>
public sealed class BorderDiscs() : SessionDiscs(gap: 37_888, unit: 16);
