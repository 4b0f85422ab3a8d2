// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Names;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Imaging;

/// <summary>Names of images as people mean them.</summary>
public static class ImageName
{
    /// <summary>Without <c>.iso</c>, and a name, not a path.</summary>
    /// <param name="name">Null stays null.</param>
    /// <exception cref="OperationFailedException"><c>usage</c>: it is no name, or none on this system.</exception>
    public static string? Of(string? name)
    {
        if (name is null)
        {
            return null;
        }

        string stem = name.EndsWith(".iso", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        bool isName = stem.Trim().Length > 0 && stem is not ("." or "..") && !stem.AsSpan().ContainsAny("/\\\0\n\r");
        return !isName ? throw Usage.Error($"--filename '{name}' is no file name", "give a name without slashes, and the folder with --dir")
            : IsTaken(stem, OperatingSystem.IsWindows()) ? stem
            : throw Usage.Error($"--filename '{name}' is no file name on this system", $"give one without {string.Join(' ', NameRules.WindowsForbidden.ToCharArray())}, without a dot or blank at its end, and not that of a device such as con");
    }

    /// <summary>Whether a system takes a name as it is.</summary>
    internal static bool IsTaken(string name, bool onWindows)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return (onWindows ? NameRules.Windows : NameRules.Any).Fitting(bytes).AsSpan().SequenceEqual(bytes);
    }
}
