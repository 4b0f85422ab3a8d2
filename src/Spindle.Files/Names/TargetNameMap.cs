// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Spindle.Files.Names;

/// <summary>What the names of an archive are called in a target that does not take all of them, or takes several for one.</summary>
/// <remarks>
/// The same for the same names, in whatever order files come: a second run finds what a first one made. A name that is taken as it is
/// stays; of several that would be one, the first in the order of their bytes keeps it, and the others are marked <c>~2</c>, <c>~3</c>…
/// What needs no mark is reckoned each time, and only marked names are kept.
/// </remarks>
public sealed class TargetNameMap(NameRules rules)
{
    private readonly Dictionary<string, byte[]> _marked = new(StringComparer.Ordinal); // by the archive's path, each byte a character

    /// <summary>Which names the target takes.</summary>
    public NameRules Rules => rules;

    /// <summary>Gives the names of one directory, each once.</summary>
    /// <param name="directory">The archive's path of it.</param>
    /// <param name="names">All that are to be there, in the order of their bytes.</param>
    /// <param name="changed">Told of each name that is another one there.</param>
    public void Add(ReadOnlySpan<byte> directory, IEnumerable<byte[]> names, Action<byte[], byte[]> changed)
    {
        HashSet<ulong> taken = [];
        List<byte[]> others = [];
        foreach (byte[] name in names)
        {
            bool isTaken = rules.Fitting(name).AsSpan().SequenceEqual(name) && taken.Add(rules.KeyOf(name));
            if (!isTaken)
            {
                others.Add(name);
            }
        }

        foreach (byte[] name in others)
        {
            byte[] fitting = rules.Fitting(name);
            byte[] own = fitting;
            for (int number = 2; !taken.Add(rules.KeyOf(own)); number++)
            {
                own = NameRules.Marked(fitting, string.Create(CultureInfo.InvariantCulture, $"~{number}"));
            }

            if (!own.AsSpan().SequenceEqual(fitting))
            {
                _marked.Add(Encoding.Latin1.GetString(ArchivePath.Join(directory, name)), own);
            }

            changed(name, own);
        }
    }

    /// <summary>The path in the target.</summary>
    /// <param name="path">The archive's path, or that of a file that is not whole yet.</param>
    public byte[] Map(ReadOnlySpan<byte> path)
    {
        List<byte> mapped = new(path.Length + 8);
        for (int start = 0; start <= path.Length;)
        {
            int length = path[start..].IndexOf((byte)'/');
            int end = length < 0 ? path.Length : start + length;
            if (start > 0)
            {
                mapped.Add((byte)'/');
            }

            byte[]? marked = _marked.Count == 0 ? null : _marked.GetValueOrDefault(Encoding.Latin1.GetString(path[..end]));
            mapped.AddRange(marked ?? rules.Fitting(path[start..end]));
            start = end + 1;
        }

        return [.. mapped];
    }
}
