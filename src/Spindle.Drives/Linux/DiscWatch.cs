// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Spindle.Media;

namespace Spindle.Drives.Linux;

/// <summary>Follows whether a drive, and the disc in it, are still those that a file was opened on.</summary>
/// <remarks>
/// The drive says once that its disc was changed, to whoever asks next: a desktop that looks at drives every two seconds is told, and a
/// copy reads on from the other disc. The kernel notes when that was, and tells everyone (since Linux 5.16); before, it tells the first
/// who asks by CDROM_MEDIA_CHANGED, whatever opening the drive has shown to others.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class DiscWatch
{
    /// <summary>CDSL_CURRENT of linux/cdrom.h.</summary>
    private const nint CurrentSlot = int.MaxValue;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly SysfsBlockDevice _system;
    private readonly string? _place;
    private readonly bool _isOptical;
    private readonly bool _isTimed;
    private readonly long _lastChange;

    public DiscWatch(SafeFileHandle file, string path, bool isOptical)
    {
        _file = file;
        _path = path;
        _isOptical = isOptical;
        _system = new(Path.GetFileName(LinuxDiscDevice.NodeOf(path)));
        _place = _system.Place;
        if (isOptical)
        {
            // What had happened before is heard now, and counts no more.
            long? asked = AskTime(0);
            _isTimed = asked is not null;
            _lastChange = asked ?? 0;
            _ = _isTimed ? 0 : LibC.Control(file, LibC.CdromMediaChanged, CurrentSlot);
        }
    }

    /// <inheritdoc cref="IMediumWatch.Check"/>
    public void Check()
    {
        RefuseIfGone(0);
        if (!_isOptical)
        {
            return;
        }

        bool isChanged = _isTimed
            ? AskTime(_lastChange) > _lastChange
            : LibC.Control(_file, LibC.CdromMediaChanged, CurrentSlot) > 0;
        RefuseIfGone(isChanged ? 0 : Marshal.GetLastPInvokeError());
        if (isChanged || LinuxDiscDevice.MediumStatusOf(_file) is MediumStatus.NoDisc or MediumStatus.TrayOpen)
        {
            throw Changed();
        }
    }

    /// <summary>Tells a drive that is no more from a sector that cannot be read.</summary>
    /// <param name="error">What the system said; 0 for nothing.</param>
    public void RefuseIfGone(int error)
    {
        bool isGone = error is LibC.ErrorNoSuchDevice or LibC.ErrorDeviceGone or LibC.ErrorShutdown
            || (_place is not null && (_system.Place != _place || _system.IsOffline));
        if (isGone)
        {
            throw Failures.Vanished(_path, error == 0 ? null : LibC.Describe(error));
        }
    }

    /// <summary>What is thrown where the disc is no longer there, or no longer the same.</summary>
    public OperationFailedException Changed() => Failures.DiscChanged(_path);

    /// <returns>When the disc was changed last, in milliseconds since the system started; null where the kernel does not say.</returns>
    private unsafe long? AskTime(long known)
    {
        // struct cdrom_timed_media_change_info: __s64 last_media_change, __u64 media_flags.
        long* information = stackalloc long[2];
        information[0] = known;
        information[1] = 0;
        return LibC.Control(_file, LibC.CdromTimedMediaChange, (nint)information) == 0 ? information[0] : null;
    }
}
