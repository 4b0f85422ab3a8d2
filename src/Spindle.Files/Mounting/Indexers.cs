// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Files.Mounting;

/// <summary>Programs that open whatever there is, and for which nobody should have to bring a disc: indexers, thumbnailers, scanners.</summary>
public static class Indexers
{
    // As /proc/PID/comm has them: the first 15 bytes of their names.
    private static readonly string[] Beginnings =
    [
        "tracker-", "localsearch", "baloo", "recoll", "beagle", "zeitgeist", "updatedb", "mlocate", "plocate", "locate-", "akonadi", "nepomuk", "catfish-",
        "tumbler", "thumbnail", "totem-video-thu", "ffmpegthumbnail", "evince-thumbnai", "gdk-pixbuf-thum", "gnome-thumbnail", "papers-thumbnai", "gsf-office-thum", "raw-thumbnailer",
        "thumbnail.so", "clamd",
    ];

    /// <summary>Whether a process, or the one that a thread belongs to, is such a program.</summary>
    /// <param name="number">Of a process or a thread.</param>
    public static bool Is(int number) => number > 0 && Names(number).Any(IsNamedSo);

    /// <summary>Whether a program of that name is one.</summary>
    public static bool IsNamedSo(string name) => Beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>What a process is called; null where there is none any more.</summary>
    public static string? NameOf(int number) => Names(number).LastOrDefault();

    /// <summary>The name of a thread, and that of its process.</summary>
    private static List<string> Names(int number)
    {
        const string Group = "Tgid:";
        List<string> names = [];
        try
        {
            string folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{number}");
            names.Add(File.ReadAllText(folder + "/comm").TrimEnd('\n'));
            string? process = File.ReadLines(folder + "/status").FirstOrDefault(line => line.StartsWith(Group, StringComparison.Ordinal))?[Group.Length..].Trim();
            names.Add(File.ReadAllText($"/proc/{process}/comm").TrimEnd('\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
        }

        return names;
    }
}
