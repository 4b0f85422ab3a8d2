// SPDX-License-Identifier: MIT
namespace Spindle.Station.Contract;

/// <summary>Where a station keeps what it knows of itself, beside catalogues and images: the names of its drives, its jobs.</summary>
public static class StationFolder
{
    private const string Name = "spindle";

    /// <summary>
    /// That of this user: <c>$XDG_STATE_HOME/spindle</c>, else <c>~/.local/state/spindle</c> (XDG Base Directory Specification 0.8); on
    /// macOS <c>~/Library/Application Support/spindle</c>, on Windows <c>%LOCALAPPDATA%\spindle</c>. It need not be there yet.
    /// </summary>
    public static string OfThisUser()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), Name);
        }

        return Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state && Path.IsPathRooted(state) ? Path.Combine(state, Name)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Application Support", Name)
            : Path.Combine(home, ".local", "state", Name);
    }
}
