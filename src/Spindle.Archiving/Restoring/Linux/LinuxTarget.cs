// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Scanning;
using Spindle.Archiving.Scanning.Linux;
using Calls = Spindle.Archiving.Restoring.Linux.LibC;
using ReadCalls = Spindle.Archiving.Scanning.Linux.LibC;

namespace Spindle.Archiving.Restoring.Linux;

/// <summary>A directory of Linux, by descriptors: each name on the way down is opened by itself, and never through a link.</summary>
internal sealed unsafe class LinuxTarget : TargetTree
{
    private const int OpenDirectories = 200; // of 1024 descriptors that a process usually may have, for at most four of these
    private const uint PrivateDirectory = 0x1C0; // rwx------, until its own mode is set
    private const uint PrivateFile = 0x180; // rw-------
    private const int SpecialBits = 0xE00; // S_ISUID, S_ISGID, S_ISVTX
    private const int AllPermissions = 0x1FF;

    private static readonly int UserMask = ReadUserMask();

    private static readonly int DirectoryFlags = ReadCalls.ReadOnly | ReadCalls.Directory | ReadCalls.NoFollowLinks | ReadCalls.CloseOnExec;

    private readonly OpenedDirectory _root;
    private readonly Dictionary<ByteKey, OpenedDirectory> _directories = [];
    private readonly Queue<ByteKey> _opened = [];

    private LinuxTarget(int root) => _root = new(root);

