// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Drives.Windows;

/// <summary>An optical drive of Windows. All that it knows is asked of the drive itself, by commands.</summary>
/// <remarks>
/// Windows reads a disc while it is mounted, and has no lasting unmounting: it would mount it again at the next access. So there is nothing
/// to unmount here. Only for ejecting, the volume is locked first, which fails where a program has a file of it open.
/// </remarks>
[SupportedOSPlatform("windows")]
internal sealed unsafe class WindowsDiscDevice(string path, DriveName name) : IDiscDevice
{
    private const int LettersOfDrives = 26;
    private const int NamesSpace = 1 << 16;

    public string Path => path;

    /// <summary>The drive of that name; null where it is a file or folder, or a letter of another drive.</summary>
    public static WindowsDiscDevice? TryOpen(string path) =>
        DriveName.Parse(path) is { } name && (name.Root is null || Kernel32.DriveType(name.Root) == Kernel32.CdromDrive) ? new(path, name) : null;

    /// <summary>Drives by their letters, and those that have none.</summary>
    public static IReadOnlyList<string> OpticalDrives()
    {
        uint letters = Kernel32.LogicalDrives();
        string[] lettered = [.. Enumerable.Range(0, LettersOfDrives).Where(bit => (letters >> bit & 1) != 0).Select(bit => $"{(char)('A' + bit)}:").Where(drive => Kernel32.DriveType(drive + '\\') == Kernel32.CdromDrive)];
        string[] targets = [.. lettered.SelectMany(Names)];
        IEnumerable<string> others = Names(null).Where(device => DriveName.Parse(@"\\.\" + device) is { Root: null } && !targets.Contains(@"\Device\" + device, StringComparer.OrdinalIgnoreCase));
        return [.. lettered, .. others.Order(StringComparer.OrdinalIgnoreCase).Select(device => @"\\.\" + device)];
    }

    public DeviceDescription Describe()
    {
        InquiryData? inquiry = Ask(drive => drive.Inquire(), null);
        return new()
        {
            Node = name.Node,
            IsOptical = true,
            Vendor = inquiry?.Vendor,
            Model = inquiry?.Model,
            Firmware = inquiry?.Firmware,
            IsRemovable = true,
            Identity = DriveIdentity.OfSerial(connection: null, inquiry?.Vendor, inquiry?.Model, Ask(drive => drive.AskSerial(), null)),
        };
    }

    public MediumStatus GetMediumStatus() => Ask(CommandStatus.Of, MediumStatus.Unknown);

    public DiscSurvey? TrySurvey() => Ask(DiscSurveyor.Survey, null);

    public DriveTuning? TryTune() => SptTransport.TryOpen(name.Node, out _) is { } transport ? new(new(transport)) : null;

    public IScsiTransport OpenForWriting() => throw Failures.WritingNotSupported(Path);

    public IReadOnlyList<DeviceMount> GetMounts() => [];

    public ISectorReader OpenMedium(long leadOut, out CacheBypass bypass)
    {
        bypass = CacheBypass.Direct; // commands know of no cache but the drive's own
        if (SptTransport.TryOpen(name.Node, out int error) is not { } transport)
        {
            throw WindowsError.Of(Path, error);
        }

        using OpticalDrive drive = new(new Kept(transport));
        OperationFailedException? refused = CommandStatus.Of(drive) switch
        {
            MediumStatus.NoDisc => Failures.NoDisc(Path),
            MediumStatus.TrayOpen => Failures.TrayOpen(Path),
            MediumStatus.NotReady => Failures.NotReady(Path),
            _ => null,
        };
        if (refused is not null)
        {
            transport.Dispose();
            throw refused;
        }

        return CommandReader.Open(Path, transport, leadOut);
    }

    public void Unmount(DeviceMount mount)
    {
    }

    public void Mount(DeviceMount mount)
    {
    }

    public void Eject()
    {
        using SafeFileHandle file = Kernel32.CreateFile(name.Node, Kernel32.GenericRead, Kernel32.ShareAll, 0, Kernel32.OpenExisting, 0, 0);
        if (file.IsInvalid)
        {
            throw WindowsError.Of(Path, Marshal.GetLastPInvokeError());
        }

        // A device without a letter has no volume to lock.
        if (name.Root is not null && !Control(file, Kernel32.LockVolume))
        {
            throw Failures.CannotEject(Path, "a program has a file of the disc open");
        }

        byte isLocked = 0;
        _ = Control(file, Kernel32.DismountVolume);
        _ = Kernel32.Control(file, Kernel32.MediaRemoval, &isLocked, 1, null, 0, out _, 0); // a lock that was left over would make ejecting fail
        if (!Control(file, Kernel32.EjectMedia))
        {
            throw Failures.CannotEject(Path, Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        }
    }

    private static bool Control(SafeFileHandle file, uint code) => Kernel32.Control(file, code, null, 0, null, 0, out _, 0);

    /// <summary>What a device name stands for; of null, all device names.</summary>
    private static string[] Names(string? device)
    {
        char[] names = new char[NamesSpace];
        fixed (char* start = names)
        {
            uint length = Kernel32.QueryDosDevice(device, start, NamesSpace);
            return new string(names, 0, (int)Math.Min(length, NamesSpace)).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    private T Ask<T>(Func<OpticalDrive, T> ask, T unknown)
    {
        if (SptTransport.TryOpen(name.Node, out _) is not { } transport)
        {
            return unknown;
        }

        using OpticalDrive drive = new(transport);
        try
        {
            return ask(drive);
        }
        catch (IOException)
        {
            return unknown; // gone, or no drive that takes commands
        }
    }

    /// <summary>Goes on to be used by another.</summary>
    private sealed class Kept(IScsiTransport transport) : IScsiTransport
    {
        public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout) => transport.Execute(command, data, timeout);

        public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout) => transport.Send(command, data, timeout);

        public void Dispose()
        {
        }
    }
}
