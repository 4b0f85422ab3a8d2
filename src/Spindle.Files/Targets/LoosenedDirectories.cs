// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Text;

namespace Spindle.Files.Targets;

/// <summary>Directories of the target whose owner may not write or search them, and that were made writable while their files come.</summary>
/// <remarks>All threads write into it. In the end each has its own permissions from the archive, or those that it had.</remarks>
public sealed class LoosenedDirectories
{
    private readonly ConcurrentDictionary<string, int> _modes = new(StringComparer.Ordinal);

    /// <summary>Paths with the permissions that they had, the deepest first.</summary>
    public IReadOnlyList<(byte[] Path, int Mode)> All =>
        [.. _modes.Select(one => (Encoding.Latin1.GetBytes(one.Key), one.Value)).OrderByDescending(one => one.Item1.Length)];

    /// <summary>Remembers what a directory had at first.</summary>
    public void Add(ReadOnlySpan<byte> path, int mode) => _modes.TryAdd(Encoding.Latin1.GetString(path), mode);

    /// <summary>A directory has the permissions that it should have.</summary>
    public void Settle(ReadOnlySpan<byte> path)
    {
        if (!_modes.IsEmpty)
        {
            _modes.TryRemove(Encoding.Latin1.GetString(path), out _);
        }
    }
}
