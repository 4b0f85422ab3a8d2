// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Spindle.Media;

namespace Spindle.Drives.Linux;

/// <summary>A block device of Linux: an optical drive (sr), a loop device, a disk.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxDiscDevice : IDiscDevice
{
    /// <summary>CDSL_CURRENT of linux/cdrom.h: the disc that is in, for drives that change discs themselves.</summary>
    private const nint CurrentSlot = int.MaxValue;

    private readonly string _node;
    private readonly SysfsBlockDevice _system;

    private LinuxDiscDevice(string path, string node)
    {
        Path = path;
        _node = node;
        _system = new(System.IO.Path.GetFileName(node));
    }

    public string Path { get; }

    public static LinuxDiscDevice? TryOpen(string path)
    {
        // Non-blocking: looks at a drive without closing its tray, and at a pipe without waiting for a writer.
        using SafeFileHandle file = LibC.Open(path, LibC.ReadOnly | LibC.NonBlocking);
        int error = Marshal.GetLastPInvokeError();
        if (!file.IsInvalid)
        {
            return LibC.Control(file, LibC.BlockDeviceSize, out _) == 0 ? new(path, NodeOf(path)) : RefuseIfPipe(path, file);
        }

        return path.StartsWith("/dev/", StringComparison.Ordinal) && error != LibC.ErrorNoEntry ? throw CannotOpen(path, error) : null;
    }

    /// <summary>To open a pipe as a file waits for somebody who writes into it, who may never come.</summary>
    private static LinuxDiscDevice? RefuseIfPipe(string path, SafeFileHandle file)
    {
        try
        {
            _ = RandomAccess.GetLength(file);
            return null;
        }
        catch (NotSupportedException e)
        {
            throw new OperationFailedException(
                new("source-is-pipe", $"{path} is no file or drive, but a pipe or another stream", "write it to a file first, and name that"), e);
        }
    }

    public static IReadOnlyList<string> OpticalDrives() =>
        [.. SysfsBlockDevice.All().Where(device => device.IsOptical).Select(device => $"/dev/{device.Name}").Order(StringComparer.Ordinal)];

    public DeviceDescription Describe()
    {
        using SafeFileHandle file = LibC.Open(_node, LibC.ReadOnly | LibC.NonBlocking);
        bool? isReadOnly = !file.IsInvalid && LibC.Control(file, LibC.ReadOnlyFlag, out long flag) == 0 ? (int)(flag & 1) != 0 : null;
        return new()
        {
            Node = _node,
            IsOptical = _system.IsOptical,
            Vendor = _system.Vendor,
            Model = _system.Model,
            Firmware = _system.Firmware,
            IsRemovable = _system.IsRemovable,
            IsReadOnly = isReadOnly,
            Connection = _system.Connection,
        };
    }

    public MediumStatus GetMediumStatus()
    {
        using SafeFileHandle file = LibC.Open(_node, LibC.ReadOnly | LibC.NonBlocking);
        return file.IsInvalid ? MediumStatus.Unknown : MediumStatusOf(file);
    }

    public DiscSurvey? TrySurvey()
    {
        if (!_system.IsOptical || SgTransport.TryOpen(_node) is not { } transport)
        {
            return null;
        }

        using OpticalDrive drive = new(transport);
        try
        {
            return DiscSurveyor.Survey(drive);
        }
        catch (IOException)
        {
            // Gone, or no drive that takes commands.
            return null;
        }
    }

    public DriveTuning? TryTune() =>
        _system.IsOptical && SgTransport.TryOpen(_node, forSettings: true) is { } transport ? new(new(transport)) : null;

    public IReadOnlyList<DeviceMount> GetMounts() => MountTable.Of(_system.DeviceNumbers());

    public ISectorReader OpenMedium(long leadOut, out CacheBypass bypass)
    {
        // Asked first: a plain open would close an open tray, and an empty drive goes on telling the last disc's size.
        Failure? failure = GetMediumStatus() switch
        {
            MediumStatus.NoDisc => new("no-medium", $"{Path} holds no disc", "insert a disc and close the tray"),
            MediumStatus.TrayOpen => new("tray-open", $"the tray of {Path} is open", "insert a disc and close the tray"),
            MediumStatus.NotReady => new("not-ready", $"{Path} is still looking at the disc", "wait until the drive's light stops blinking"),
            _ => null,
        };
        return failure is null ? LinuxBlockDevice.Open(Path, _system.IsOptical, leadOut, out bypass) : throw new OperationFailedException(failure);
    }

    public void Unmount(DeviceMount mount)
    {
        if (LibC.Unmount(mount.Point, 0) == 0)
        {
            return;
        }

        int error = Marshal.GetLastPInvokeError();
        // Users may unmount what the desktop mounted for them, through its own service.
        if (error is LibC.ErrorPermission or LibC.ErrorAccess
            && (Succeeds("umount", mount.Point) || Succeeds("udisksctl", "unmount", "--no-user-interaction", "-b", _node)))
        {
            return;
        }

        throw new OperationFailedException(new(
            "cannot-unmount",
            $"{mount.Point}, where {Path} is mounted, cannot be unmounted: {LibC.Describe(error)}",
            error == LibC.ErrorBusy ? "close what uses files there" : "unmount it yourself, or run as a user who may"));
    }

    public void Mount(DeviceMount mount)
    {
        // A desktop may have been quicker.
        if (GetMounts().Any(there => there.Point == mount.Point))
        {
            return;
        }

        // Asked first: to mount it, the kernel would close an open tray.
        Failure NotMounted(string why) => new(
            "not-mounted-again", $"{mount.Point}, where {Path} was mounted before, is not mounted any more: {why}", $"run {mount.CommandFor(_node)}");
        if (GetMediumStatus() is MediumStatus.NoDisc or MediumStatus.TrayOpen or MediumStatus.NotReady)
        {
            throw new OperationFailedException(NotMounted("the disc is not in the drive") with { Hint = null });
        }

        int error = Remount.Try(_node, mount, GetMounts());

        // Users may mount what the system's table or the desktop's service lets them.
        if (error is LibC.ErrorPermission or LibC.ErrorAccess
            && (Succeeds("mount", mount.Point) || Succeeds("udisksctl", "mount", "--no-user-interaction", "-b", _node)))
        {
            error = 0;
        }

        IReadOnlyList<DeviceMount> now = GetMounts();
        if (error != 0 || now.All(there => there.Point != mount.Point))
        {
            string? elsewhere = now.Select(there => there.Point).FirstOrDefault();
            throw new OperationFailedException(NotMounted(error != 0 ? LibC.Describe(error) : $"the system mounted it at {elsewhere ?? "another place"}"));
        }
    }

    public void Eject()
    {
        using SafeFileHandle file = LibC.Open(_node, LibC.ReadOnly | LibC.NonBlocking);
        int error = file.IsInvalid ? Marshal.GetLastPInvokeError() : 0;
        if (error == 0)
        {
            // The kernel locks the door while a disc is open or mounted; a lock that was left over would make ejecting fail.
            _ = LibC.Control(file, LibC.CdromLockDoor, 0);
            error = LibC.Control(file, LibC.CdromEject, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }

        if (error != 0)
        {
            throw new OperationFailedException(new(
                "cannot-eject", $"{Path} did not eject the disc: {LibC.Describe(error)}", "press the button of the drive"));
        }
    }

    internal static MediumStatus MediumStatusOf(SafeFileHandle file) => LibC.Control(file, LibC.CdromDriveStatus, CurrentSlot) switch
    {
        1 => MediumStatus.NoDisc, // CDS_NO_DISC …: linux/cdrom.h
        2 => MediumStatus.TrayOpen,
        3 => MediumStatus.NotReady,
        4 => MediumStatus.Ready,
        _ => MediumStatus.Unknown,
    };

    internal static OperationFailedException CannotOpen(string path, int error) => new(error switch
    {
        LibC.ErrorNoMedium => new("no-medium", $"{path} holds no readable disc", "insert a disc, close the tray, and wait until the drive's light stops blinking"),
        LibC.ErrorPermission or LibC.ErrorAccess => new(
            "source-denied", $"{path} may not be read by this user", "join the group that owns it (often 'cdrom' or 'optical'), or run with sudo"),
        LibC.ErrorBusy => new("source-busy", $"another program is using {path}", "close that program and try again"),
        LibC.ErrorNoSuchDevice or LibC.ErrorDeviceGone => new("drive-gone", $"{path} is not connected", "check its cable and power"),
        _ => new("source-unreadable", $"{path} cannot be opened: {LibC.Describe(error)}"),
    });

    internal static string NodeOf(string path) =>
        new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? System.IO.Path.GetFullPath(path);

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
            using Process process = Process.Start(start)!;
            return process.WaitForExit(TimeSpan.FromSeconds(30)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // The program is not installed.
            return false;
        }
    }
}
