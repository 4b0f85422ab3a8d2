// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;

namespace Spindle.Service.Running;

/// <summary>A process, and no other one that gets its number later.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Started">What the system says of its start.</param>
internal readonly record struct ProcessName(int Id, string Started)
{
    /// <summary>This process.</summary>
    public static ProcessName This() => Of(Environment.ProcessId) ?? new(Environment.ProcessId, "");

    /// <summary>Names a process; null where there is none of that number.</summary>
    public static ProcessName? Of(int id)
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxProcess.Started(id) is { } started ? new(id, started) : null;
        }

        try
        {
            using Process process = Process.GetProcessById(id);
            return new(id, process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null where it is something else.</summary>
    public static ProcessName? Parse(string line) =>
        line.Split(' ') is [string id, string started] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? new(number, started) : null;

    /// <summary>Whether it lives. One that has ended, and is not collected by its parent yet, does not.</summary>
    public bool IsAlive() => Of(Id) == this;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Started}");
}
