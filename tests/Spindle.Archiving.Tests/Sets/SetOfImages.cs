// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Sets;

/// <summary>Small images of different lengths, and the parity that was made of them.</summary>
internal sealed class SetOfImages : IDisposable
{
    private readonly TempDirectory _directory = new();

    public SetOfImages(int discs, int rows, int length = 40_960, int seed = 7)
    {
        Directory.CreateDirectory(Images);
        Random random = new(seed);
        foreach (int disc in Enumerable.Range(0, discs))
        {
            byte[] bytes = new byte[disc % 3 == 1 ? Math.Max(1, length - random.Next(length)) : length];
            random.NextBytes(bytes);
            bytes.AsSpan(0, Math.Min(bytes.Length, 32768)).Clear(); // as our discs begin
            File.WriteAllBytes(Path.Combine(Images, $"Job_{disc:0000}.iso"), bytes);
        }

        Made = SetMaker.Make(new() { Sources = [Images], Target = Parity, Rows = rows }, Untold.Progress, CancellationToken.None);
        Whole = Made.Table.Members.ToDictionary(member => member.Name, member => File.ReadAllBytes(PathOf(member.Name)));
    }

    public SetMakeResult Made { get; }

    /// <summary>The bytes of all members, by their names, as they were made.</summary>
    public IReadOnlyDictionary<string, byte[]> Whole { get; }

    public string Images => _directory["images"];

    public string Parity => _directory["parity"];

    public string Target => _directory["target"];

    public string this[string name] => _directory[name];

    public string[] Names => [.. Made.Table.Members.Select(member => member.Name)];

    public string PathOf(string name) => Path.Combine(name.EndsWith(".iso", StringComparison.Ordinal) ? Images : Parity, name);

    /// <summary>All ways to lose one to three of the set.</summary>
    public static IEnumerable<string[]> WaysToLose(string[] names, int most) =>
        Enumerable.Range(1, (1 << names.Length) - 1).Where(set => int.PopCount(set) <= most).Select(set => names.Where((_, index) => (set >> index & 1) != 0).ToArray());

    public void Lose(params string[] names) => Array.ForEach(names, name => File.Delete(PathOf(name)));

    /// <summary>Puts all members back, and takes away what was restored.</summary>
    public void Reset()
    {
        foreach ((string name, byte[] bytes) in Whole)
        {
            File.WriteAllBytes(PathOf(name), bytes);
        }

        if (Directory.Exists(Target))
        {
            Directory.Delete(Target, recursive: true);
        }
    }

    public void Overwrite(string name, long position, params ReadOnlySpan<byte> bytes)
    {
        using FileStream file = new(PathOf(name), FileMode.Open);
        file.Position = position;
        file.Write(bytes);
    }

    public SetRepairResult Repair(params string[] lost) => Repair(lost, false);

    public SetRepairResult Repair(string[] lost, bool dryRun) =>
        SetRepairer.Repair(new() { Sources = [Images, Parity], Target = Target, Lost = lost, DryRun = dryRun }, Untold.Progress, CancellationToken.None);

    public SetCheckResult Check() => SetChecker.Check([Images, Parity], Untold.Progress, CancellationToken.None);

    /// <summary>Whether a member was made again as it was.</summary>
    public bool IsRestored(string name) => File.Exists(Path.Combine(Target, name)) && File.ReadAllBytes(Path.Combine(Target, name)).AsSpan().SequenceEqual(Whole[name]);

    public void Dispose() => _directory.Dispose();

    internal sealed class Untold : IProgress<WorkProgress>
    {
        public static Untold Progress { get; } = new();

        public void Report(WorkProgress value)
        {
            // Nobody watches.
        }
    }
}
