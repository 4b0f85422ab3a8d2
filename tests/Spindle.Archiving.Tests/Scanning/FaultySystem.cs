// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;

namespace Spindle.Archiving.Tests.Scanning;

/// <summary>This machine's files, some of which can't be read or change while they are.</summary>
internal sealed class FaultySystem(ISourceSystem real) : ISourceSystem
{
    private int _opened;

    public byte[]? UnreadableFile { get; init; }

    public byte[]? UnreadableDirectory { get; init; }

    public string? ChangingFile { get; init; }

    /// <summary>How many more times the file changes.</summary>
    public int Changes { get; set; }

    public Action<int>? OnOpen { get; init; }

    public ISourceDirectory OpenRoot(string path) => new FaultyDirectory(this, real.OpenRoot(path));

    public byte[]? UserName(long uid) => real.UserName(uid);

    public byte[]? GroupName(long gid) => real.GroupName(gid);

    public bool IsRotational(long device) => false;

    private sealed class FaultyDirectory(FaultySystem system, ISourceDirectory real) : ISourceDirectory
    {
        public NodeStatus Status => real.Status;

        public void List(DirectoryListing listing) => real.List(listing);

        public ISourceDirectory OpenDirectory(ReadOnlySpan<byte> path) =>
            system.UnreadableDirectory is { } unreadable && path.SequenceEqual(unreadable)
                ? throw new SourceException("Permission denied", isGone: false)
                : new FaultyDirectory(system, real.OpenDirectory(path));

        public ISourceFile OpenFile(ReadOnlySpan<byte> name)
        {
            system.OnOpen?.Invoke(Interlocked.Increment(ref system._opened));
            if (system.UnreadableFile is { } unreadable && name.SequenceEqual(unreadable))
            {
                throw new SourceException("Input/output error", isGone: false);
            }

            bool changes = system.ChangingFile is { } file && name.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            return changes ? new RestlessFile(system, real.OpenFile(name)) : real.OpenFile(name);
        }

        public byte[] ReadLink(ReadOnlySpan<byte> name) => real.ReadLink(name);

        public IReadOnlyList<ExtendedAttribute> Attributes(ReadOnlySpan<byte> name) => real.Attributes(name);

        public void Dispose() => real.Dispose();
    }

    private sealed class RestlessFile(FaultySystem system, ISourceFile real) : ISourceFile
    {
        public NodeStatus Status()
        {
            if (system.Changes-- > 0)
            {
                File.AppendAllText(system.ChangingFile!, "more");
            }

            return real.Status();
        }

        public int Read(Span<byte> buffer) => real.Read(buffer);

        public void Rewind() => real.Rewind();

        public IReadOnlyList<ExtendedAttribute> Attributes() => real.Attributes();

        public IReadOnlyList<(long Offset, long Length)>? DataRuns(long size) => real.DataRuns(size);

        public void Dispose() => real.Dispose();
    }
}
