// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;
using Spindle.Files.Listing;
using Spindle.Files.Windows;

namespace Spindle.Files.Targets.Portable;

/// <summary>A directory of a system whose own ways are not known here: contents, permissions and times, and no more; on Windows, hard links and holes as well.</summary>
internal sealed class PortableTarget : TargetTree
{
    private const int NameIsTaken = 80; // ERROR_FILE_EXISTS
    private const int AlreadyThere = 183; // ERROR_ALREADY_EXISTS

    private readonly string _root;
    private readonly IWindowsFiles? _windows;

    /// <param name="path">As the user named it.</param>
    /// <param name="windows">What Windows does that .NET does not; null on other systems.</param>
    public PortableTarget(string path, IWindowsFiles? windows)
    {
        _root = PortableFile.Guarded(() => Directory.CreateDirectory(ExtendedPath.Of(path)).FullName, "cannot be made");
        _windows = windows;
    }

    public override IReadOnlyList<byte[]> Names() =>
        PortableFile.Guarded(() => (byte[][])[.. Directory.EnumerateFileSystemEntries(_root).Select(path => Wtf8.GetBytes(Path.GetFileName(path)))], "cannot be read");

    public override NodeStatus? Look(ReadOnlySpan<byte> path)
    {
        string full = Full(path, makes: false);
        FileInfo there = new(full);
        return there.LinkTarget is not null ? Status(EntryKind.Symlink, 0)
            : there.Exists ? FileStatus(full, there.Length)
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
        return PortableFile.Guarded(() =>
        {
            File.Delete(full);
            return new PortableFile(File.OpenHandle(full, FileMode.CreateNew, FileAccess.ReadWrite), _windows);
        });
    }

    public override TargetFile Continue(ReadOnlySpan<byte> path)
    {
        string full = NoLink(Full(path, makes: true));
        return PortableFile.Guarded(() => new PortableFile(File.OpenHandle(full, FileMode.OpenOrCreate, FileAccess.ReadWrite), _windows));
    }

    public override TargetFile OpenFile(ReadOnlySpan<byte> path)
    {
        string full = NoLink(Full(path, makes: false));
        return PortableFile.Guarded(() => new PortableFile(OpenToRefresh(full), _windows));
    }

    public override void Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool replaces)
    {
        string full = Full(to, makes: true);
        if (!replaces && Look(to) is not null)
        {
            throw IsThere();
        }

        string old = Full(from, makes: false);
        Guarded(() => File.Move(old, full, overwrite: replaces));
    }

    public override void Link(ReadOnlySpan<byte> existing, ReadOnlySpan<byte> path)
    {
        if (_windows is null)
        {
            throw new TargetException("is a hard link, which are not made on this system", isBlocked: false);
        }

        string old = NoLink(Full(existing, makes: false));
        switch (_windows.Link(old, Full(path, makes: true)))
        {
            case 0:
                break;
            case NameIsTaken or AlreadyThere:
                throw IsThere();
            case int error: // a file system such as FAT has none; a file of NTFS has 1024 names at most
                throw new TargetException($"is a hard link, which was not made: {Marshal.GetPInvokeErrorMessage(error)}", isBlocked: false);
        }
    }

    public override void Make(ReadOnlySpan<byte> path, EntryKind kind, byte[]? target, (uint Major, uint Minor) device)
    {
        if (kind != EntryKind.Symlink)
        {
            throw new TargetException("is a device, pipe or socket, which are not made on this system", isBlocked: false);
        }

        string full = Full(path, makes: true);
        if (Look(path) is not null)
        {
            throw IsThere();
        }

        string leadsTo = Wtf8.GetString(target) ?? throw new TargetException("is a link to what has no name on this system", isBlocked: false);
        bool isOfDirectory = Directory.Exists(Path.Combine(Path.GetDirectoryName(full)!, leadsTo)); // which Windows must be told of
        Guarded(() => _ = isOfDirectory ? Directory.CreateSymbolicLink(full, leadsTo) : File.CreateSymbolicLink(full, leadsTo));
        if (new FileInfo(full).LinkTarget is null)
        {
            throw new TargetException("is a link, which this system did not make, and said nothing", isBlocked: false);
        }
    }

    public override byte[]? ReadLink(ReadOnlySpan<byte> path) =>
        new FileInfo(Full(path, makes: false)).LinkTarget is { } target ? Wtf8.GetBytes(target) : null;

    public override void Remove(ReadOnlySpan<byte> path)
    {
        string full = Full(path, makes: false);
        Guarded(() => File.Delete(full));
    }

    public override string? SetAttributes(ReadOnlySpan<byte> path, EntryKind kind, in TargetAttributes attributes)
    {
        if (kind != EntryKind.Directory)
        {
            return attributes.Extended.Count > 0 ? "extended attributes" : null; // those of a link are its own, and .NET sets those of what it leads to
        }

        string full = Full(path, makes: false);
        return PortableFile.SetAttributes(
            attributes,
            mode =>
            {
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(full, mode);
                }
            },
            time => Directory.SetLastWriteTimeUtc(full, time));
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

    private NodeStatus FileStatus(string full, long size)
    {
        FileIdentity file = _windows?.IdentityOf(full, evenAlone: true) ?? FileIdentity.Alone;
        return Status(EntryKind.File, size) with { Device = file.Device, Inode = file.Inode, Links = file.Links };
    }

    private static TargetException IsThere() => new("is there already", isBlocked: false, isThere: true);

    private static void Guarded(Action work) => PortableFile.Guarded(() =>
    {
        work();
        return true;
    });

    /// <summary>To read it, and to set its time where that is allowed.</summary>
    private static Microsoft.Win32.SafeHandles.SafeFileHandle OpenToRefresh(string full)
    {
        try
        {
            return File.OpenHandle(full, FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite);
        }
        catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
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
        string[] names = (Wtf8.GetString(path) ?? throw NotTaken()).Split('/');
        for (int index = 0; index < names.Length; index++)
        {
            Check(Encoding.UTF8.GetBytes(names[index]));
            if (names[index].IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            {
                throw NotTaken();
            }

            at = ExtendedPath.Join(at, names[index]);
            if (index < names.Length - 1)
            {
                FileInfo there = new(at);
                if (there.LinkTarget is not null || there.Exists)
                {
                    throw new TargetException("is below a link or a file", isBlocked: true);
                }

                if (makes)
                {
                    string directory = at;
                    Guarded(() => Directory.CreateDirectory(directory));
                }
            }
        }

        return at;

        static TargetException NotTaken() => new("has a name that this system does not take", isBlocked: false);
    }
}
