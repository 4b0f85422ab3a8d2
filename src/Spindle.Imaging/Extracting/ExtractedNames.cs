// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Imaging.Extracting;

/// <summary>What the files of a disc are called where they are taken out: each has a name of its own, which the system takes.</summary>
/// <remarks>
/// Two names of a disc may be one here: of bytes that are no UTF-8 nobody knows what characters they are. The second one gets a number.
/// Of each path eight bytes are kept.
/// </remarks>
internal sealed class ExtractedNames
{
    private const int LongestName = 255; // bytes: of nearly all systems
    private const int KeptExtension = 16;

    private readonly HashSet<ulong> _written = [];
    private readonly HashSet<string> _changedDirectories = new(StringComparer.Ordinal);
    private long _changed;
    private string? _first;

    /// <summary>The path of an entry from the directory into which the disc is taken out.</summary>
    public string PathOf(VolumeEntry entry)
    {
        bool isWindows = OperatingSystem.IsWindows();
        string path = SafePath.Of(entry, isWindows);
        if (path.Length <= LongestName / 3)
        {
            return path;
        }

        string[] names = path.Split('/');
        bool isChanged = false;
        for (int index = 0; index < names.Length; index++)
        {
            string fitting = Fitting(names[index]);
            if (fitting != names[index])
            {
                names[index] = fitting;
                isChanged |= index == names.Length - 1 || _changedDirectories.Add(string.Join('/', names.AsSpan(0, index + 1)!));
            }
        }

        if (isChanged)
        {
            Tell(entry);
        }

        return string.Join('/', names);
    }

    /// <summary>A path that no other entry of the disc was written to.</summary>
    /// <param name="path">The one that it should have.</param>
    /// <param name="entry">What is to be written there.</param>
    public string OwnPath(string path, VolumeEntry entry)
    {
        if (_written.Add(KeyOf(path)))
        {
            return path;
        }

        Tell(entry);
        string directory = Path.GetDirectoryName(path)!;
        string name = Path.GetFileName(path);
        for (int number = 2; ; number++)
        {
            string own = Path.Combine(directory, Marked(name, string.Create(CultureInfo.InvariantCulture, $"~{number}")));
            if (_written.Add(KeyOf(own)))
            {
                return own;
            }
        }
    }

    /// <summary>Whether an entry of the disc was written to a path.</summary>
    public bool IsWritten(string path) => _written.Contains(KeyOf(path));

    /// <summary>What to tell of names that are not those of the disc; null where all are.</summary>
    public Failure? Told()
    {
        string what = _changed == 1
            ? $"{_first} is called otherwise here: its name is too long, or that of another file"
            : $"{_changed} names are changed here, for they are too long, or those of other files: {_first} is the first";
        return _first is null ? null : new(
            "names-changed", what, "'spindle ls' shows the names of the disc; --charset NAME, or another --view, may have better ones");
    }

    private static string Fitting(string name) =>
        Encoding.UTF8.GetByteCount(name) <= LongestName ? name : Marked(name, "~" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4)));

    /// <summary>Puts a mark before the extension, and cuts what is before it as far as it must be.</summary>
    private static string Marked(string name, string mark)
    {
        int dot = name.LastIndexOf('.');
        int stem = dot > 0 && name.Length - dot <= KeptExtension ? dot : name.Length;
        string extension = name[stem..];
        while (stem > 0 && Encoding.UTF8.GetByteCount(name.AsSpan(0, stem)) + mark.Length + Encoding.UTF8.GetByteCount(extension) > LongestName)
        {
            stem -= stem > 1 && char.IsLowSurrogate(name[stem - 1]) ? 2 : 1;
        }

        return string.Concat(name.AsSpan(0, stem), mark, extension);
    }

    // FNV-1a of 64 bits: of a million paths, two are alike once in forty million discs, and then one gets a number for nothing.
    private static ulong KeyOf(string path)
    {
        ulong hash = 14695981039346656037;
        foreach (char character in path)
        {
            hash = unchecked((hash ^ character) * 1099511628211);
        }

        return hash;
    }

    private void Tell(VolumeEntry entry)
    {
        _changed++;
        _first ??= entry.Path;
    }
}
