// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Spindle.Files.Linux;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Linux;

namespace Spindle.Files.Targets.Linux;

/// <summary>A directory of Linux, by descriptors: each name on the way down is opened by itself, and never through a link.</summary>
internal sealed unsafe partial class LinuxTarget : TargetTree
{
    private const int OpenDirectories = 200; // of 1024 descriptors that a process usually may have, for at most four of these
    private const uint PrivateDirectory = 0x1C0; // rwx------, until its own mode is set
    private const uint PrivateFile = 0x180; // rw-------
    private const int SpecialBits = 0xE00; // S_ISUID, S_ISGID, S_ISVTX
    private const int AllPermissions = 0x1FF;

    private static readonly int UserMask = ReadUserMask();

    private static readonly int DirectoryFlags = LibC.ReadOnly | LibC.Directory | LibC.NoFollowLinks | LibC.CloseOnExec;

    private readonly OpenedDirectory _root;
    private readonly Dictionary<ByteKey, OpenedDirectory> _directories = [];
    private readonly Queue<ByteKey> _opened = [];

    private readonly LoosenedDirectories _loosened;

    private LinuxTarget(int root, LoosenedDirectories loosened) => (_root, _loosened) = (new(root), loosened);

    public static new LinuxTarget Open(string path, LoosenedDirectories loosened)
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
            int flags = LibC.ReadOnly | LibC.Directory | LibC.CloseOnExec;
            int root = LibC.OpenAt(LibC.CurrentDirectory, name, flags);
            if (root < 0 && Marshal.GetLastPInvokeError() == LibC.ErrorAccess && TryLoosen(LibC.CurrentDirectory, name, LibC.Directory) is { } had)
            {
                loosened.Add([], had);
                root = LibC.OpenAt(LibC.CurrentDirectory, name, flags);
            }

            return root >= 0 ? new(root, loosened) : throw Error();
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
        const int flags = LibC.Create | LibC.Exclusive;
        OpenedDirectory directory = OpenToWrite(path);

        // With its permissions from the start, where it has its owner, too: setting them again would take as long as writing a small file.
        bool isOurs = directory.NewFile is { HasAcl: false } usual && usual.Uid == attributes.UserId && usual.Gid == attributes.GroupId;
        uint mode = isOurs && (attributes.Mode & (SpecialBits | UserMask)) == 0 ? (uint)attributes.Mode : PrivateFile;
        fixed (byte* name = NameOf(path))
        {
            int descriptor = OpenFile(directory.Descriptor, name, flags, mode);
            if (descriptor < 0 && Marshal.GetLastPInvokeError() == LibC.ErrorExists && LibC.UnlinkAt(directory.Descriptor, name, 0) == 0)
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
        int directory = OpenToWrite(path).Descriptor;
        fixed (byte* name = NameOf(path))
        {
            int descriptor = OpenFile(directory, name, LibC.Create, PrivateFile);
            return descriptor >= 0 ? new LinuxTargetFile(descriptor) : throw Error();
        }
    }

    public override TargetFile OpenFile(ReadOnlySpan<byte> path)
    {
        int directory = DirectoryOf(path, makes: false);
        int flags = LibC.ReadOnly | LibC.NoFollowLinks | LibC.CloseOnExec | LibC.NonBlocking;
        fixed (byte* name = NameOf(path))
        {
            int descriptor = LibC.OpenAt(directory, name, flags, 0);
            int? had = null;
            if (descriptor < 0 && Marshal.GetLastPInvokeError() == LibC.ErrorAccess && (had = TryLoosen(directory, name, 0)) is not null)
            {
                descriptor = LibC.OpenAt(directory, name, flags, 0);
            }

            return descriptor >= 0 ? new LinuxTargetFile(descriptor) { HadMode = had } : throw Error();
        }
    }

