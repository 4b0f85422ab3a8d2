// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Spindle.Drives.Linux;

/// <summary>Mounts a device as it was mounted before, by what the kernel's table said of it (mount(2)).</summary>
[SupportedOSPlatform("linux")]
internal static class Remount
{
    private const uint Remounting = 0x20; // MS_REMOUNT, linux/mount.h
    private const uint Binding = 0x1000; // MS_BIND

    /// <summary>What the table shows where neither of the flags on access times is set: MS_STRICTATIME, for the kernel's own choice is relatime.</summary>
    private const uint StrictAccessTimes = 1 << 24;

    private static readonly Dictionary<string, uint> Flags = new()
    {
        ["rw"] = 0,
        ["ro"] = 1, // MS_RDONLY
        ["nosuid"] = 2,
        ["nodev"] = 4,
        ["noexec"] = 8,
        ["sync"] = 16,
        ["mand"] = 64,
        ["dirsync"] = 128,
        ["nosymfollow"] = 256,
        ["noatime"] = 1024,
        ["nodiratime"] = 2048,
        ["relatime"] = 1 << 21,
        ["lazytime"] = 1 << 25,
    };

    /// <summary>Shown by the kernel, and not taken by it.</summary>
    private static readonly string[] ShownOnly = ["seclabel"];

    /// <returns>0, or the error's number.</returns>
    public static int Try(string node, DeviceMount mount, IReadOnlyList<DeviceMount> others)
    {
        uint flags = FlagsOf(mount);
        if (mount.Root == "/")
        {
            return ErrorOf(LibC.Mount(node, mount.Point, mount.FileSystem, flags, DataOf(mount)));
        }

        // A part of the disc that is seen elsewhere: it is bound there from where the whole is mounted.
        if (others.FirstOrDefault(other => other.Root == "/") is not { } whole)
        {
            return LibC.ErrorInvalid;
        }

        int error = ErrorOf(LibC.Mount(whole.Point + mount.Root, mount.Point, null, Binding, null));
        return error != 0 ? error : ErrorOf(LibC.Mount(node, mount.Point, null, Binding | Remounting | flags, null));
    }

    internal static uint FlagsOf(DeviceMount mount)
    {
        string[] options = mount.Options.Split(',');
        uint flags = options.Aggregate(0u, (sum, option) => sum | Flags.GetValueOrDefault(option));
        return options.Any(option => option is "noatime" or "relatime") ? flags : flags | StrictAccessTimes;
    }

    /// <summary>What is the file system's own among the options.</summary>
    internal static string DataOf(DeviceMount mount) =>
        string.Join(',', mount.Options.Split(',').Where(option => !Flags.ContainsKey(option) && !ShownOnly.Contains(option)));

    private static int ErrorOf(int result) => result == 0 ? 0 : Marshal.GetLastPInvokeError();
}
