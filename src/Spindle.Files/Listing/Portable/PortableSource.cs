// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Spindle.Files.Windows;

namespace Spindle.Files.Listing.Portable;

/// <summary>Files as .NET shows them on every system: no owners, attributes, hard links or holes; a file has changed when its size or time has.</summary>
/// <param name="windows">What Windows knows beside that: hard links, holes and streams; null on other systems.</param>
/// <param name="isReduced">Whether this system has ways of its own, which don't do what they are taken to do.</param>
internal sealed class PortableSource(IWindowsFiles? windows, bool isReduced = false) : ISourceSystem
{
    private const string NotText = "\uFFFD"; // what .NET makes of bytes that are no UTF-8

    public bool IsReduced => isReduced;

    public ISourceDirectory OpenRoot(string path) =>
        Directory.Exists(path) ? new PortableDirectory(windows, new(ExtendedPath.Of(path))) : throw new SourceException("no such directory", isGone: true);

    public byte[]? UserName(long uid) => null;

    public byte[]? GroupName(long gid) => null;

    public bool IsRotational(long device) => false;

    /// <remarks>
    /// On Windows, .NET opens each name to see whether it is a link. So it is asked for names only that the listing shows as such ("reparse points"), and
    /// the opening that is spared is what it takes to see whether a file has other names: a scan opens each name once, as before.
    /// </remarks>
    private static NodeStatus StatusOf(FileSystemInfo info, IWindowsFiles? windows)
    {
        bool mayBeLink = !OperatingSystem.IsWindows() || (info.Attributes & FileAttributes.ReparsePoint) != 0; // all attributes are set where nothing is there
        EntryKind kind = mayBeLink && info.LinkTarget is not null ? EntryKind.Symlink : info is DirectoryInfo ? EntryKind.Directory : EntryKind.File;
        if (kind != EntryKind.Symlink)
        {
            RefuseUnlessThere(info);
        }

        int mode = OperatingSystem.IsWindows() ? (kind == EntryKind.Directory ? 0x1ED : 0x1A4) : (int)info.UnixFileMode; // 0755, 0644
        (long modified, (long, uint)? far) = TimeOf(info.LastWriteTimeUtc);
        long size = kind == EntryKind.File ? ((FileInfo)info).Length : 0;
        // A file with one name has no number: that would make it seem changed where it is brought to another disk, or a server numbers anew every day.
        FileIdentity file = kind == EntryKind.File && windows is not null ? windows.IdentityOf(info.FullName, evenAlone: false) : FileIdentity.Alone;
        long inode = kind == EntryKind.Directory ? NumberOf(info.FullName) : file.Inode;
        long allocated = kind == EntryKind.File && windows is not null && (info.Attributes & FileAttributes.SparseFile) != 0
            ? windows.DataRunsOf(info.FullName, size)?.Sum(run => run.Length) ?? size
            : size;
        return new(kind, size, modified, Changed: 0, file.Device, inode, mode, Uid: 0, Gid: 0, file.Links, allocated, SpecialDevice: 0)
        {
            FarModified = far,
        };
    }

    /// <summary>A time in ns since 1970-01-01 UTC; one outside the years 1678 to 2261 is the nearest that 64 bits hold, and beside it in seconds and ns.</summary>
    internal static (long Modified, (long Seconds, uint Nanoseconds)? Far) TimeOf(DateTime time)
    {
        long ticks = (time - DateTime.UnixEpoch).Ticks;
        Int128 nanoseconds = (Int128)ticks * TimeSpan.NanosecondsPerTick;
        long modified = (long)Int128.Clamp(nanoseconds, long.MinValue, long.MaxValue);
        long seconds = (long)Math.Floor((decimal)ticks / TimeSpan.TicksPerSecond);
        uint fraction = (uint)((ticks - (seconds * TimeSpan.TicksPerSecond)) * TimeSpan.NanosecondsPerTick);
        return (modified, modified == nanoseconds ? null : (seconds, fraction));
    }

