// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Spindle.Drives;
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Records;

/// <summary>The sections on what was done with what.</summary>
internal static partial class ManifestText
{
    private static JsonObject Operations(ImagingResult result)
    {
        bool isVerified = result.Readings.Count > 1;
        HashKind kind = result.Request.Hashes[0];
        return new()
        {
            ["tree_listing"] = new JsonObject
            {
                ["command"] = result.Tree is null ? null : $"spindle tree {PlainText.ShellFile(Path.GetFileName(result.ImagePath!))}",
                ["output_file"] = result.Tree is null ? null : $"{result.Request.Name}_tree.txt",
                ["summary"] = result.Tree is not { } tree ? null : new JsonObject
                {
                    ["total_directories"] = tree.Directories,
                    ["total_files"] = tree.Files,
                    ["reported_size"] = tree.Bytes,
                },
            },
            ["disk_unmount"] = new JsonObject
            {
                ["command"] = result.Unmounted.Count > 0 ? "umount" : null,
                ["status"] = result.Unmounted.Count > 0 ? "unmounted" : "not_mounted",
                ["mount_points"] = Array(result.Unmounted.Select(mount => JsonValue.Create(mount.Point))),
            },
            ["iso_creation"] = new JsonObject
            {
                ["command"] = result.Request.CommandLine,
                ["method"] = "from front to back; where that fails, by rescue: skipping, trimming, scraping and retrying",
                ["block_size"] = result.Source.SectorSize,
                ["performed"] = result.Readings.Count > 0,
            },
            ["verification"] = new JsonObject
            {
                ["method"] = isVerified ? "second reading" : null,
                ["algorithm"] = kind.Title,
                ["algorithm_bits"] = result.Readings.FirstOrDefault()?.Hashes[kind].Length * 4,
                ["performed"] = isVerified,
                ["shell_equivalent"] = kind.CheckingProgram is not { } program ? null : $"{program} -c {PlainText.ShellFile($"{result.Request.Name}.iso.{kind.Name}")}",
            },
            ["finalization"] = new JsonObject
            {
                ["remount_command"] = result.MountedAgain.Count > 0 ? string.Join("; ", result.MountedAgain.Select(mount => mount.CommandFor(result.Source.Device?.Node ?? result.Source.Path))) : null,
                ["eject_command"] = result.Ejected is null ? null : "CDROMEJECT",
                ["status"] = result.Ejected switch
                {
                    true => "ejected",
                    false => "eject_failed",
                    null => "not_ejected",
                },
            },
        };
    }

    private static JsonObject SystemEnvironment() => new()
    {
        ["operating_system"] = OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsMacOS() ? "macOS" : "Windows",
        ["os_version"] = RuntimeInformation.OSDescription,
        ["kernel_version"] = Environment.OSVersion.Version.ToString(),
        ["machine_architecture"] = RuntimeInformation.OSArchitecture.ToString(),
        ["processor"] = null,
        ["processor_count"] = Environment.ProcessorCount,
        ["hostname"] = Environment.MachineName,
        ["python_version"] = null,
        ["runtime_version"] = RuntimeInformation.FrameworkDescription,
        ["user_context"] = Environment.UserName,
    };

    private static JsonObject TechnicalDetails(ImagingResult result)
    {
        DeviceDescription? device = result.Source.Device;
        return new()
        {
            ["source_device_properties"] = new JsonObject
            {
                ["device_identifier"] = device is null ? null : Path.GetFileName(device.Node),
                ["device_node"] = device?.Node,
                ["ejectable"] = device?.IsOptical,
                ["removable"] = device?.IsRemovable,
                ["internal"] = null,
                ["smart_status"] = null,
                ["bootable"] = null,
                ["writable"] = device?.IsReadOnly is { } isReadOnly ? !isReadOnly : null,
            },
            ["backup_parameters"] = new JsonObject
            {
                ["dd_block_size"] = null,
                ["read_device"] = result.Source.Path,
                ["write_destination"] = result.ImagePath is null ? null : Path.GetFullPath(result.ImagePath),
                ["parallel_processing"] = true,
                ["verification_during_creation"] = false,
                ["drive_settings"] = result.DriveSettings is not { } settings ? null : new JsonObject
                {
                    ["speed_limit_kb_per_s"] = settings.SpeedLimit,
                    ["speed_limit_while_retrying_kb_per_s"] = settings.SpeedLimitWhileRetrying,
                    ["retries_of_drive"] = settings.RetriesOfDrive,
                    ["retries_of_drive_while_copying"] = settings.RetriesOfDriveWhileCopying,
                    ["restored"] = settings.AreRestored,
                },
                ["error_handling"] = "unreadable sectors are kept in the map, zeros stand for them in the image",
            },
        };
    }
}
