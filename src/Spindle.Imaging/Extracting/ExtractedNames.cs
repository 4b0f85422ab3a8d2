// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Files.Names;
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Imaging.Extracting;

/// <summary>What the files of a disc are called where they are taken out: each has a name of its own, which the target takes.</summary>
/// <remarks>
/// Two names of a disc may be one here: of bytes that are no UTF-8 nobody knows what characters they are, and a target may not tell
/// <c>a</c> from <c>A</c>. The second one gets a number. Of each path eight bytes are kept.
/// </remarks>
/// <param name="rules">Which names the target takes.</param>
internal sealed class ExtractedNames(NameRules rules)
{
    private readonly HashSet<ulong> _taken = [];
    private readonly HashSet<string> _changedDirectories = new(StringComparer.Ordinal);
    private long _changed;
    private string? _first;

    /// <summary>The path of an entry from the directory into which the disc is taken out.</summary>
    public string PathOf(VolumeEntry entry)
    {
        string path = SafePath.Of(entry);
        if (rules.TakesEach && path.Length <= NameRules.LongestName / 3)
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

    /// <summary>A path that no other file or directory of the disc has.</summary>
    /// <param name="path">The one that it should have.</param>
    /// <param name="entry">What is to be written there.</param>
    public string OwnPath(string path, VolumeEntry entry)
    {
        if (_taken.Add(KeyOf(path)))
        {
            return path;
        }

        Tell(entry);
        string directory = Path.GetDirectoryName(path)!;
        byte[] name = Encoding.UTF8.GetBytes(Path.GetFileName(path));
        for (int number = 2; ; number++)
        {
            string own = Path.Combine(directory, Encoding.UTF8.GetString(NameRules.Marked(name, string.Create(CultureInfo.InvariantCulture, $"~{number}"))));
            if (_taken.Add(KeyOf(own)))
            {
                return own;
            }
        }
    }

    /// <summary>What to tell of names that are not those of the disc; null where all are.</summary>
    public Failure? Told()
    {
        string what = _changed == 1
            ? $"{_first} is called otherwise here: its name is too long or not taken here, or that of another file"
            : $"{_changed} names are changed here, for they are too long or not taken here, or those of other files: {_first} is the first";
        return _first is null ? null : new(
            "names-changed", what, "'spindle ls' shows the names of the disc; --charset NAME, or another --view, may have better ones");
    }

    private string Fitting(string name)
    {
        byte[] fitting = rules.Fitting(Encoding.UTF8.GetBytes(name));
        return Encoding.UTF8.GetString(fitting.Length <= NameRules.LongestName ? fitting : NameRules.Marked(fitting, NameRules.MarkOf(fitting)));
    }

    private ulong KeyOf(string path) => rules.KeyOf(Encoding.UTF8.GetBytes(path));

    private void Tell(VolumeEntry entry)
    {
        _changed++;
        _first ??= entry.Path;
    }
}
