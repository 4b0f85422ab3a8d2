// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;
using Spindle.Files.Unix;

namespace Spindle.Files.Listing.Unix;

/// <summary>Files as Unix systems show them: names are bytes, and all else that their file systems keep.</summary>
/// <param name="system">What the system does in its own way.</param>
internal sealed unsafe class UnixSource(IUnixReading system) : ISourceSystem
{
    private const int NameServiceBuffer = 64 * 1024;
    private const int NameServiceRecord = 128; // longer than struct passwd and struct group

    public ISourceDirectory OpenRoot(string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path + '\0');
        fixed (byte* name = bytes)
        {
            int descriptor = system.OpenDirectory(system.CurrentDirectory, name, followsLink: true);
            return descriptor >= 0 ? new UnixDirectory(system, descriptor) : throw Error(system);
        }
    }

    public byte[]? UserName(long uid) => NameOf(uid, Posix.GetUser);

    public byte[]? GroupName(long gid) => NameOf(gid, Posix.GetGroup);

    public bool IsRotational(long device) => system.IsRotational(device);

    /// <summary>What the system said last.</summary>
    internal static SourceException Error(IUnixReading system)
    {
        int code = Marshal.GetLastPInvokeError();
        return new(
            Marshal.GetPInvokeErrorMessage(code),
            isGone: system.FaultOf(code) is UnixFault.NoEntry or UnixFault.NotADirectory or UnixFault.IsALink or UnixFault.NothingThere);
    }

    private static byte[]? NameOf(long number, NameService service)
    {
        byte[] buffer = new byte[NameServiceBuffer];
        byte* record = stackalloc byte[NameServiceRecord];
        byte* result = null;
        fixed (byte* text = buffer)
        {
            // The name is the first member of struct passwd and of struct group (pwd.h, grp.h).
            int error = service((uint)number, record, text, buffer.Length, &result);
            return error == 0 && result != null ? MemoryFrom(*(byte**)result) : null;
        }
    }

    private static byte[] MemoryFrom(byte* text)
    {
        int length = 0;
        while (text[length] != 0)
        {
            length++;
        }

        return new ReadOnlySpan<byte>(text, length).ToArray();
    }

    private delegate int NameService(uint number, byte* record, byte* buffer, nint length, byte** result);
}
