// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Linux;
using Spindle.Files.Mounting.Fuse;
using Spindle.Files.Unix;

namespace Spindle.Files.Mounting.Linux;

/// <summary>Hangs a drive on a directory, and takes it down: root by mount(2), others by <c>fusermount3</c>, which may do so for them.</summary>
internal static unsafe class LinuxMount
{
    private const string Device = "/dev/fuse", Name = "spindle";
    private const string MountsOfThisProcess = "/proc/self/mounts";

    private static readonly string[] Helpers = ["fusermount3", "fusermount"];

    private static bool IsRoot => Posix.EffectiveUser() == 0;

    /// <summary>Whether something of a drive hangs there that nobody answers for.</summary>
    public static bool IsStale(string directory)
    {
        using SafeFileHandle there = LibC.Open(directory, LibC.ReadOnly | LibC.Directory);
        byte* status = stackalloc byte[256]; // struct statfs has 120

        // Names and attributes the system may have kept; how much room there is, it asks for each time.
        return (there.IsInvalid || LibC.FileSystemStatus(there, status) != 0) && Marshal.GetLastPInvokeError() == LibC.ErrorNotConnected;
    }

    /// <summary>Whether a drive hangs on a directory, as the system tells.</summary>
    public static bool IsMounted(string directory) =>
        File.ReadLines(MountsOfThisProcess).Select(line => line.Split(' ')).Any(words => words.Length > 2 && words[2].StartsWith("fuse", StringComparison.Ordinal) && Plain(words[1]) == directory);

    /// <summary>Mounts: for root, all users get in, each as the permissions in the archive say; else only who mounts, and he sees all.</summary>
    /// <param name="directory">An absolute path without links.</param>
    /// <exception cref="MountFailedException">It could not be done.</exception>
    public static FuseDevice Mount(string directory) => new(IsRoot ? MountAsRoot(directory) : MountAsUser(directory));

    /// <summary>Takes it down; where somebody is in it, as soon as nobody is any more.</summary>
    public static void Unmount(string directory)
    {
        if (IsRoot)
        {
            if (LibC.Unmount(directory, 0) != 0 && Marshal.GetLastPInvokeError() == LibC.ErrorBusy)
            {
                _ = LibC.Unmount(directory, LibC.DetachMount);
            }
        }
        else if (Run(["-u", "-q", directory]) != 0 && IsMounted(directory))
        {
            _ = Run(["-u", "-q", "-z", directory]);
        }
    }

    private static SafeFileHandle MountAsRoot(string directory)
    {
        SafeFileHandle device = LibC.Open(Device, LibC.ReadWrite);
        if (device.IsInvalid)
        {
            throw Refused(Marshal.GetLastPInvokeError());
        }

        string data = string.Create(CultureInfo.InvariantCulture, $"fd={(int)device.DangerousGetHandle()},rootmode=40000,user_id=0,group_id={LibC.EffectiveGroup()},max_read={FuseReply.LargestRead},allow_other,default_permissions");
        if (LibC.Mount(Name, directory, "fuse.spindle", LibC.MountReadOnly | LibC.MountNoSetId | LibC.MountNoDevices, data) == 0)
        {
            return device;
        }

        int error = Marshal.GetLastPInvokeError();
        device.Dispose();
        throw Refused(error);
    }

    /// <summary>The helper mounts, and hands the open device over a socket (fusermount3(1), <c>_FUSE_COMMFD</c>).</summary>
    private static SafeFileHandle MountAsUser(string directory)
    {
        if (!File.Exists(Device))
        {
            throw Refused(LibC.ErrorNoEntry);
        }

        int* ends = stackalloc int[2];
        if (LibC.MakeSockets(LibC.LocalSockets, LibC.StreamSocket, 0, ends) != 0)
        {
            throw Refused(Marshal.GetLastPInvokeError());
        }

        using SafeFileHandle ours = new(ends[0], ownsHandle: true);
        string options = string.Create(CultureInfo.InvariantCulture, $"ro,nosuid,nodev,fsname={Name},subtype={Name},max_read={FuseReply.LargestRead}");
        string words;
        using (SafeFileHandle theirs = new(ends[1], ownsHandle: true))
        using (Process helper = Start(["-o", options, "--", directory], ends[1]))
        {
            words = helper.StandardError.ReadToEnd().Trim();
            helper.WaitForExit();
            if (helper.ExitCode != 0)
            {
                throw new MountFailedException(MountObstacle.Refused, words.Length > 0 ? words : $"{helper.StartInfo.FileName} ends with {helper.ExitCode}");
            }
        }

        return ReceiveDescriptor(ours) ?? throw new MountFailedException(MountObstacle.Refused, words);
    }

    private static int Run(IReadOnlyList<string> arguments)
    {
        using Process helper = Start(arguments, null);
        _ = helper.StandardError.ReadToEnd();
        helper.WaitForExit();
        return helper.ExitCode;
    }

    private static Process Start(IReadOnlyList<string> arguments, int? socket)
    {
        foreach (string program in Helpers)
        {
            ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
            if (socket is { } number)
            {
                start.Environment["_FUSE_COMMFD"] = number.ToString(CultureInfo.InvariantCulture);
            }

            try
            {
                return Process.Start(start)!;
            }
            catch (Win32Exception)
            {
                // The next one.
            }
        }

        throw new MountFailedException(MountObstacle.NoHelper, "there is no fusermount3");
    }

    /// <summary>Takes the descriptor that comes with one byte (unix(7), cmsg(3)); sizes are those of 64-bit machines.</summary>
    private static SafeFileHandle? ReceiveDescriptor(SafeFileHandle socket)
    {
        const int ControlLength = 24; // struct cmsghdr of 16 bytes, an int, and what aligns it
        byte* content = stackalloc byte[1];
        byte* control = stackalloc byte[ControlLength];
        nint* vector = stackalloc nint[2];
        (vector[0], vector[1]) = ((nint)content, 1);
        nint* header = stackalloc nint[7];
        (header[0], header[1], header[2], header[3], header[4], header[5], header[6]) = (0, 0, (nint)vector, 1, (nint)control, ControlLength, 0);
        nint length;
        do
        {
            length = LibC.ReceiveMessage(socket, (byte*)header, LibC.CloseReceivedOnExec);
        }
        while (length < 0 && Marshal.GetLastPInvokeError() == LibC.ErrorInterrupted);

        ReadOnlySpan<byte> message = new(control, ControlLength);
        bool isDescriptor = length > 0 && header[5] >= 20
            && BinaryPrimitives.ReadInt32LittleEndian(message[8..]) == LibC.SocketLevel && BinaryPrimitives.ReadInt32LittleEndian(message[12..]) == LibC.PassedDescriptors;
        return isDescriptor ? new(BinaryPrimitives.ReadInt32LittleEndian(message[16..]), ownsHandle: true) : null;
    }

    private static MountFailedException Refused(int error) => new(
        error switch
        {
            LibC.ErrorNoEntry or LibC.ErrorNoSuchDevice or LibC.ErrorNoSuchDeviceOrAddress => MountObstacle.NoFuse,
            LibC.ErrorPermission or LibC.ErrorAccess => MountObstacle.Denied,
            _ => MountObstacle.Refused,
        },
        LibC.Describe(error));

    /// <summary>A path as the system's table has it: blanks, tabs, newlines and backslashes as octal numbers (getmntent(3)).</summary>
    private static string Plain(string escaped) => escaped.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal)
        .Replace("\\012", "\n", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);
}