    public override void Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool replaces)
    {
        int toDirectory = OpenToWrite(to).Descriptor;
        int fromDirectory = toDirectory;
        if (!ArchivePath.DirectoryOf(from).SequenceEqual(ArchivePath.DirectoryOf(to)))
        {
            fromDirectory = OpenToWrite(from).Descriptor;
            toDirectory = OpenToWrite(to).Descriptor; // opening the other one may have closed it
        }

        fixed (byte* fromName = NameOf(from), toName = NameOf(to))
        {
            if (replaces)
            {
                Must(LibC.RenameAt(fromDirectory, fromName, toDirectory, toName));
                return;
            }

            // Not even what came there a moment ago is replaced, or has the same name on a file system that does not tell case apart.
            int result = LibC.RenameAt(fromDirectory, fromName, toDirectory, toName, LibC.NoReplace);
            if (result != 0 && Marshal.GetLastPInvokeError() is LibC.ErrorInvalid or LibC.ErrorNoSuchCall)
            {
                if (LinuxSource.TryStatus(toDirectory, toName, out _))
                {
                    throw new TargetException("is there already", isBlocked: false, isThere: true);
                }

                result = LibC.RenameAt(fromDirectory, fromName, toDirectory, toName);
            }

            Must(result);
        }
    }

    public override void Link(ReadOnlySpan<byte> existing, ReadOnlySpan<byte> path)
    {
        // Either may close the other's descriptor when many are open: the second look finds both.
        DirectoryOf(existing, makes: false);
        int toDirectory = OpenToWrite(path).Descriptor;
        int fromDirectory = DirectoryOf(existing, makes: false);
        fixed (byte* fromName = NameOf(existing), toName = NameOf(path))
        {
            Must(LibC.LinkAt(fromDirectory, fromName, toDirectory, toName, 0));
        }
    }

    public override void Make(ReadOnlySpan<byte> path, EntryKind kind, byte[]? target, (uint Major, uint Minor) device)
    {
        int directory = OpenToWrite(path).Descriptor;
        fixed (byte* name = NameOf(path), leadsTo = (byte[])[.. target ?? [], 0])
        {
            Must(kind switch
            {
                EntryKind.Symlink => LibC.SymlinkAt(leadsTo, directory, name),
                EntryKind.Fifo => LibC.MakeNodeAt(directory, name, 0x1000 | PrivateFile, 0),
                EntryKind.Socket => LibC.MakeNodeAt(directory, name, 0xC000 | PrivateFile, 0),
                EntryKind.CharacterDevice => LibC.MakeNodeAt(directory, name, 0x2000 | PrivateFile, DeviceOf(device)),
                EntryKind.BlockDevice => LibC.MakeNodeAt(directory, name, 0x6000 | PrivateFile, DeviceOf(device)),
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
            nint length = LibC.ReadLinkAt(directory, name, buffer, target.Length);
            return length < 0 ? null : target[..(int)length];
        }
    }

    public override void Remove(ReadOnlySpan<byte> path)
    {
        int directory = OpenToWrite(path).Descriptor;
        fixed (byte* name = NameOf(path))
        {
            Must(LibC.UnlinkAt(directory, name, 0));
        }
    }

    public override string? SetAttributes(ReadOnlySpan<byte> path, EntryKind kind, in TargetAttributes attributes)
    {
        int directory = DirectoryOf(path, makes: false);
        if (kind == EntryKind.Directory)
        {
            // Anew: what is set ends with the descriptor that it is set by.
            using LinuxTargetFile opened = new(OpenDirectoryBelow(directory, path), isDirectory: true);
            string? notSet = opened.SetAttributes(attributes);
            _loosened.Settle(path);
            return notSet;
        }

        List<string> refused = [];
        byte[] byDescriptor = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{directory}/")), .. ArchivePath.NameOf(path), 0];
        long* times = stackalloc long[4];
        LinuxTargetFile.Times(attributes, times);
        fixed (byte* name = NameOf(path), whole = byDescriptor, acl = LinuxTargetFile.AccessAcl)
        {
            bool isOurs = LinuxTargetFile.MayGiveAway || attributes.UserId == LibC.EffectiveUser();
            if (LinuxTargetFile.MayGiveAway && LibC.ChangeOwnerAt(directory, name, attributes.UserId, attributes.GroupId, LibC.NoFollow) != 0)
            {
                refused.Add($"owner ({Words()})");
            }

            if (kind != EntryKind.Symlink)
            {
                _ = LibC.RemoveAttributeOf(whole, acl); // inherited from the directory; there is none on nearly all
            }

            // Links have no permissions of their own.
            if (kind != EntryKind.Symlink && LibC.ChangeModeAt(directory, name, LinuxTargetFile.ModeOf(attributes.Mode, isOurs), 0) != 0)
            {
                refused.Add($"permissions ({Words()})");
            }

            foreach (ExtendedAttribute attribute in attributes.Extended)
            {
                fixed (byte* key = (byte[])[.. attribute.Name, 0], value = attribute.Value)
                {
                    if (LibC.SetAttributeOf(whole, key, value, attribute.Value.Length, 0) != 0)
                    {
                        refused.Add($"{Encoding.UTF8.GetString(attribute.Name)} ({Words()})");
                    }
                }
            }

            if (LibC.SetTimesAt(directory, name, times, LibC.NoFollow) != 0)
            {
                refused.Add($"time ({Words()})");
            }
        }

        return refused.Count == 0 ? null : string.Join(", ", refused);
    }

    public override void Flush() => _ = LibC.SyncFileSystem(_root.Descriptor);

    public override void Dispose()
    {
        foreach (OpenedDirectory directory in _directories.Values)
        {
            _ = LibC.Close(directory.Descriptor);
        }

        _directories.Clear();
        _opened.Clear();
        _ = LibC.Close(_root.Descriptor);
    }

    internal static string Words() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    internal static TargetException Error()
    {
        int code = Marshal.GetLastPInvokeError();
        return new(
            $"cannot be written: {Marshal.GetPInvokeErrorMessage(code)}",
            isBlocked: code is LibC.ErrorNotADirectory or LibC.ErrorTooManyLinks or LibC.ErrorIsADirectory,
            isFull: code is LibC.ErrorNoSpace or LibC.ErrorQuota,
            isThere: code is LibC.ErrorExists);
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
            int descriptor = LibC.OpenAt(directory, path, flags, mode);
            return descriptor >= 0 ? descriptor : throw Error();
        }
    }

    private static int OpenFile(int directory, byte* name, int flags, uint mode) =>
        LibC.OpenAt(directory, name, flags | LibC.ReadWrite | LibC.NoFollowLinks | LibC.CloseOnExec | LibC.NonBlocking, mode);

    private int DirectoryOf(ReadOnlySpan<byte> path, bool makes) => OpenDirectory(ArchivePath.DirectoryOf(path), makes, out _).Descriptor;

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
}
