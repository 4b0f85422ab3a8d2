// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Spindle.Files.Listing.Unix;
using Spindle.Files.MacOS;
using Spindle.Files.Unix;

namespace Spindle.Files.Listing.MacOS;

/// <summary>How macOS is looked at.</summary>
[SupportedOSPlatform("macos")]
internal sealed unsafe class MacReading : IUnixReading
{
    /// <summary>The one: it has no state.</summary>
    public static MacReading Instance { get; } = new();

    /// <summary>Whether these calls agree with .NET about a directory that stays as it is: else all is done by what every system has.</summary>
    public static bool IsProven { get; } = UnixProof.Holds(Instance, "/bin");

    public int CurrentDirectory => LibC.CurrentDirectory;

    public int SeekData => LibC.SeekData;

    public int SeekHole => LibC.SeekHole;

    public int OpenDirectory(int above, byte* name, bool followsLink) =>
        LibC.OpenAt(above, name, LibC.ReadOnly | LibC.Directory | LibC.CloseOnExec | (followsLink ? 0 : LibC.NoFollowLinks), 0);

    // Not blocking: what was a file a moment ago may be a pipe by now. There is no way here to leave the time of access alone.
    public int OpenFile(int directory, byte* name) =>
        LibC.OpenAt(directory, name, LibC.ReadOnly | LibC.NoFollowLinks | LibC.CloseOnExec | LibC.NonBlocking, 0);

    public bool TryStatus(int directory, byte* name, out NodeStatus status)
    {
        byte* record = stackalloc byte[MacStatus.Length];
        if ((*name == 0 ? LibC.Status(directory, record) : LibC.StatusAt(directory, name, record, LibC.NoFollow)) != 0)
        {
            status = default;
            return false;
        }

        status = MacStatus.Parse(new(record, MacStatus.Length));
        return true;
    }

    public bool TryList(int directory, DirectoryListing listing)
    {
        byte* here = stackalloc byte[2];
        (here[0], here[1]) = ((byte)'.', 0);
        int descriptor = OpenDirectory(directory, here, followsLink: false);
        nint names = descriptor < 0 ? 0 : LibC.OpenNames(descriptor);
        if (names == 0)
        {
            int error = Marshal.GetLastPInvokeError();
            _ = descriptor < 0 ? 0 : Posix.Close(descriptor);
            Marshal.SetLastPInvokeError(error);
            return false;
        }

        byte* entry;
        while ((entry = LibC.NextName(names)) != null)
        {
            byte* name = entry + MacStatus.NameAt;
            ReadOnlySpan<byte> bytes = new(name, MacStatus.NameLengthOf(new(entry, MacStatus.NameAt)));
            if (!bytes.SequenceEqual("."u8) && !bytes.SequenceEqual(".."u8) && TryStatus(directory, name, out NodeStatus status))
            {
                listing.Add(bytes, status);
            }
        }

        int ended = Marshal.GetLastPInvokeError(); // 0 before the call, and after it where it was the end
        _ = LibC.CloseNames(names);
        Marshal.SetLastPInvokeError(ended);
        return ended == 0;
    }

    public IReadOnlyList<ExtendedAttribute> Attributes(int descriptor)
    {
        byte* record = stackalloc byte[MacStatus.Length];
        uint flags = LibC.Status(descriptor, record) == 0 ? MacStatus.FlagsOf(new(record, MacStatus.Length)) : 0;
        return MacAttributes.Of(flags, new Calls(descriptor));
    }

    public IReadOnlyList<ExtendedAttribute> Attributes(int directory, ReadOnlySpan<byte> name)
    {
        int descriptor = OpenToName(directory, name);
        if (descriptor < 0)
        {
            return [];
        }

        IReadOnlyList<ExtendedAttribute> attributes = Attributes(descriptor);
        _ = Posix.Close(descriptor);
        return attributes;
    }

    public UnixFault FaultOf(int error) => MacFault.Of(error);

    public bool IsRotational(long device) => false;

    /// <summary>Opens what is behind a name, a link itself too, so that it can be asked for and given attributes.</summary>
    /// <returns>Below 0 where that can't be had, and for devices, which may do something when they are opened.</returns>
    internal static int OpenToName(int directory, ReadOnlySpan<byte> name)
    {
        fixed (byte* path = (byte[])[.. name, 0])
        {
            bool isDevice = Instance.TryStatus(directory, path, out NodeStatus status) && status.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice;
            return isDevice ? -1 : LibC.OpenAt(directory, path, LibC.EventsOnly | LibC.LinkItself | LibC.NonBlocking | LibC.CloseOnExec, 0);
        }
    }

    private sealed class Calls(int descriptor) : IMacAttributeCalls
    {
        public nint List(Span<byte> list)
        {
            fixed (byte* names = list)
            {
                return LibC.ListAttributes(descriptor, names, list.Length, 0);
            }
        }

        public nint Get(byte[] name, Span<byte> value)
        {
            fixed (byte* key = name, bytes = value)
            {
                return LibC.GetAttribute(descriptor, key, bytes, value.Length, 0, 0);
            }
        }

        public bool HasAccessList()
        {
            nint list = LibC.AccessListOf(descriptor, LibC.ExtendedAccessList);
            return list != 0 && LibC.FreeAccessList(list) == 0;
        }
    }
}
