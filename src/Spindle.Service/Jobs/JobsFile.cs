// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Service.Jobs;

/// <summary>The embedded register: <c>jobs.db</c> in the folder of a station, explained in docs/formats/jobs.md.</summary>
public static class JobsFile
{
    private const string Name = "jobs.db";

    /// <summary>How long a station may not be heard of before its jobs are given up: its service may be started anew meanwhile, or the machine.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How long others are waited for. Each is over within a moment.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>That of this user.</summary>
    public static string OfThisUser() => In(StationFolder.OfThisUser());

    /// <summary>That of a station.</summary>
    /// <param name="folder">Where it keeps what it knows of itself.</param>
    public static string In(string folder) => Path.Combine(folder, Name);

    /// <summary>Opens a register, and makes it where there is none; an older one is brought up to date.</summary>
    /// <param name="path">The file. Its directory is made.</param>
    /// <exception cref="OperationFailedException"><c>not-a-register</c>, <c>register-newer</c>, <c>register-damaged</c>, <c>register-read-only</c>,
    /// <c>register-busy</c>, <c>register-failed</c>, <c>no-space</c>.</exception>
    public static IRegister Open(string path) => Open(path, Lease, Patience);

    /// <summary>The same with other times.</summary>
    internal static SqliteRegister Open(string path, TimeSpan lease, TimeSpan patience)
    {
        path = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Failures.ReadOnly(path, e);
        }
        catch (IOException e)
        {
            throw Failures.Failed(path, e);
        }

        return new(path, lease, patience);
    }
}
