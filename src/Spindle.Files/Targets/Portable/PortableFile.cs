// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Windows;

namespace Spindle.Files.Targets.Portable;

/// <summary>A file of a <see cref="PortableTarget"/>.</summary>
/// <param name="handle">Disposed with this.</param>
/// <param name="windows">Makes holes on Windows; null on other systems, where every file may have some.</param>
internal sealed class PortableFile(SafeFileHandle handle, IWindowsFiles? windows) : TargetFile
{
    private const int AllPermissions = 0x1FF;

    /// <summary>Turns what .NET says into what a restore lists and goes on after.</summary>
    public static T Guarded<T>(Func<T> work, string what = "cannot be written")
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException) and not TargetException)
        {
            throw new TargetException($"{what}: {e.Message}", isBlocked: false, isFull: TargetFailure.IsFull(e));
        }
    }

    /// <summary>Sets permissions and time.</summary>
    /// <returns>What could not be set; null where all could be.</returns>
    public static string? SetAttributes(in TargetAttributes attributes, Action<UnixFileMode> setMode, Action<DateTime> setTime)
    {
        List<string> refused = [];
        int mode = attributes.Mode;
        DateTime time = TimeOf(attributes, out bool isNear);
        Try("permissions", () => setMode((UnixFileMode)(mode & AllPermissions)));
        Try("time", () => setTime(time));
        if (isNear)
        {
            refused.Add(string.Create(CultureInfo.InvariantCulture, $"time (this system keeps none later than {time:yyyy-MM-dd} or earlier than 0001-01-01)"));
        }

        if (attributes.Extended.Count > 0)
        {
            refused.Add("extended attributes");
        }

        return refused.Count == 0 ? null : string.Join(", ", refused);

        void Try(string what, Action set)
        {
            try
            {
                set();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                refused.Add($"{what} ({e.Message})");
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TargetException($"cannot be written: {e.Message}", isBlocked: false, isFull: TargetFailure.IsFull(e));
        }
    }

    public override int Read(Span<byte> buffer, long offset)
    {
        try
        {
            return RandomAccess.Read(handle, buffer, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new TargetException($"cannot be read: {e.Message}", isBlocked: false);
        }
    }

    /// <remarks>What is missing is a hole on Windows only if the file was said to have some before; it would fill them with zeros.</remarks>
    public override void SetLength(long length) => Guarded(() =>
    {
        if (windows is not null && RandomAccess.GetLength(handle) < length)
        {
            windows.AllowHoles(handle);
        }

        RandomAccess.SetLength(handle, length);
        return true;
    });

    public override string? SetAttributes(in TargetAttributes attributes) =>
        SetAttributes(
            attributes,
            mode =>
            {
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(handle, mode);
                }
            },
            time => File.SetLastWriteTimeUtc(handle, time));

    public override void Dispose() => handle.Dispose();

    /// <summary>The time as .NET has it, in ticks of 100 ns; the nearest that it has where it has not that one.</summary>
    private static DateTime TimeOf(in TargetAttributes attributes, out bool isNear)
    {
        Int128 ticks = attributes.FarModified is { } far
            ? ((Int128)far.Seconds * TimeSpan.TicksPerSecond) + (far.Nanoseconds / TimeSpan.NanosecondsPerTick)
            : attributes.Modified / TimeSpan.NanosecondsPerTick;
        Int128 kept = Int128.Clamp(ticks, DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks, DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks);
        isNear = kept != ticks;
        return DateTime.UnixEpoch.AddTicks((long)kept);
    }
}
