// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Files.Listing.MacOS;
using Spindle.Files.Listing.Unix;
using Spindle.Files.MacOS;
using Spindle.Files.Targets.Linux;
using Spindle.Files.Targets.Unix;
using Spindle.Files.Unix;

namespace Spindle.Testing.MacOS;

/// <summary>macOS, played by Linux (<see cref="SimulatedMacReading"/>): it makes no sockets, has no ACLs among attributes, and seals files by flags.</summary>
internal sealed unsafe class SimulatedMacWriting : IUnixWriting
{
    private const int NotSupported = 22; // EINVAL, which is so on Linux, too
    private const int NotPermitted = 1;

    private static readonly LinuxWriting Linux = LinuxWriting.Instance;

    /// <summary>What was set, in order, as far as it matters: attributes by name.</summary>
    public List<string> Set { get; } = [];

    public IUnixReading Reading { get; } = new SimulatedMacReading();

    public int UserMask => 0x1FF;

    public int NoFollow => Linux.NoFollow;

    public long OmitTime => Linux.OmitTime;

    public int OpenFile(int directory, byte* name, bool isNew, uint mode) => Linux.OpenFile(directory, name, isNew, mode);

    // By the name, where Linux goes by what is open: fchmodat of macOS follows no link where it is told so.
    public int? TryLoosen(int directory, byte* name, Func<NodeStatus, uint?> loosened) =>
        Reading.TryStatus(directory, name, out NodeStatus status) && loosened(status) is { } mode && Posix.ChangeModeAt(directory, name, mode, 0) == 0 ? status.Mode : null;

    public int RenameToNew(int fromDirectory, byte* from, int toDirectory, byte* to) => Linux.RenameToNew(fromDirectory, from, toDirectory, to);

    public int MakeNode(int directory, byte* name, EntryKind kind, uint mode, (uint Major, uint Minor) device) =>
        kind == EntryKind.Socket ? Refused(NotSupported) : Linux.MakeNode(directory, name, kind, mode, device);

    public int SetAttribute(int descriptor, ExtendedAttribute attribute) =>
        IsSealed(Reading.Attributes(descriptor)) ? Refused(NotPermitted)
        : Translated(attribute) is { } translated ? Linux.SetAttribute(descriptor, translated)
        : Refused(NotSupported);

    public int SetAttribute(int directory, ReadOnlySpan<byte> name, ExtendedAttribute attribute) =>
        IsSealed(Reading.Attributes(directory, name)) ? Refused(NotPermitted)
        : Translated(attribute) is { } translated ? Linux.SetAttribute(directory, name, translated)
        : Refused(NotSupported);

    public bool IsAcl(ExtendedAttribute attribute) => false;

    public bool IsSeal(ExtendedAttribute attribute) => attribute.Name.AsSpan().SequenceEqual(BsdFlags.Name);

    public void Unseal(int descriptor)
    {
        if (IsSealed(Reading.Attributes(descriptor)))
        {
            Linux.SetAttribute(descriptor, new(System.Text.Encoding.UTF8.GetBytes("user." + SimulatedMacReading.Flags), new byte[sizeof(uint)]));
        }
    }

    public bool HasAcl(int descriptor) => false;

    public void RemoveInherited(int descriptor, bool isDirectory, IReadOnlyList<ExtendedAttribute> wanted)
    {
    }

    public void RemoveInherited(int directory, ReadOnlySpan<byte> name)
    {
    }

    public void Sync(int directory) => Linux.Sync(directory);

    private static bool IsSealed(IReadOnlyList<ExtendedAttribute> attributes) =>
        attributes.Any(attribute => attribute.Name.AsSpan().SequenceEqual(BsdFlags.Name) && attribute.Value.AsSpan().IndexOf("uchg"u8) >= 0);

    private static int Refused(int error)
    {
        Marshal.SetLastPInvokeError(error);
        return -1;
    }

    private ExtendedAttribute? Translated(ExtendedAttribute attribute)
    {
        if (MacAttributes.IsOfLinux(attribute.Name))
        {
            return null;
        }

        Set.Add(System.Text.Encoding.UTF8.GetString(attribute.Name));
        if (!IsSeal(attribute))
        {
            return SimulatedMacReading.AsLinux(attribute);
        }

        byte[] flags = new byte[sizeof(uint)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(flags, BsdFlags.Parse(attribute.Value) ?? 0);
        return BsdFlags.Parse(attribute.Value) is null ? null : new(System.Text.Encoding.UTF8.GetBytes("user." + SimulatedMacReading.Flags), flags);
    }
}
