// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Drives;
using Spindle.Drives.MacOS;
using Xunit;

namespace Spindle.Testing.MacOS;

/// <summary>
/// A Mac with optical drives: programs <c>ioreg</c> and <c>diskutil</c> that print property lists and take discs out, and calls that read
/// them. The lists have the form and keys of those that <c>ioreg -a</c> and <c>diskutil -plist</c> print, and are laid out by hand: none
/// with an optical disc was to be had.
/// </summary>
public sealed class SimulatedMac : IDisposable
{
    private const string Head = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        """;

    private readonly TempDirectory _directory = new();
    private readonly List<Drive> _drives = [];
    private readonly SimulatedMacCalls _calls;

    public SimulatedMac()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "its programs are scripts of a Unix shell");
        _calls = new(
            name => File.Exists(_directory[$"list-{name}.plist"]) ? _drives.FirstOrDefault(drive => drive.Name == name)?.Disc : null,
            (name, isOpen) =>
            {
                if (isOpen)
                {
                    Write($"open-{name}", "");
                }
                else
                {
                    File.Delete(_directory[$"open-{name}"]);
                }
            });
        Directory.CreateDirectory(_directory["bin"]);
        Program("ioreg", """
            [ "$1 $2 $4 $5 $6 $7" = "-r -c -l -w 0 -a" ] || { echo "usage: ioreg" >&2; exit 64; }
            [ ! -f fail-ioreg ] || { cat fail-ioreg >&2; exit 1; }
            cat "$3.plist" 2>/dev/null || true
            """);
        Program("diskutil", """
            echo "$*" >> calls
            if [ -f "fail-$1" ]; then cat "fail-$1" >&2; exit 1; fi
            case "$1" in
            list | info)
                [ "$2" = -plist ] || exit 64
                [ -f "$1-$3.plist" ] || { echo "Could not find disk: $3"; exit 1; }
                cat "$1-$3.plist";;
            unmount)
                for list in list-*.plist; do
                    if grep -q "<string>$2</string>" "$list"; then grep -v "<string>$2</string>" "$list" > new; mv new "$list"; echo "Volume unmounted"; exit 0; fi
                done
                echo "$2 is not mounted" >&2; exit 1;;
            mount)
                cp "mounted-$2" "list-$(cat "whole-$2").plist";;
            eject)
                [ ! -f "open-$2" ] || { echo "Disk $2 failed to eject: it is in use" >&2; exit 1; } # whoever has its node open keeps it
                rm "list-$2.plist" "info-$2.plist"
                cp "empty-$(cat "service-$2").plist" "$(cat "service-$2").plist"
                echo "Disk $2 ejected";;
            *) exit 64;;
            esac
            """);
        Machine = new(_calls, new SystemPrograms(_directory["bin"]));
    }

    internal MacMachine Machine { get; }

    internal SimulatedMacCalls Calls => _calls;

    /// <summary>What <c>diskutil</c> was called with, in order.</summary>
    public IReadOnlyList<string> Told => File.Exists(_directory["calls"]) ? File.ReadAllLines(_directory["calls"]) : [];

    public IReadOnlyList<string> OpticalDrives() => Machine.OpticalDrives();

    public IDiscDevice? TryOpen(string path) => Machine.TryOpen(path);

    /// <summary>Attaches an empty drive; one of each service at most.</summary>
    public void Attach(string service, string vendor = "PIONEER", string model = "BD-RW BDR-XD07", string firmware = "1.02", string bus = "USB")
    {
        Drive drive = new(4294968000 + _drives.Count, service, vendor, model, firmware, bus);
        _drives.Add(drive);
        Write($"{service}.plist", RegistryOf(drive));
        Write($"empty-{service}.plist", RegistryOf(drive));
    }

    /// <summary>Takes a drive away.</summary>
    public void Detach(string service)
    {
        Drive drive = _drives.Single(drive => drive.Service == service);
        _drives.Remove(drive);
        File.Delete(_directory[$"{service}.plist"]);
        File.Delete(_directory[$"list-{drive.Name}.plist"]);
    }

    /// <summary>Puts a disc into a drive.</summary>
    public void Insert(string service, string name, SimulatedMacDisc disc)
    {
        Drive drive = _drives.Single(drive => drive.Service == service);
        (drive.Name, drive.Disc) = (name, disc);
        Write($"{service}.plist", RegistryOf(drive));
        Write($"service-{name}", service);
        Write($"list-{name}.plist", ListOf(name, disc));
        Write($"info-{name}.plist", $"{Head}<dict><key>DeviceIdentifier</key><string>{name}</string><key>OpticalMediaType</key><string>{disc.Type}</string></dict></plist>");
        foreach ((string part, (string _, string fileSystem)) in disc.Mounts)
        {
            Write($"info-{name}{part}.plist", $"""
                {Head}<dict><key>DeviceIdentifier</key><string>{name}{part}</string><key>FilesystemType</key><string>{fileSystem}</string>
                <key>WritableMedia</key><false/><key>WritableVolume</key><false/></dict></plist>
                """);
            Write($"mounted-{name}{part}", ListOf(name, disc));
            Write($"whole-{name}{part}", name);
        }
    }

    /// <summary>Takes a disc out by the drive's own button, whoever uses it.</summary>
    public void TakeOut(string service)
    {
        Drive drive = _drives.Single(drive => drive.Service == service);
        File.Delete(_directory[$"list-{drive.Name}.plist"]);
        File.Delete(_directory[$"info-{drive.Name}.plist"]);
        (drive.Name, drive.Disc) = (null, null);
        Write($"{service}.plist", RegistryOf(drive));
    }

    /// <summary>Has a disk that is in no optical drive.</summary>
    public void AddDisk(string name, string model) => Write($"info-{name}.plist", $"""
        {Head}<dict><key>BusProtocol</key><string>USB</string><key>DeviceIdentifier</key><string>{name}</string>
        <key>MediaName</key><string>{model}</string><key>RemovableMedia</key><true/><key>WritableMedia</key><true/></dict></plist>
        """);

    /// <summary>Has a program fail, and say so: <c>ioreg</c>, or a verb of <c>diskutil</c>; with null, no longer.</summary>
    public void Fail(string verb, string? said)
    {
        if (said is null)
        {
            File.Delete(_directory[$"fail-{verb}"]);
            return;
        }

        Write($"fail-{verb}", said);
    }

    public void Dispose() => _directory.Dispose();

    private static string RegistryOf(Drive drive) => string.Create(CultureInfo.InvariantCulture, $"""
        {Head}
        <array><dict>
          <key>Device Characteristics</key>
          <dict>
            <key>Loading Mechanism</key><string>Tray</string>
            <key>Product Name</key><string>{drive.Model}</string>
            <key>Product Revision Level</key><string>{drive.Firmware}</string>
            <key>Vendor Name</key><string>{drive.Vendor}</string>
          </dict>
          <key>IOClass</key><string>{drive.Service}</string>
          <key>IOObjectClass</key><string>{drive.Service}</string>
          <key>IOObjectRetainCount</key><integer>11</integer>
          <key>IORegistryEntryChildren</key>
          <array>
            <dict><key>IOObjectClass</key><string>SCSITaskUserClientIniter</string><key>IORegistryEntryID</key><integer>18446744073709551615</integer></dict>
            {MediaOf(drive)}
          </array>
          <key>IORegistryEntryID</key><integer>{drive.Identity}</integer>
          <key>IORegistryEntryName</key><string>{drive.Service}</string>
          <key>Opaque</key><data>AAEC</data>
          <key>Protocol Characteristics</key>
          <dict><key>Physical Interconnect</key><string>{drive.Bus}</string><key>Physical Interconnect Location</key><string>External</string></dict>
        </dict></array></plist>
        """);

    private static string MediaOf(Drive drive) => drive.Disc is not { } disc ? "" : string.Create(CultureInfo.InvariantCulture, $"""
        <dict>
          <key>IOObjectClass</key><string>{disc.MediaClass[..^5]}BlockStorageDriver</string>
          <key>IORegistryEntryChildren</key>
          <array><dict>
            <key>BSD Name</key><string>{drive.Name}</string>
            <key>Ejectable</key><true/>
            <key>IOObjectClass</key><string>{disc.MediaClass}</string>
            <key>IORegistryEntryChildren</key>
            <array><dict>
              <key>IORegistryEntryChildren</key>
              <array><dict><key>BSD Name</key><string>{drive.Name}s0</string><key>IOObjectClass</key><string>IOMedia</string><key>Whole</key><false/></dict></array>
              <key>IOObjectClass</key><string>IOCDPartitionScheme</string>
            </dict></array>
            <key>Preferred Block Size</key><integer>{disc.BlockSize}</integer>
            <key>Size</key><integer>{(long)disc.Sectors * disc.BlockSize}</integer>
            <key>Type</key><string>{disc.Type}</string>
            <key>Whole</key><true/>
            <key>Writable</key><false/>
          </dict></array>
        </dict>
        """);

    private static string ListOf(string name, SimulatedMacDisc disc)
    {
        static string Mount((string Point, string FileSystem) mount) => $"\n<key>MountPoint</key><string>{mount.Point}</string>\n";
        string parts = string.Concat(disc.Mounts.Where(mount => mount.Key.Length > 0)
            .Select(mount => $"<dict><key>DeviceIdentifier</key><string>{name}{mount.Key}</string>{Mount(mount.Value)}</dict>"));
        string whole = disc.Mounts.TryGetValue("", out (string, string) itself) ? Mount(itself) : "";
        return $"""
            {Head}
            <dict><key>AllDisks</key><array><string>{name}</string></array>
            <key>AllDisksAndPartitions</key>
            <array><dict><key>DeviceIdentifier</key><string>{name}</string>{whole}<key>Partitions</key><array>{parts}</array></dict></array>
            <key>WholeDisks</key><array><string>{name}</string></array></dict></plist>
            """;
    }

    private void Write(string name, string text) => File.WriteAllText(_directory[name], text);

    private void Program(string name, string body)
    {
        Write(Path.Combine("bin", name), $"#!/bin/sh\nset -e\ncd '{_directory.Path}'\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_directory[Path.Combine("bin", name)], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private sealed class Drive(long identity, string service, string vendor, string model, string firmware, string bus)
    {
        public long Identity => identity;

        public string Service => service;

        public string Vendor => vendor;

        public string Model => model;

        public string Firmware => firmware;

        public string Bus => bus;

        public string? Name { get; set; }

        public SimulatedMacDisc? Disc { get; set; }
    }
}
