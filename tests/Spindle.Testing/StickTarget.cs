// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Unicode;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Files.Targets;

namespace Spindle.Testing;

/// <summary>A directory as on a stick with FAT, or on a Macintosh: names that differ in case or accents are one, and not every name is taken.</summary>
/// <remarks>It looks names up by itself, in a directory of this system: what is tested against it must not be what it is made of.</remarks>
public sealed class StickTarget(string path, TargetTree inner) : TargetTree
{
    public override IReadOnlyList<byte[]> Names() => inner.Names();

    public override NodeStatus? Look(ReadOnlySpan<byte> path) => inner.Look(Found(path));

    public override bool EnsureDirectory(ReadOnlySpan<byte> path) => inner.EnsureDirectory(Found(path));

    public override TargetFile Create(ReadOnlySpan<byte> path, in TargetAttributes attributes) => inner.Create(Found(path), attributes);

    public override TargetFile Continue(ReadOnlySpan<byte> path) => inner.Continue(Found(path));

    public override TargetFile OpenFile(ReadOnlySpan<byte> path) => inner.OpenFile(Found(path));

    public override void Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool replaces) => inner.Rename(Found(from), Found(to), replaces);

    public override void Link(ReadOnlySpan<byte> existing, ReadOnlySpan<byte> path) => throw new TargetException("is a hard link, which are not made here", isBlocked: false);

    public override void Make(ReadOnlySpan<byte> path, EntryKind kind, byte[]? target, (uint Major, uint Minor) device) => inner.Make(Found(path), kind, target, device);

    public override byte[]? ReadLink(ReadOnlySpan<byte> path) => inner.ReadLink(Found(path));

    public override void Remove(ReadOnlySpan<byte> path) => inner.Remove(Found(path));

    public override string? SetAttributes(ReadOnlySpan<byte> path, EntryKind kind, in TargetAttributes attributes) => inner.SetAttributes(Found(path), kind, attributes);

    public override void TightenDirectories() => inner.TightenDirectories();

    public override void Flush() => inner.Flush();

    public override void Dispose() => inner.Dispose();

    private static string Folded(string name) => name.Replace("e\u0301", "\u00E9", StringComparison.Ordinal).ToUpperInvariant();

    private byte[] Found(ReadOnlySpan<byte> archivePath)
    {
        if (archivePath.IsEmpty)
        {
            return [];
        }

        string at = path;
        List<string> found = [];
        if (!Utf8.IsValid(archivePath))
        {
            throw new TargetException("has a name that is no text", isBlocked: false);
        }

        foreach (string name in Encoding.UTF8.GetString(archivePath).Split('/'))
        {
            if (name.IndexOfAny(['\\', ':', '*', '?', '"', '<', '>', '|', '\u0001']) >= 0 || name.EndsWith('.') || name.EndsWith(' '))
            {
                throw new TargetException("has a name that is not taken", isBlocked: false);
            }

            string known = Directory.Exists(at)
                ? Directory.EnumerateFileSystemEntries(at).Select(Path.GetFileName).FirstOrDefault(there => Folded(there!) == Folded(name)) ?? name
                : name;
            found.Add(known);
            at = Path.Combine(at, known);
        }

        return Encoding.UTF8.GetBytes(string.Join('/', found));
    }
}