    /// <summary>A directory has a number by its path: who asks whether two are one must not be told yes for all that were changed at the same time.</summary>
    private static long NumberOf(string path)
    {
        string own = Path.TrimEndingDirectorySeparator(path);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(OperatingSystem.IsWindows() ? own.ToUpperInvariant() : own));
        return BinaryPrimitives.ReadInt64LittleEndian(hash) | 1;
    }

    /// <summary>What .NET says is not there may be gone, or too deep, or behind what may not be read: only asked for its attributes, it says which.</summary>
    /// <exception cref="SourceException">It is one of these.</exception>
    private static void RefuseUnlessThere(FileSystemInfo info)
    {
        if (!info.Exists)
        {
            string path = info.FullName.Length > 0 ? info.FullName : throw new SourceException("its path is longer than this system takes", isGone: false);
            Guarded(() => File.GetAttributes(path));
        }
    }

    /// <summary>Turns what .NET says into what a scan lists and goes on after.</summary>
    internal static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceException(e.Message, isGone: true);
        }
        catch (Exception e) when (e is IOException and not SourceException or UnauthorizedAccessException)
        {
            throw new SourceException(e.Message, isGone: false);
        }
    }

    /// <summary>Streams and access lists are told of, and not kept: no disc but one of UDF has any, and nothing that restores them would know what they are for.</summary>
    private static IReadOnlyList<ExtendedAttribute> BesideOf(string path, IWindowsFiles? windows) => windows is null ? []
        : [.. windows.StreamsOf(path).Select(stream => new ExtendedAttribute(Wtf8.GetBytes(stream.Name), []) { LeftOut = Math.Max(stream.Size, 1), Kind = BesideContent.Stream }),
            .. windows.HasOwnAccessList(path) ? [ExtendedAttribute.AccessList] : Array.Empty<ExtendedAttribute>()];

    private sealed class PortableDirectory(IWindowsFiles? windows, DirectoryInfo directory) : ISourceDirectory
    {
        public NodeStatus Status => StatusOf(directory, windows: null) with { Kind = EntryKind.Directory, Inode = NumberOf(directory.FullName) };

        public void List(DirectoryListing listing) => Guarded(() =>
        {
            foreach (FileSystemInfo info in directory.EnumerateFileSystemInfos())
            {
                if (TryStatus(info, windows) is { } status)
                {
                    listing.Add(Wtf8.GetBytes(info.Name), status);
                }
            }

            return true;
        });

        public ISourceDirectory OpenDirectory(ReadOnlySpan<byte> path)
        {
            DirectoryInfo below = new(At(path));
            RefuseUnlessThere(below);
            return path.IsEmpty || (below.LinkTarget is null && below.Exists)
                ? new PortableDirectory(windows, below)
                : throw new SourceException("it is no directory any more", isGone: true);
        }

        public ISourceFile OpenFile(ReadOnlySpan<byte> name)
        {
            FileInfo file = new(At(name));
            return file.Exists || !file.Name.Contains(NotText, StringComparison.Ordinal) ? Guarded(() => new PortableFile(windows, file))
                : throw new SourceException("its name is no text, and can't be asked for on this system", isGone: false);
        }

        public byte[] ReadLink(ReadOnlySpan<byte> name)
        {
            FileInfo link = new(At(name));
            return Wtf8.GetBytes(Guarded(() => link.LinkTarget) ?? throw new SourceException("it is no link any more", isGone: true));
        }

        public IReadOnlyList<ExtendedAttribute> Attributes(ReadOnlySpan<byte> name) =>
            windows is null ? [] : BesideOf(name.SequenceEqual("."u8) ? directory.FullName : At(name), windows);

        public void Dispose()
        {
        }

        /// <summary>Null where it was taken away meanwhile. What has a name that can't be asked for stays: that it can't be read is told then.</summary>
        private static NodeStatus? TryStatus(FileSystemInfo info, IWindowsFiles? windows)
        {
            try
            {
                return StatusOf(info, windows);
            }
            catch (SourceException e)
            {
                return !e.IsGone || info.Name.Contains(NotText, StringComparison.Ordinal) ? new NodeStatus(EntryKind.File, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0) : null;
            }
        }

        private string At(ReadOnlySpan<byte> path) => ExtendedPath.Join(directory.FullName, Wtf8.GetString(path) ?? Encoding.UTF8.GetString(path));
    }

    /// <remarks>Opened without waiting: .NET does not tell a pipe from a file, and would wait for ever for who writes into it.</remarks>
    private sealed class PortableFile : ISourceFile
    {
        private readonly IWindowsFiles? _windows;
        private readonly FileInfo _info;
        private readonly SourceFile _file;
        private long _position;

        public PortableFile(IWindowsFiles? windows, FileInfo info)
        {
            _windows = windows;
            _info = info;
            _file = SourceFile.Open(Wtf8.GetBytes(info.FullName));
            try
            {
                _file.Read(0, new byte[1]); // of a pipe, nothing is read from its middle
            }
            catch
            {
                _file.Dispose();
                throw;
            }
        }

        public NodeStatus Status() => Guarded(() =>
        {
            _info.Refresh();
            return StatusOf(_info, _windows);
        });

        public int Read(Span<byte> buffer)
        {
            try
            {
                int read = _file.Read(_position, buffer);
                _position += read;
                return read;
            }
            catch (IOException e)
            {
                throw new SourceException(e.Message, isGone: false);
            }
        }

        public void Rewind() => _position = 0;

        public IReadOnlyList<ExtendedAttribute> Attributes() => BesideOf(_info.FullName, _windows);

        public IReadOnlyList<(long Offset, long Length)>? DataRuns(long size) => _windows?.DataRunsOf(_info.FullName, size);

        public void Dispose() => _file.Dispose();
    }
}
