// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Unix;

namespace Spindle.Files.Targets.Unix;

/// <summary>A directory of a Unix system, by descriptors: each name on the way down is opened by itself, and never through a link.</summary>
internal sealed unsafe partial class UnixTarget : TargetTree
{
    private const int OpenDirectories = 200; // of 1024 descriptors that a process usually may have, for at most four of these
    private const uint PrivateDirectory = 0x1C0; // rwx------, until its own mode is set
    private const uint PrivateFile = 0x180; // rw-------
    private const int SpecialBits = 0xE00; // S_ISUID, S_ISGID, S_ISVTX

    private readonly IUnixWriting _system;
    private readonly OpenedDirectory _root;
    private readonly Dictionary<ByteKey, OpenedDirectory> _directories = [];
    private readonly Queue<ByteKey> _opened = [];

    private readonly LoosenedDirectories _loosened;

    private UnixTarget(IUnixWriting system, int root, LoosenedDirectories loosened) => (_system, _root, _loosened) = (system, new(root), loosened);

    private UnixFault LastFault => _system.Reading.FaultOf(Marshal.GetLastPInvokeError());

    /// <summary>Opens a directory, and makes it where there is none.</summary>
    /// <param name="system">What the system does in its own way.</param>
    /// <param name="path">As the user named it: links in it are followed.</param>
    /// <param name="loosened">Remembers directories that had to be made writable.</param>
    /// <exception cref="TargetException">It can't be opened or made.</exception>
    public static UnixTarget Open(IUnixWriting system, string path, LoosenedDirectories loosened)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TargetException($"cannot be made: {e.Message}", isBlocked: false);
        }

        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            int here = system.Reading.CurrentDirectory;
            int root = system.Reading.OpenDirectory(here, name, followsLink: true);
            if (root < 0 && system.Reading.FaultOf(Marshal.GetLastPInvokeError()) == UnixFault.Denied && TryLoosen(system, here, name, isDirectory: true) is { } had)
            {
                loosened.Add([], had);
                root = system.Reading.OpenDirectory(here, name, followsLink: true);
            }

            return root >= 0 ? new(system, root, loosened) : throw Error(system);
        }
    }

    public override IReadOnlyList<byte[]> Names()
    {
        DirectoryListing listing = new();
        using UnixDirectory root = new(_system.Reading, OpenDirectoryBelow(_root.Descriptor, []));
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
            return _system.Reading.TryStatus(directory, name, out NodeStatus status) ? status : null;
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
        OpenedDirectory directory = OpenToWrite(path);

        // With its permissions from the start, where it has its owner, too: setting them again would take as long as writing a small file.
        bool isOurs = directory.NewFile is { HasAcl: false } usual && usual.Uid == attributes.UserId && usual.Gid == attributes.GroupId;
        uint mode = isOurs && (attributes.Mode & (SpecialBits | _system.UserMask)) == 0 ? (uint)attributes.Mode : PrivateFile;
        fixed (byte* name = NameOf(path))
        {
            int descriptor = _system.OpenFile(directory.Descriptor, name, isNew: true, mode);
            if (descriptor < 0 && LastFault == UnixFault.Exists && Posix.UnlinkAt(directory.Descriptor, name, 0) == 0)
            {
                // Left by a run that was stopped; or a link that lies in wait, which is removed and not followed.
                descriptor = _system.OpenFile(directory.Descriptor, name, isNew: true, mode);
            }

            if (descriptor < 0)
            {
                throw Error();
            }

            directory.NewFile ??= UnixTargetFile.Look(_system, descriptor);
            return new UnixTargetFile(_system, descriptor, given: directory.NewFile is { } given ? given with { Mode = (int)mode } : null);
        }
    }

    public override TargetFile Continue(ReadOnlySpan<byte> path)
    {
        int directory = OpenToWrite(path).Descriptor;
        fixed (byte* name = NameOf(path))
        {
            int descriptor = _system.OpenFile(directory, name, isNew: false, PrivateFile);
            return descriptor >= 0 ? new UnixTargetFile(_system, descriptor) : throw Error();
        }
    }

    public override TargetFile OpenFile(ReadOnlySpan<byte> path)
    {
        int directory = DirectoryOf(path, makes: false);
        fixed (byte* name = NameOf(path))
        {
            int descriptor = _system.Reading.OpenFile(directory, name);
            int? had = null;
            if (descriptor < 0 && LastFault == UnixFault.Denied && (had = TryLoosen(_system, directory, name, isDirectory: false)) is not null)
            {
                descriptor = _system.Reading.OpenFile(directory, name);
            }

            return descriptor >= 0 ? new UnixTargetFile(_system, descriptor) { HadMode = had } : throw Error();
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
                Must(Posix.RenameAt(fromDirectory, fromName, toDirectory, toName));
                return;
            }

            // Not even what came there a moment ago is replaced, or has the same name on a file system that does not tell case apart.
            int result = _system.RenameToNew(fromDirectory, fromName, toDirectory, toName);
            if (result != 0 && LastFault == UnixFault.NotSupported)
            {
                if (_system.Reading.TryStatus(toDirectory, toName, out _))
                {
                    throw new TargetException("is there already", isBlocked: false, isThere: true);
                }

                result = Posix.RenameAt(fromDirectory, fromName, toDirectory, toName);
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
            Must(Posix.LinkAt(fromDirectory, fromName, toDirectory, toName, 0));
        }
    }

    public override void Make(ReadOnlySpan<byte> path, EntryKind kind, byte[]? target, (uint Major, uint Minor) device)
    {
        int directory = OpenToWrite(path).Descriptor;
        fixed (byte* name = NameOf(path), leadsTo = (byte[])[.. target ?? [], 0])
        {
            Must(kind switch
            {
                EntryKind.Symlink => Posix.SymlinkAt(leadsTo, directory, name),
                EntryKind.Fifo or EntryKind.Socket or EntryKind.CharacterDevice or EntryKind.BlockDevice => _system.MakeNode(directory, name, kind, PrivateFile, device),
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
            nint length = Posix.ReadLinkAt(directory, name, buffer, target.Length);
            return length < 0 ? null : target[..(int)length];
        }
    }

    public override void Remove(ReadOnlySpan<byte> path)
    {
        int directory = OpenToWrite(path).Descriptor;
        fixed (byte* name = NameOf(path))
        {
            Must(Posix.UnlinkAt(directory, name, 0));
        }
    }

    public override string? SetAttributes(ReadOnlySpan<byte> path, EntryKind kind, in TargetAttributes attributes)
    {
        int directory = DirectoryOf(path, makes: false);
        if (kind == EntryKind.Directory)
        {
            // Anew: what is set ends with the descriptor that it is set by.
            using UnixTargetFile opened = new(_system, OpenDirectoryBelow(directory, path), isDirectory: true);
            string? notSet = opened.SetAttributes(attributes);
            _loosened.Settle(path);
            return notSet;
        }

        List<string> refused = [];
        long* times = stackalloc long[4];
        UnixTargetFile.Times(attributes, times, _system.OmitTime);
        fixed (byte* name = NameOf(path))
        {
            bool isOurs = UnixTargetFile.MayGiveAway || attributes.UserId == Posix.EffectiveUser();
            if (UnixTargetFile.MayGiveAway && Posix.ChangeOwnerAt(directory, name, attributes.UserId, attributes.GroupId, _system.NoFollow) != 0)
            {
                refused.Add($"owner ({Words()})");
            }

            if (kind != EntryKind.Symlink)
            {
                _system.RemoveInherited(directory, ArchivePath.NameOf(path)); // there is none on nearly all
            }

            // Links have no permissions of their own.
            if (kind != EntryKind.Symlink && Posix.ChangeModeAt(directory, name, UnixTargetFile.ModeOf(attributes.Mode, isOurs), 0) != 0)
            {
                refused.Add($"permissions ({Words()})");
            }

            SetExtended(directory, path, attributes.Extended.Where(attribute => !_system.IsSeal(attribute)), refused);
            if (Posix.SetTimesAt(directory, name, times, _system.NoFollow) != 0)
            {
                refused.Add($"time ({Words()})");
            }

            SetExtended(directory, path, attributes.Extended.Where(_system.IsSeal), refused);
        }

        return refused.Count == 0 ? null : string.Join(", ", refused);
    }

    public override void Flush() => _system.Sync(_root.Descriptor);

    public override void Dispose()
    {
        foreach (OpenedDirectory directory in _directories.Values)
        {
            _ = Posix.Close(directory.Descriptor);
        }

        _directories.Clear();
        _opened.Clear();
        _ = Posix.Close(_root.Descriptor);
    }

    internal static string Words() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    internal static TargetException Error(IUnixWriting system)
    {
        int code = Marshal.GetLastPInvokeError();
        UnixFault fault = system.Reading.FaultOf(code);
        return new(
            $"cannot be written: {Marshal.GetPInvokeErrorMessage(code)}",
            isBlocked: fault is UnixFault.NotADirectory or UnixFault.IsALink or UnixFault.IsADirectory,
            isFull: fault == UnixFault.NoRoom,
            isThere: fault == UnixFault.Exists);
    }

    private TargetException Error() => Error(_system);

    private void SetExtended(int directory, ReadOnlySpan<byte> path, IEnumerable<ExtendedAttribute> attributes, List<string> refused)
    {
        foreach (ExtendedAttribute attribute in attributes)
        {
            if (_system.SetAttribute(directory, ArchivePath.NameOf(path), attribute) != 0)
            {
                refused.Add($"{Encoding.UTF8.GetString(attribute.Name)} ({Words()})");
            }
        }
    }

    private void Must(int result)
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

    private int DirectoryOf(ReadOnlySpan<byte> path, bool makes) => OpenDirectory(ArchivePath.DirectoryOf(path), makes, out _).Descriptor;
}
