// SPDX-License-Identifier: MIT
using System.Text;
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Listing;

namespace Spindle.Files.Targets.Portable;

/// <summary>A directory of a system whose own ways are not known here: contents, permissions and times, and no more.</summary>
internal sealed class PortableTarget(string path) : TargetTree
{
    private readonly string _root = Directory.CreateDirectory(path).FullName;

    public override IReadOnlyList<byte[]> Names() => [.. Directory.EnumerateFileSystemEntries(_root).Select(path => Encoding.UTF8.GetBytes(Path.GetFileName(path)))];

    public override NodeStatus? Look(ReadOnlySpan<byte> path)
    {
        string full = Full(path, makes: false);
        FileInfo there = new(full);
        return there.LinkTarget is not null ? Status(EntryKind.Symlink, 0)
            : there.Exists ? Status(EntryKind.File, there.Length)
            : Directory.Exists(full) ? Status(EntryKind.Directory, 0)
            : null;
    }

    public override bool EnsureDirectory(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
        {
            return false;
        }

        string full = Full([.. path, .. "/x"u8], makes: false);
        bool isNew = !Directory.Exists(Path.GetDirectoryName(full));
        Full([.. path, .. "/x"u8], makes: true);
        return isNew;
    }

    public override TargetFile Create(ReadOnlySpan<byte> path, in TargetAttributes attributes)
    {
        string full = Full(path, makes: true);
        return Guarded(() =>
        {
            File.Delete(full);
            return new PortableFile(full, File.OpenHandle(full, FileMode.CreateNew, FileAccess.ReadWrite));
        });
    }

    public override TargetFile Continue(ReadOnlySpan<byte> path)
    {
        string full = NoLink(Full(path, makes: true));
        return Guarded(() => new PortableFile(full, File.OpenHandle(full, FileMode.OpenOrCreate, FileAccess.ReadWrite)));
    }

    public override TargetFile OpenFile(ReadOnlySpan<byte> path)
    {
        string full = NoLink(Full(path, makes: false));
        return Guarded(() => new PortableFile(full, File.OpenHandle(full)));
    }

    public override void Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool replaces)
    {
        string full = Full(to, makes: true);
        if (!replaces && Look(to) is not null)
        {
            throw new TargetException("is there already", isBlocked: false, isThere: true);
        }

        string old = Full(from, makes: false);
        Guarded(() => File.Move(old, full, overwrite: replaces));
    }

    public override void Link(ReadOnlySpan<byte> existing, ReadOnlySpan<byte> path) => throw new TargetException("is a hard link, which are not made on this system", isBlocked: false);

    public override void Make(ReadOnlySpan<byte> path, EntryKind kind, byte[]? target, (uint Major, uint Minor) device)
    {
        if (kind != EntryKind.Symlink)
        {
            throw new TargetException("is a device, pipe or socket, which are not made on this system", isBlocked: false);
        }

        string full = Full(path, makes: true);
        if (Look(path) is not null)
        {
            throw new TargetException("is there already", isBlocked: false, isThere: true);
        }

        Guarded(() => File.CreateSymbolicLink(full, Encoding.UTF8.GetString(target!)));
    }

    public override byte[]? ReadLink(ReadOnlySpan<byte> path) =>
        new FileInfo(Full(path, makes: false)).LinkTarget is { } target ? Encoding.UTF8.GetBytes(target) : null;

    public override void Remove(ReadOnlySpan<byte> path)
    {
        string full = Full(path, makes: false);
        Guarded(() => File.Delete(full));
    }

    public override string? SetAttributes(ReadOnlySpan<byte> path, EntryKind kind, in TargetAttributes attributes)
    {
        if (kind == EntryKind.Directory)
        {
            string full = Full(path, makes: false);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(full, (UnixFileMode)(attributes.Mode & 0x1FF));
            }

            Directory.SetLastWriteTimeUtc(full, PortableFile.TimeOf(attributes.Modified));
        }

        return attributes.Extended.Count > 0 ? "extended attributes" : null;
    }

    public override void TightenDirectories()
    {
    }

    public override void Flush()
    {
    }

    public override void Dispose()
    {
    }

    private static NodeStatus Status(EntryKind kind, long size) => new(kind, size, 0, 0, 0, 0, 0, 0, 0, 1, size, 0);

    private static void Guarded(Action work) => Guarded(() =>
    {
        work();
        return true;
    });

    /// <summary>Turns what .NET says into what a restore lists and goes on after.</summary>
    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TargetException($"cannot be written: {e.Message}", isBlocked: false);
        }
    }

    private static string NoLink(string full) =>
        new FileInfo(full).LinkTarget is null ? full : throw new TargetException("is a link, which is not followed", isBlocked: true);

    /// <summary>The path as the system has it, with no link on the way.</summary>
    private string Full(ReadOnlySpan<byte> path, bool makes)
    {
        if (path.IsEmpty)
        {
            return _root;
        }

        string at = _root;
        string[] names = Encoding.UTF8.GetString(path).Split('/');
        for (int index = 0; index < names.Length; index++)
        {
            Check(Encoding.UTF8.GetBytes(names[index]));
            if (names[index].IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            {
                throw new TargetException("has a name that this system does not take", isBlocked: false);
            }

            at = Path.Combine(at, names[index]);
            if (index < names.Length - 1)
            {
                FileInfo there = new(at);
                if (there.LinkTarget is not null || there.Exists)
                {
                    throw new TargetException("is below a link or a file", isBlocked: true);
                }

                if (makes)
                {
                    Directory.CreateDirectory(at);
                }
            }
        }

        return at;
    }

    private sealed class PortableFile(string path, SafeFileHandle handle) : TargetFile
    {
        private DateTime? _modified;

        public static DateTime TimeOf(long nanoseconds) => DateTime.UnixEpoch.AddTicks(nanoseconds / 100);

        public override void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

        public override int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

        public override void SetLength(long length) => RandomAccess.SetLength(handle, length);

        public override string? SetAttributes(in TargetAttributes attributes)
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(handle, (UnixFileMode)(attributes.Mode & 0x1FF));
            }

            _modified = TimeOf(attributes.Modified);
            return attributes.Extended.Count > 0 ? "extended attributes" : null;
        }

        public override void Dispose()
        {
            handle.Dispose();
            if (_modified is { } time)
            {
                File.SetLastWriteTimeUtc(path, time);
            }
        }
    }
}
