// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Spindle.Files.Linux;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Linux;

namespace Spindle.Files.Targets.Linux;

/// <content>Directories that are open, and those whose owner may not write into them.</content>
internal sealed unsafe partial class LinuxTarget
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
                _ = LibC.ChangeMode(descriptor, (uint)mode);
                if (path.Length > 0)
                {
                    _ = LibC.Close(descriptor);
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
    private static int? TryLoosen(int directory, byte* name, int flags)
    {
        int descriptor = LibC.OpenAt(directory, name, LibC.PathOnly | LibC.NoFollowLinks | LibC.CloseOnExec | flags, 0);
        if (descriptor < 0)
        {
            return null;
        }

        byte empty = 0;
        int? had = null;
        if (LinuxSource.TryStatus(descriptor, &empty, out NodeStatus status) && status.Kind is EntryKind.Directory or EntryKind.File
            && status.Uid == LibC.EffectiveUser() && (status.Mode & OwnerMaySearch) != OwnerMaySearch)
        {
            // fchmod(2) takes no descriptor of O_PATH; the link of /proc leads to what is open, and not by its name.
            fixed (byte* opened = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}\0")))
            {
                had = LibC.ChangeModeOf(opened, (uint)status.Mode | (status.Kind == EntryKind.Directory ? PrivateDirectory : PrivateFile)) == 0 ? status.Mode : null;
            }
        }

        _ = LibC.Close(descriptor);
        return had;
    }

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
        if (!LinuxTargetFile.MayGiveAway && LinuxSource.TryStatus(directory.Descriptor, &empty, out NodeStatus status)
            && status.Uid == LibC.EffectiveUser() && (status.Mode & OwnerMayWrite) != OwnerMayWrite
            && LibC.ChangeMode(directory.Descriptor, (uint)(status.Mode | OwnerMaySearch)) == 0)
        {
            _loosened.Add(path, status.Mode);
        }
    }

    /// <returns>Whether it was made just now.</returns>
    private bool MakeDirectory(OpenedDirectory above, ReadOnlySpan<byte> path)
    {
        fixed (byte* name = NameOf(path))
        {
            if (LibC.MakeDirectoryAt(above.Descriptor, name, PrivateDirectory) == 0)
            {
                return true;
            }

            int code = Marshal.GetLastPInvokeError();
            if (code == LibC.ErrorAccess && !above.IsWritable)
            {
                MakeWritable(above, ArchivePath.DirectoryOf(path));
                return MakeDirectory(above, path);
            }

            return code == LibC.ErrorExists ? false : throw Error();
        }
    }

    /// <summary>Opens a directory by its name, though its owner may not look into it.</summary>
    private int OpenDirectoryBelow(int above, ReadOnlySpan<byte> path)
    {
        fixed (byte* name = path.IsEmpty ? [(byte)'.', 0] : NameOf(path))
        {
            int descriptor = LibC.OpenAt(above, name, DirectoryFlags, 0);
            if (descriptor < 0 && Marshal.GetLastPInvokeError() == LibC.ErrorAccess && TryLoosen(above, name, LibC.Directory) is { } had)
            {
                _loosened.Add(path, had);
                descriptor = LibC.OpenAt(above, name, DirectoryFlags, 0);
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
            _ = LibC.Close(_directories[oldest].Descriptor);
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
