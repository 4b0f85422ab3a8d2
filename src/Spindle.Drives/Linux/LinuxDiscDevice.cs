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
            throw Failures.IsPipe(path, e);
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
            Identity = _system.Identity ?? _system.Port,
            Port = _system.Port,
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

    public IScsiTransport OpenForWriting()
    {
        if (!_system.IsOptical)
        {
            throw Failures.NoDrive(Path);
        }

        // Exclusive: the kernel refuses it while the disc is mounted, and refuses to mount it from now on.
        SafeFileHandle file = LibC.Open(_node, LibC.ReadWrite | LibC.NonBlocking | LibC.Exclusive);
        int error = Marshal.GetLastPInvokeError();
        return !file.IsInvalid ? new SgTransport(file, ownsFile: true)
            : throw (error is LibC.ErrorPermission or LibC.ErrorAccess ? Failures.DeniedToWrite(Path) : CannotOpen(Path, error));
    }

    public IReadOnlyList<DeviceMount> GetMounts() => MountTable.Of(_system.DeviceNumbers());

    public ISectorReader OpenMedium(long leadOut, out CacheBypass bypass)
    {
        // Asked first: a plain open would close an open tray, and an empty drive goes on telling the last disc's size.
        return GetMediumStatus() switch
        {
            MediumStatus.NoDisc => throw Failures.NoDisc(Path),
            MediumStatus.TrayOpen => throw Failures.TrayOpen(Path),
            MediumStatus.NotReady => throw Failures.NotReady(Path),
            _ => LinuxBlockDevice.Open(Path, _system.IsOptical, leadOut, out bypass),
        };
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

        throw Failures.CannotUnmount(Path, mount.Point, LibC.Describe(error), isBusy: error == LibC.ErrorBusy);
    }

    public void Mount(DeviceMount mount)
    {
        // A desktop may have been quicker.
        if (GetMounts().Any(there => there.Point == mount.Point))
        {
            return;
        }

        // Asked first: to mount it, the kernel would close an open tray.
        if (GetMediumStatus() is MediumStatus.NoDisc or MediumStatus.TrayOpen or MediumStatus.NotReady)
        {
            throw Failures.NotMountedAgain(Path, mount.Point, "the disc is not in the drive", command: null);
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
            string why = error != 0 ? LibC.Describe(error) : $"the system mounted it at {elsewhere ?? "another place"}";
            throw Failures.NotMountedAgain(Path, mount.Point, why, mount.CommandFor(_node));
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
            throw Failures.CannotEject(Path, LibC.Describe(error));
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

    internal static OperationFailedException CannotOpen(string path, int error) => error switch
    {
        LibC.ErrorNoMedium => Failures.NoReadableDisc(path),
        LibC.ErrorPermission or LibC.ErrorAccess => Failures.Denied(path),
        LibC.ErrorBusy => Failures.Busy(path),
        LibC.ErrorNoSuchDevice or LibC.ErrorDeviceGone => Failures.NotConnected(path),
        _ => Failures.CannotOpen(path, LibC.Describe(error)),
    };

    /// <summary>Node and identity, by what the kernel knows: nothing is opened.</summary>
    internal static (string Node, string? Identity) NameOf(string path)
    {
        string node = NodeOf(path);
        SysfsBlockDevice system = new(System.IO.Path.GetFileName(node));
        return (node, system.Identity ?? system.Port);
    }

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
