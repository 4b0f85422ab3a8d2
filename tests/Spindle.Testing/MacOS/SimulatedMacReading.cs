// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Listing.Linux;
using Spindle.Files.Listing.MacOS;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Unix;

namespace Spindle.Testing.MacOS;

/// <summary>macOS, played by Linux: attributes without namespaces are kept in that of users, and flags in one of their own; what macOS does otherwise is done so.</summary>
internal sealed unsafe class SimulatedMacReading : IUnixReading
{
    public const string Flags = "flags of a Mac";

    private const string Users = "user.";

    private static readonly LinuxReading Linux = LinuxReading.Instance;

    public int CurrentDirectory => Linux.CurrentDirectory;

    public int SeekData => Linux.SeekData;

    public int SeekHole => Linux.SeekHole;

    public int OpenDirectory(int above, byte* name, bool followsLink) => Linux.OpenDirectory(above, name, followsLink);

    public int OpenFile(int directory, byte* name) => Linux.OpenFile(directory, name);

    public bool TryStatus(int directory, byte* name, out NodeStatus status) => Linux.TryStatus(directory, name, out status);

    public bool TryList(int directory, DirectoryListing listing) => Linux.TryList(directory, listing);

    public IReadOnlyList<ExtendedAttribute> Attributes(int descriptor) => AsMac(Linux.Attributes(descriptor));

    public IReadOnlyList<ExtendedAttribute> Attributes(int directory, ReadOnlySpan<byte> name) => AsMac(Linux.Attributes(directory, name));

    public UnixFault FaultOf(int error) => Linux.FaultOf(error);

    public bool IsRotational(long device) => false;

    /// <summary>An attribute as Linux takes it.</summary>
    public static ExtendedAttribute AsLinux(ExtendedAttribute attribute) => attribute with { Name = [.. "user."u8, .. attribute.Name] };

    private static IReadOnlyList<ExtendedAttribute> AsMac(IReadOnlyList<ExtendedAttribute> attributes)
    {
        Dictionary<string, byte[]> values = attributes.ToDictionary(attribute => System.Text.Encoding.UTF8.GetString(attribute.Name), attribute => attribute.Value);
        uint flags = values.TryGetValue(Users + Flags, out byte[]? kept) ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(kept) : 0;
        return MacAttributes.Of(flags, new Calls(values.Where(value => value.Key.StartsWith(Users, StringComparison.Ordinal) && value.Key != Users + Flags)
            .ToDictionary(value => value.Key[Users.Length..], value => value.Value)));
    }

    private sealed class Calls(Dictionary<string, byte[]> values) : IMacAttributeCalls
    {
        public nint List(Span<byte> list)
        {
            byte[] names = System.Text.Encoding.UTF8.GetBytes(string.Concat(values.Keys.Select(name => name + '\0')));
            names.AsSpan(0, Math.Min(names.Length, list.Length)).CopyTo(list);
            return names.Length;
        }

        public nint Get(byte[] name, Span<byte> value)
        {
            byte[] found = values[System.Text.Encoding.UTF8.GetString(name.AsSpan(0, name.Length - 1))];
            found.AsSpan(0, Math.Min(found.Length, value.Length)).CopyTo(value);
            return found.Length;
        }

        public bool HasAccessList() => false; // Linux's are attributes
    }
}
