// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Files.Linux;

/// <content>What mounts a drive of our own.</content>
internal static unsafe partial class LibC
{
    public const int ErrorNoSuchDevice = 19; // ENODEV
    public const int ErrorBusy = 16;
    public const int ErrorAborted = 103; // ECONNABORTED
    public const int ErrorNotConnected = 107; // ENOTCONN

    public const ulong MountReadOnly = 1; // MS_RDONLY, linux/mount.h
    public const ulong MountNoSetId = 2; // MS_NOSUID
    public const ulong MountNoDevices = 4; // MS_NODEV
    public const int DetachMount = 2; // MNT_DETACH

    public const int LocalSockets = 1; // AF_UNIX
    public const int StreamSocket = 1; // SOCK_STREAM
    public const int SocketLevel = 1; // SOL_SOCKET
    public const int PassedDescriptors = 1; // SCM_RIGHTS
    public const int CloseReceivedOnExec = 0x40000000; // MSG_CMSG_CLOEXEC

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string target, string type, ulong flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unmount(string target, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    public static partial int MakeSockets(int domain, int type, int protocol, int* descriptors);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(SafeFileHandle socket, byte* header, int flags);

    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();
}
