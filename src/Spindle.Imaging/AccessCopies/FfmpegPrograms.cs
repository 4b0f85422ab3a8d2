// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Media;

namespace Spindle.Imaging.AccessCopies;

/// <summary>The programs of ffmpeg on this machine.</summary>
/// <param name="Ffmpeg">Path of <c>ffmpeg</c>.</param>
/// <param name="Ffprobe">Path of <c>ffprobe</c>.</param>
/// <param name="Version">What it calls itself, such as <c>ffmpeg version 5.1.6</c>.</param>
public sealed record FfmpegPrograms(string Ffmpeg, string Ffprobe, string Version)
{
    /// <summary>Finds them where PATH says.</summary>
    /// <param name="path">The folders, as in PATH.</param>
    /// <param name="profile">What they must be able to make.</param>
    /// <exception cref="OperationFailedException"><c>no-ffmpeg</c>: one is not there, can't be run, or lacks an encoder.</exception>
    public static FfmpegPrograms Find(string? path, AccessProfile profile)
    {
        string ffmpeg = Find(path, "ffmpeg"), ffprobe = Find(path, "ffprobe");
        string version = Said(ffmpeg, "-version").Split('\n')[0].Split(" Copyright", 2)[0].Trim();
        string encoders = Said(ffmpeg, "-hide_banner", "-encoders");
        string? lacking = (profile == AccessProfile.Mp4 ? (string[])["libx264", "aac"] : ["ffv1", "pcm_s16le"]).FirstOrDefault(encoder => !encoders.Contains($" {encoder} ", StringComparison.Ordinal));
        return lacking is null ? new(ffmpeg, ffprobe, version)
            : throw Unfit($"{ffmpeg} has no encoder {lacking}", $"install an ffmpeg with {lacking}, or put it first in PATH");
    }

    private static string Find(string? path, string name)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw Unfit($"access copies are made by ffmpeg, and there is no {name} in PATH", OperatingSystem.IsWindows() ? "winget install Gyan.FFmpeg"
                : OperatingSystem.IsMacOS() ? "brew install ffmpeg" : "sudo apt install ffmpeg (Debian, Ubuntu); other systems call the package ffmpeg, too");
    }

    private static string Said(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? said : throw CannotRun(program, errors.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw CannotRun(program, e.Message);
        }
    }

    private static OperationFailedException CannotRun(string program, string said) => Unfit($"{program} can't be run: {said.Split('\n')[0].Trim()}", $"try '{program} -version', and install it anew");

    private static OperationFailedException Unfit(string what, string hint) => new(new("no-ffmpeg", what, hint));
}
