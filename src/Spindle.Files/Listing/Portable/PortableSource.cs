// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Files.Listing.Portable;

/// <summary>Files as .NET shows them on every system: no inodes, owners, attributes or holes; a file has changed when its size or time has.</summary>
internal sealed class PortableSource : ISourceSystem
{
    public ISourceDirectory OpenRoot(string path) =>
        Directory.Exists(path) ? new PortableDirectory(new(Path.GetFullPath(path))) : throw new SourceException("no such directory", isGone: true);

    public byte[]? UserName(long uid) => null;

    public byte[]? GroupName(long gid) => null;

    public bool IsRotational(long device) => false;

    internal static NodeStatus StatusOf(FileSystemInfo info)
    {
        EntryKind kind = info.LinkTarget is not null ? EntryKind.Symlink : info is DirectoryInfo ? EntryKind.Directory : EntryKind.File;
        int mode = OperatingSystem.IsWindows() ? (kind == EntryKind.Directory ? 0x1ED : 0x1A4) : (int)info.UnixFileMode; // 0755, 0644
        long modified = (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        long size = kind == EntryKind.File ? ((FileInfo)info).Length : 0;
        return new(kind, size, modified, Changed: 0, Device: 0, Inode: 0, mode, Uid: 0, Gid: 0, Links: 1, Allocated: size, SpecialDevice: 0);
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

    private sealed class PortableDirectory(DirectoryInfo directory) : ISourceDirectory
    {
        public NodeStatus Status => StatusOf(directory) with { Kind = EntryKind.Directory };

        public void List(DirectoryListing listing) => Guarded(() =>
        {
            foreach (FileSystemInfo info in directory.EnumerateFileSystemInfos())
            {
                listing.Add(Encoding.UTF8.GetBytes(info.Name), StatusOf(info));
            }

            return true;
        });

        public ISourceDirectory OpenDirectory(ReadOnlySpan<byte> path)
        {
            DirectoryInfo below = new(At(path));
            return below.Exists && (path.IsEmpty || below.LinkTarget is null)
                ? new PortableDirectory(below)
                : throw new SourceException("it is no directory any more", isGone: true);
        }

        public ISourceFile OpenFile(ReadOnlySpan<byte> name)
        {
            FileInfo file = new(At(name));
            return Guarded(() => new PortableFile(file));
        }

        public byte[] ReadLink(ReadOnlySpan<byte> name)
        {
            FileInfo link = new(At(name));
            return Encoding.UTF8.GetBytes(Guarded(() => link.LinkTarget) ?? throw new SourceException("it is no link any more", isGone: true));
        }

        public IReadOnlyList<ExtendedAttribute> Attributes(ReadOnlySpan<byte> name) => [];

        public void Dispose()
        {
        }

        private string At(ReadOnlySpan<byte> path) => Path.Combine(directory.FullName, Encoding.UTF8.GetString(path));
    }

    private sealed class PortableFile(FileInfo file) : ISourceFile
    {
        private readonly FileStream _stream = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

        public NodeStatus Status() => Guarded(() =>
        {
            file.Refresh();
            return StatusOf(file);
        });

        public int Read(Span<byte> buffer)
        {
            try
            {
                return _stream.Read(buffer);
            }
            catch (IOException e)
            {
                throw new SourceException(e.Message, isGone: false);
            }
        }

        public void Rewind() => _stream.Position = 0;

        public IReadOnlyList<ExtendedAttribute> Attributes() => [];

        public IReadOnlyList<(long Offset, long Length)>? DataRuns(long size) => null;

        public void Dispose() => _stream.Dispose();
    }
}
