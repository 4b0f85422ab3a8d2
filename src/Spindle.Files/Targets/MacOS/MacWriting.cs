// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Spindle.Files.Listing;
using Spindle.Files.Listing.MacOS;
using Spindle.Files.Listing.Unix;
using Spindle.Files.MacOS;
using Spindle.Files.Targets.Unix;
using Spindle.Files.Unix;

namespace Spindle.Files.Targets.MacOS;

/// <summary>How macOS makes files. Its ACLs are not kept, and none is taken away; flags that seal a file are an attribute here, which comes last.</summary>
[SupportedOSPlatform("macos")]
internal sealed unsafe class MacWriting : IUnixWriting
{
    private const int AllPermissions = 0x1FF;

    /// <summary>The one: it has no state.</summary>
    public static MacWriting Instance { get; } = new();

    public IUnixReading Reading => MacReading.Instance;

    /// <summary>It could only be read by setting it, for all threads.</summary>
    public int UserMask => AllPermissions;

    public int NoFollow => LibC.NoFollow;

    public long OmitTime => LibC.OmitTime;

    public int OpenFile(int directory, byte* name, bool isNew, uint mode) => LibC.OpenAt(
        directory,
        name,
        LibC.Create | (isNew ? LibC.Exclusive : 0) | LibC.ReadWrite | LibC.NoFollowLinks | LibC.CloseOnExec | LibC.NonBlocking,
        mode);

    public int? TryLoosen(int directory, byte* name, Func<NodeStatus, uint?> loosened) =>
        Reading.TryStatus(directory, name, out NodeStatus status) && loosened(status) is { } mode && Posix.ChangeModeAt(directory, name, mode, LibC.NoFollow) == 0
            ? status.Mode
            : null;

    public int RenameToNew(int fromDirectory, byte* from, int toDirectory, byte* to) => LibC.RenameAt(fromDirectory, from, toDirectory, to, LibC.OnlyToNew);

    public int MakeNode(int directory, byte* name, EntryKind kind, uint mode, (uint Major, uint Minor) device)
    {
        try
        {
            return kind switch
            {
                EntryKind.Fifo => LibC.MakePipeAt(directory, name, mode),
                EntryKind.CharacterDevice when MacDevice.Of(device) is { } number => LibC.MakeNodeAt(directory, name, 0x2000 | mode, number),
                EntryKind.BlockDevice when MacDevice.Of(device) is { } number => LibC.MakeNodeAt(directory, name, 0x6000 | mode, number),
                _ => Refused(),
            };
        }
        catch (EntryPointNotFoundException)
        {
            return Refused(); // before macOS 13
        }
    }

    public int SetAttribute(int descriptor, ExtendedAttribute attribute)
    {
        if (IsSeal(attribute))
        {
            return BsdFlags.Parse(attribute.Value) is { } flags ? LibC.ChangeFlags(descriptor, flags) : Refused();
        }

        if (MacAttributes.IsOfLinux(attribute.Name))
        {
            return Refused();
        }

        fixed (byte* key = (byte[])[.. attribute.Name, 0], value = attribute.Value)
        {
            return LibC.SetAttribute(descriptor, key, value, attribute.Value.Length, 0, 0);
        }
    }

    public int SetAttribute(int directory, ReadOnlySpan<byte> name, ExtendedAttribute attribute)
    {
        int descriptor = MacReading.OpenToName(directory, name);
        if (descriptor < 0)
        {
            return descriptor;
        }

        int result = SetAttribute(descriptor, attribute);
        int error = Marshal.GetLastPInvokeError();
        _ = Posix.Close(descriptor);
        Marshal.SetLastPInvokeError(error);
        return result;
    }

    public bool IsAcl(ExtendedAttribute attribute) => false;

    public bool IsSeal(ExtendedAttribute attribute) => attribute.Name.AsSpan().SequenceEqual(BsdFlags.Name);

    public void Unseal(int descriptor)
    {
        byte* record = stackalloc byte[MacStatus.Length];
        if (LibC.Status(descriptor, record) == 0 && MacStatus.FlagsOf(new(record, MacStatus.Length)) is var flags && (flags & BsdFlags.Sealing) != 0)
        {
            _ = LibC.ChangeFlags(descriptor, flags & ~BsdFlags.Sealing); // what cannot be changed is told when it is to be
        }
    }

    public bool HasAcl(int descriptor) => false;

    public void RemoveInherited(int descriptor, bool isDirectory, IReadOnlyList<ExtendedAttribute> wanted)
    {
    }

    public void RemoveInherited(int directory, ReadOnlySpan<byte> name)
    {
    }

    public void Sync(int directory)
    {
        LibC.SyncAll(); // begins to write what is not written yet
        LibC.FullyStore(directory); // has the medium store all that it was given
    }

    private static int Refused()
    {
        Marshal.SetLastPInvokeError(MacFault.NotSupported);
        return -1;
    }
}