    public static new LinuxTarget Open(string path)
    {
        try
        {
            System.IO.Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TargetException($"cannot be made: {e.Message}", isBlocked: false);
        }

        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            int root = ReadCalls.OpenAt(ReadCalls.CurrentDirectory, name, ReadCalls.ReadOnly | ReadCalls.Directory | ReadCalls.CloseOnExec);
            return root >= 0 ? new(root) : throw Error();
        }
    }

    public override IReadOnlyList<byte[]> Names()
    {
        DirectoryListing listing = new();
        using LinuxDirectory root = new(OpenBelow(_root.Descriptor, "."u8, DirectoryFlags, 0));
        root.List(listing);
        return [.. Enumerable.Range(0, listing.Count).Select(index => listing.Name(index).ToArray())];
    }

    public override NodeStatus? Look(ReadOnlySpan<byte> path)
    {
        int directory;
        try
        {
            directory = DirectoryOf(path, makes: false);
        }
        catch (TargetException e) when (!e.IsBlocked)
        {
            return null;
        }

        fixed (byte* name = NameOf(path))
        {
            return LinuxSource.TryStatus(directory, name, out NodeStatus status) ? status : null;
        }
    }

    public override bool EnsureDirectory(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || _directories.ContainsKey(new(path.ToArray())))
        {
            return false;
        }

        OpenDirectory(path, makes: true, out bool isNew);
        return isNew;
    }

    public override TargetFile Create(ReadOnlySpan<byte> path, in TargetAttributes attributes)
    {
        const int flags = Calls.Create | Calls.Exclusive;
        OpenedDirectory directory = OpenDirectory(ArchivePath.DirectoryOf(path), makes: true, out _);

        // With its permissions from the start, where it has its owner, too: setting them again would take as long as writing a small file.
        bool isOurs = directory.NewFile is { HasAcl: false } usual && usual.Uid == attributes.UserId && usual.Gid == attributes.GroupId;
        uint mode = isOurs && (attributes.Mode & (SpecialBits | UserMask)) == 0 ? (uint)attributes.Mode : PrivateFile;
        fixed (byte* name = NameOf(path))
        {
            int descriptor = OpenFile(directory.Descriptor, name, flags, mode);
            if (descriptor < 0 && Marshal.GetLastPInvokeError() == Calls.ErrorExists && Calls.UnlinkAt(directory.Descriptor, name, 0) == 0)
            {
                // Left by a run that was stopped; or a link that lies in wait, which is removed and not followed.
                descriptor = OpenFile(directory.Descriptor, name, flags, mode);
            }

            if (descriptor < 0)
            {
                throw Error();
            }

            directory.NewFile ??= LinuxTargetFile.Look(descriptor);
            return new LinuxTargetFile(descriptor, given: directory.NewFile is { } given ? given with { Mode = (int)mode } : null);
        }
    }

    public override TargetFile Continue(ReadOnlySpan<byte> path)
    {
        int directory = DirectoryOf(path, makes: true);
        fixed (byte* name = NameOf(path))
        {
            int descriptor = OpenFile(directory, name, Calls.Create, PrivateFile);
            return descriptor >= 0 ? new LinuxTargetFile(descriptor) : throw Error();
        }
    }

    public override TargetFile OpenFile(ReadOnlySpan<byte> path) => new LinuxTargetFile(OpenBelow(
        DirectoryOf(path, makes: false), path[(path.LastIndexOf((byte)'/') + 1)..], ReadCalls.ReadOnly | ReadCalls.NoFollowLinks | ReadCalls.CloseOnExec | ReadCalls.NonBlocking, 0));

    public override void Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        int fromDirectory = DirectoryOf(from, makes: false);
        int toDirectory = ArchivePath.DirectoryOf(from).SequenceEqual(ArchivePath.DirectoryOf(to)) ? fromDirectory : DirectoryOf(to, makes: true);
        fixed (byte* fromName = NameOf(from), toName = NameOf(to))
        {
            Must(Calls.RenameAt(fromDirectory, fromName, toDirectory, toName));
        }
    }

    public override void Link(ReadOnlySpan<byte> existing, ReadOnlySpan<byte> path)
    {
        // Either may close the other's descriptor when many are open: the second look finds both.
        DirectoryOf(existing, makes: false);
        int toDirectory = DirectoryOf(path, makes: true);
        int fromDirectory = DirectoryOf(existing, makes: false);
        fixed (byte* fromName = NameOf(existing), toName = NameOf(path))
        {
            Must(Calls.LinkAt(fromDirectory, fromName, toDirectory, toName, 0));
        }
    }

    public override void Make(ReadOnlySpan<byte> path, EntryKind kind, byte[]? target, (uint Major, uint Minor) device)
    {
        int directory = DirectoryOf(path, makes: true);
        fixed (byte* name = NameOf(path), leadsTo = (byte[])[.. target ?? [], 0])
        {
            Must(kind switch
            {
                EntryKind.Symlink => Calls.SymlinkAt(leadsTo, directory, name),
                EntryKind.Fifo => Calls.MakeNodeAt(directory, name, 0x1000 | PrivateFile, 0),
                EntryKind.Socket => Calls.MakeNodeAt(directory, name, 0xC000 | PrivateFile, 0),
                EntryKind.CharacterDevice => Calls.MakeNodeAt(directory, name, 0x2000 | PrivateFile, DeviceOf(device)),
                EntryKind.BlockDevice => Calls.MakeNodeAt(directory, name, 0x6000 | PrivateFile, DeviceOf(device)),
                _ => throw new ArgumentOutOfRangeException(nameof(kind)),
            });
        }
    }

    public override byte[]? ReadLink(ReadOnlySpan<byte> path)
    {
        byte[] target = new byte[4096]; // PATH_MAX
        int directory = DirectoryOf(path, makes: false);
        fixed (byte* name = NameOf(path), buffer = target)
        {
            nint length = ReadCalls.ReadLinkAt(directory, name, buffer, target.Length);
            return length < 0 ? null : target[..(int)length];
        }
    }

    public override void Remove(ReadOnlySpan<byte> path)
    {
        int directory = DirectoryOf(path, makes: false);
        fixed (byte* name = NameOf(path))
        {
            Must(Calls.UnlinkAt(directory, name, 0));
        }
    }

    public override string? SetAttributes(ReadOnlySpan<byte> path, EntryKind kind, in TargetAttributes attributes)
    {
        int directory = DirectoryOf(path, makes: false);
        if (kind == EntryKind.Directory)
        {
            using LinuxTargetFile opened = new(OpenBelow(directory, path.IsEmpty ? "."u8 : ArchivePath.NameOf(path), DirectoryFlags, 0), isDirectory: true);
            return opened.SetAttributes(attributes);
        }

        List<string> refused = [];
        byte[] byDescriptor = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{directory}/")), .. ArchivePath.NameOf(path), 0];
        long* times = stackalloc long[4];
        LinuxTargetFile.Times(attributes.Modified, times);
        fixed (byte* name = NameOf(path), whole = byDescriptor, acl = LinuxTargetFile.AccessAcl)
        {
            bool isOurs = LinuxTargetFile.MayGiveAway || attributes.UserId == Calls.EffectiveUser();
            if (LinuxTargetFile.MayGiveAway && Calls.ChangeOwnerAt(directory, name, attributes.UserId, attributes.GroupId, ReadCalls.NoFollow) != 0)
            {
                refused.Add($"owner ({Words()})");
            }

            if (kind != EntryKind.Symlink)
            {
                _ = Calls.RemoveAttributeOf(whole, acl); // inherited from the directory; there is none on nearly all
            }

            // Links have no permissions of their own.
            if (kind != EntryKind.Symlink && Calls.ChangeModeAt(directory, name, LinuxTargetFile.ModeOf(attributes.Mode, isOurs), 0) != 0)
            {
                refused.Add($"permissions ({Words()})");
            }

            foreach (ExtendedAttribute attribute in attributes.Extended)
            {
                fixed (byte* key = (byte[])[.. attribute.Name, 0], value = attribute.Value)
                {
                    if (Calls.SetAttributeOf(whole, key, value, attribute.Value.Length, 0) != 0)
                    {
                        refused.Add($"{Encoding.UTF8.GetString(attribute.Name)} ({Words()})");
                    }
                }
            }

            if (Calls.SetTimesAt(directory, name, times, ReadCalls.NoFollow) != 0)
            {
                refused.Add($"time ({Words()})");
            }
        }

        return refused.Count == 0 ? null : string.Join(", ", refused);
    }

    public override void Flush() => _ = Calls.SyncFileSystem(_root.Descriptor);

    public override void Dispose()
    {
        foreach (OpenedDirectory directory in _directories.Values)
        {
            _ = ReadCalls.Close(directory.Descriptor);
        }

        _directories.Clear();
        _opened.Clear();
        _ = ReadCalls.Close(_root.Descriptor);
    }

    internal static string Words() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    internal static TargetException Error()
    {
        int code = Marshal.GetLastPInvokeError();
        return new(
            $"cannot be written: {Marshal.GetPInvokeErrorMessage(code)}",
            isBlocked: code is ReadCalls.ErrorNotADirectory or ReadCalls.ErrorTooManyLinks or Calls.ErrorExists or Calls.ErrorIsADirectory,
            isFull: code is Calls.ErrorNoSpace or Calls.ErrorQuota);
    }

    private static void Must(int result)
    {
        if (result != 0)
        {
            throw Error();
        }
    }

    private static byte[] NameOf(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> name = ArchivePath.NameOf(path);
        Check(name);
        return [.. name, 0];
    }

    /// <summary>As gnu_dev_makedev of glibc puts them together.</summary>
    private static ulong DeviceOf((uint Major, uint Minor) device) =>
        ((ulong)(device.Major & 0xFFFFF000) << 32) | ((ulong)(device.Major & 0xFFF) << 8) | ((ulong)(device.Minor & 0xFFFFFF00) << 12) | (device.Minor & 0xFF);

    private static int OpenBelow(int directory, ReadOnlySpan<byte> name, int flags, uint mode)
    {
        fixed (byte* path = (byte[])[.. name, 0])
        {
            int descriptor = Calls.OpenAt(directory, path, flags, mode);
            return descriptor >= 0 ? descriptor : throw Error();
        }
    }

    private static int OpenFile(int directory, byte* name, int flags, uint mode) =>
        Calls.OpenAt(directory, name, flags | Calls.ReadWrite | ReadCalls.NoFollowLinks | ReadCalls.CloseOnExec | ReadCalls.NonBlocking, mode);

    private int DirectoryOf(ReadOnlySpan<byte> path, bool makes) => OpenDirectory(ArchivePath.DirectoryOf(path), makes, out _).Descriptor;

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

        int above = OpenDirectory(ArchivePath.DirectoryOf(path), makes, out _).Descriptor;
        fixed (byte* name = NameOf(path))
        {
            isNew = makes && Calls.MakeDirectoryAt(above, name, PrivateDirectory) == 0;
            if (makes && !isNew && Marshal.GetLastPInvokeError() != Calls.ErrorExists)
            {
                throw Error();
            }

            int descriptor = Calls.OpenAt(above, name, DirectoryFlags, 0);
            if (descriptor < 0)
            {
                throw Error();
            }

            _directories.Add(key, new(descriptor));
            _opened.Enqueue(key);
        }

        OpenedDirectory opened = _directories[key];
        if (_opened.Count > OpenDirectories)
        {
            // The oldest one goes; it is not this one, and not the one above, which nobody needs any more.
            ByteKey oldest = _opened.Dequeue();
            _ = ReadCalls.Close(_directories[oldest].Descriptor);
            _directories.Remove(oldest);
        }

        return opened;
    }

    /// <summary>The permissions that this process gives to no file that it makes (umask(2)); all, where the system does not say.</summary>
    private static int ReadUserMask()
    {
        const string key = "Umask:";
        try
        {
            string? line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line is null ? AllPermissions : Convert.ToInt32(line[key.Length..].Trim(), 8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return AllPermissions;
        }
    }

    /// <summary>A directory that is open, and what the system gives to a file that is made in it.</summary>
    private sealed class OpenedDirectory(int descriptor)
    {
        public int Descriptor => descriptor;

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
