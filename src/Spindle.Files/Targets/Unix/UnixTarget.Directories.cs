// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Unix;

namespace Spindle.Files.Targets.Unix;

/// <content>Directories that are open, and those whose owner may not write into them.</content>
internal sealed unsafe partial class UnixTarget
{
    private const int OwnerMaySearch = 0x1C0; // S_IRWXU
    private const int OwnerMayWrite = 0xC0; // S_IWUSR and S_IXUSR

    public override void TightenDirectories()
    {
        foreach ((byte[] path, int mode) in _loosened.All)
        {
            try
            {
                int descriptor = path.Length == 0 ? _root.Descriptor : OpenDirectoryBelow(DirectoryOf(path, makes: false), path);
                _ = Posix.ChangeMode(descriptor, (uint)mode);
                if (path.Length > 0)
                {
                    _ = Posix.Close(descriptor);
                }
            }
            catch (TargetException)
            {
                // It was taken away meanwhile.
            }

            _loosened.Settle(path);
        }
    }

    /// <summary>Gives the owner, who this process is, all that it takes to look into a directory or file and to write there.</summary>
    /// <returns>The permissions that it had; null where nothing was, or can be, changed.</returns>
    private static int? TryLoosen(IUnixWriting system, int above, byte* name, bool isDirectory) => system.TryLoosen(above, name, status =>
        (isDirectory ? status.Kind == EntryKind.Directory : status.Kind is EntryKind.Directory or EntryKind.File)
        && status.Uid == Posix.EffectiveUser() && (status.Mode & OwnerMaySearch) != OwnerMaySearch
            ? (uint)status.Mode | (status.Kind == EntryKind.Directory ? PrivateDirectory : PrivateFile)
            : null);

    /// <summary>The directory of a path, made where it is not there, and such that names can be made in it.</summary>
    private OpenedDirectory OpenToWrite(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> itsPath = ArchivePath.DirectoryOf(path);
        OpenedDirectory directory = OpenDirectory(itsPath, makes: true, out _);
        if (!directory.IsWritable)
        {
            MakeWritable(directory, itsPath);
        }

        return directory;
    }

    private void MakeWritable(OpenedDirectory directory, ReadOnlySpan<byte> path)
    {
        byte empty = 0;
        directory.IsWritable = true;
        if (!UnixTargetFile.MayGiveAway && _system.Reading.TryStatus(directory.Descriptor, &empty, out NodeStatus status)
            && status.Uid == Posix.EffectiveUser() && (status.Mode & OwnerMayWrite) != OwnerMayWrite
            && Posix.ChangeMode(directory.Descriptor, (uint)(status.Mode | OwnerMaySearch)) == 0)
        {
            _loosened.Add(path, status.Mode);
        }
    }

    /// <returns>Whether it was made just now.</returns>
    private bool MakeDirectory(OpenedDirectory above, ReadOnlySpan<byte> path)
    {
        fixed (byte* name = NameOf(path))
        {
            if (Posix.MakeDirectoryAt(above.Descriptor, name, PrivateDirectory) == 0)
            {
                return true;
            }

            UnixFault fault = LastFault;
            if (fault == UnixFault.Denied && !above.IsWritable)
            {
                MakeWritable(above, ArchivePath.DirectoryOf(path));
                return MakeDirectory(above, path);
            }

            return fault == UnixFault.Exists ? false : throw Error();
        }
    }

    /// <summary>Opens a directory by its name, though its owner may not look into it.</summary>
    private int OpenDirectoryBelow(int above, ReadOnlySpan<byte> path)
    {
        fixed (byte* name = path.IsEmpty ? [(byte)'.', 0] : NameOf(path))
        {
            int descriptor = _system.Reading.OpenDirectory(above, name, followsLink: false);
            if (descriptor < 0 && LastFault == UnixFault.Denied && TryLoosen(_system, above, name, isDirectory: true) is { } had)
            {
                _loosened.Add(path, had);
                descriptor = _system.Reading.OpenDirectory(above, name, followsLink: false);
            }

            return descriptor >= 0 ? descriptor : throw Error();
        }
    }

    private OpenedDirectory OpenDirectory(ReadOnlySpan<byte> path, bool makes, out bool isNew)
    {
        isNew = false;
        if (path.IsEmpty)
        {
            return _root;
        }

        ByteKey key = new(path.ToArray());
        if (_directories.TryGetValue(key, out OpenedDirectory? known))
        {
            return known;
        }

        OpenedDirectory above = OpenDirectory(ArchivePath.DirectoryOf(path), makes, out _);
        isNew = makes && MakeDirectory(above, path);
        _directories.Add(key, new(OpenDirectoryBelow(above.Descriptor, path)) { IsWritable = isNew });
        _opened.Enqueue(key);

        OpenedDirectory opened = _directories[key];
        if (_opened.Count > OpenDirectories)
        {
            // The oldest one goes; it is not this one, and not the one above, which nobody needs any more.
            ByteKey oldest = _opened.Dequeue();
            _ = Posix.Close(_directories[oldest].Descriptor);
            _directories.Remove(oldest);
        }

        return opened;
    }

    /// <summary>A directory that is open, and what the system gives to a file that is made in it.</summary>
    private sealed class OpenedDirectory(int descriptor)
    {
        public int Descriptor => descriptor;

        /// <summary>Whether names can be made in it, as far as its owner can bring that about.</summary>
        public bool IsWritable { get; set; }

        /// <summary>As the first one showed: owner and group (of the user, or of the directory) and whether an ACL is inherited.</summary>
        public GivenAttributes? NewFile { get; set; }
    }

    /// <summary>A path as a key: equal bytes are equal.</summary>
    private readonly struct ByteKey(byte[] bytes) : IEquatable<ByteKey>
    {
        public bool Equals(ByteKey other) => bytes.AsSpan().SequenceEqual(other.Bytes);

        public override bool Equals(object? obj) => obj is ByteKey other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }

        private byte[] Bytes => bytes;
    }
}
