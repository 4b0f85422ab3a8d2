// SPDX-License-Identifier: MIT
using Spindle.Files.Unix;

namespace Spindle.Files.Listing.Unix;

/// <summary>A directory by its descriptor: whatever happens to the names above it, it stays the same one.</summary>
internal sealed unsafe class UnixDirectory : ISourceDirectory
{
    private const int LongestPath = 1000; // below PATH_MAX of every system: 1024 with the zero on macOS, 4096 on Linux
    private const int LongestLink = 64 * 1024;

    private readonly IUnixReading _system;
    private readonly int _descriptor;

    public UnixDirectory(IUnixReading system, int descriptor)
    {
        (_system, _descriptor) = (system, descriptor);
        byte nothing = 0;
        if (!system.TryStatus(descriptor, &nothing, out NodeStatus status))
        {
            throw UnixSource.Error(system);
        }

        Status = status;
    }

    public NodeStatus Status { get; }

    public void List(DirectoryListing listing)
    {
        if (!_system.TryList(_descriptor, listing))
        {
            throw UnixSource.Error(_system);
        }
    }

    public ISourceDirectory OpenDirectory(ReadOnlySpan<byte> path)
    {
        int at = _descriptor;
        try
        {
            // A path may be longer than the system takes at once.
            while (path.Length > LongestPath)
            {
                int cut = path[..LongestPath].LastIndexOf((byte)'/');
                int next = Open(at, path[..cut]);
                Leave(at);
                at = next;
                path = path[(cut + 1)..];
            }

            return new UnixDirectory(_system, path.IsEmpty ? Open(at, "."u8) : Open(at, path));
        }
        finally
        {
            Leave(at);
        }
    }

    public ISourceFile OpenFile(ReadOnlySpan<byte> name)
    {
        byte* zeroTerminated = stackalloc byte[name.Length + 1];
        name.CopyTo(new(zeroTerminated, name.Length));
        zeroTerminated[name.Length] = 0;
        int descriptor = _system.OpenFile(_descriptor, zeroTerminated);
        return descriptor >= 0 ? new UnixFile(_system, descriptor) : throw UnixSource.Error(_system);
    }

    public byte[] ReadLink(ReadOnlySpan<byte> name)
    {
        byte[] target = new byte[LongestLink];
        byte* zeroTerminated = stackalloc byte[name.Length + 1];
        name.CopyTo(new(zeroTerminated, name.Length));
        zeroTerminated[name.Length] = 0;
        fixed (byte* buffer = target)
        {
            nint length = Posix.ReadLinkAt(_descriptor, zeroTerminated, buffer, target.Length);
            return length >= 0 ? target[..(int)length] : throw UnixSource.Error(_system);
        }
    }

    public IReadOnlyList<ExtendedAttribute> Attributes(ReadOnlySpan<byte> name) => _system.Attributes(_descriptor, name);

    public void Dispose() => _ = Posix.Close(_descriptor);

    private int Open(int above, ReadOnlySpan<byte> name)
    {
        byte* zeroTerminated = stackalloc byte[name.Length + 1];
        name.CopyTo(new(zeroTerminated, name.Length));
        zeroTerminated[name.Length] = 0;
        int descriptor = _system.OpenDirectory(above, zeroTerminated, followsLink: false);
        return descriptor >= 0 ? descriptor : throw UnixSource.Error(_system);
    }

    private void Leave(int descriptor)
    {
        if (descriptor != _descriptor)
        {
            _ = Posix.Close(descriptor);
        }
    }
}
