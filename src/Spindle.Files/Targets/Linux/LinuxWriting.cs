// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Files.Linux;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Linux;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Targets.Unix;

namespace Spindle.Files.Targets.Linux;

/// <summary>How Linux makes files. ACLs are extended attributes there (acl(5)).</summary>
internal sealed unsafe class LinuxWriting : IUnixWriting
{
    private const int AllPermissions = 0x1FF;

    /// <summary>The one: it has no state but what is read once.</summary>
    public static LinuxWriting Instance { get; } = new();

    public IUnixReading Reading => LinuxReading.Instance;

    public int UserMask { get; } = ReadUserMask();

    public int NoFollow => LibC.NoFollow;

    public long OmitTime => LibC.OmitTime;

    /// <summary>Names of the attributes that ACLs are, with a zero behind them.</summary>
    private static ReadOnlySpan<byte> AccessAcl => "system.posix_acl_access\0"u8;

    private static ReadOnlySpan<byte> DefaultAcl => "system.posix_acl_default\0"u8;

    public int OpenFile(int directory, byte* name, bool isNew, uint mode) => LibC.OpenAt(
        directory,
        name,
        LibC.Create | (isNew ? LibC.Exclusive : 0) | LibC.ReadWrite | LibC.NoFollowLinks | LibC.CloseOnExec | LibC.NonBlocking,
        mode);

    public int? TryLoosen(int directory, byte* name, Func<NodeStatus, uint?> loosened)
    {
        int descriptor = LibC.OpenAt(directory, name, LibC.PathOnly | LibC.NoFollowLinks | LibC.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return null;
        }

        byte empty = 0;
        int? had = null;
        if (Reading.TryStatus(descriptor, &empty, out NodeStatus status) && loosened(status) is { } mode)
        {
            // fchmod(2) takes no descriptor of O_PATH; the link of /proc leads to what is open, and not by its name.
            fixed (byte* opened = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}\0")))
            {
                had = LibC.ChangeModeOf(opened, mode) == 0 ? status.Mode : null;
            }
        }

        _ = Files.Unix.Posix.Close(descriptor);
        return had;
    }

    public int RenameToNew(int fromDirectory, byte* from, int toDirectory, byte* to) => LibC.RenameAt(fromDirectory, from, toDirectory, to, LibC.NoReplace);

    public int MakeNode(int directory, byte* name, EntryKind kind, uint mode, (uint Major, uint Minor) device) => kind switch
    {
        EntryKind.Fifo => LibC.MakeNodeAt(directory, name, 0x1000 | mode, 0),
        EntryKind.Socket => LibC.MakeNodeAt(directory, name, 0xC000 | mode, 0),
        EntryKind.CharacterDevice => LibC.MakeNodeAt(directory, name, 0x2000 | mode, DeviceOf(device)),
        _ => LibC.MakeNodeAt(directory, name, 0x6000 | mode, DeviceOf(device)),
    };

    public int SetAttribute(int descriptor, ExtendedAttribute attribute)
    {
        fixed (byte* key = (byte[])[.. attribute.Name, 0], value = attribute.Value)
        {
            return LibC.SetAttribute(descriptor, key, value, attribute.Value.Length, 0);
        }
    }

    public int SetAttribute(int directory, ReadOnlySpan<byte> name, ExtendedAttribute attribute)
    {
        fixed (byte* path = PathOf(directory, name), key = (byte[])[.. attribute.Name, 0], value = attribute.Value)
        {
            return LibC.SetAttributeOf(path, key, value, attribute.Value.Length, 0);
        }
    }

    public bool IsAcl(ExtendedAttribute attribute) => attribute.Name.AsSpan().StartsWith("system.posix_acl_"u8);

    public bool IsSeal(ExtendedAttribute attribute) => false;

    public void Unseal(int descriptor)
    {
    }

    public bool HasAcl(int descriptor)
    {
        fixed (byte* access = AccessAcl)
        {
            return LibC.GetAttribute(descriptor, access, null, 0) >= 0;
        }
    }

    public void RemoveInherited(int descriptor, bool isDirectory, IReadOnlyList<ExtendedAttribute> wanted)
    {
        fixed (byte* access = AccessAcl, standard = DefaultAcl)
        {
            if (!wanted.Any(attribute => attribute.Name.AsSpan().SequenceEqual(AccessAcl[..^1])))
            {
                _ = LibC.RemoveAttribute(descriptor, access); // there is none on nearly all
            }

            if (isDirectory && !wanted.Any(attribute => attribute.Name.AsSpan().SequenceEqual(DefaultAcl[..^1])))
            {
                _ = LibC.RemoveAttribute(descriptor, standard);
            }
        }
    }

    public void RemoveInherited(int directory, ReadOnlySpan<byte> name)
    {
        fixed (byte* path = PathOf(directory, name), access = AccessAcl)
        {
            _ = LibC.RemoveAttributeOf(path, access);
        }
    }

    public void Sync(int directory) => _ = LibC.SyncFileSystem(directory);

    private static byte[] PathOf(int directory, ReadOnlySpan<byte> name) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{directory}/")), .. name, 0];

    /// <summary>As gnu_dev_makedev of glibc puts them together.</summary>
    private static ulong DeviceOf((uint Major, uint Minor) device) =>
        ((ulong)(device.Major & 0xFFFFF000) << 32) | ((ulong)(device.Major & 0xFFF) << 8) | ((ulong)(device.Minor & 0xFFFFFF00) << 12) | (device.Minor & 0xFF);

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
