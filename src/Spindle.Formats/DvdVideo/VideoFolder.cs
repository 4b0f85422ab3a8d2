// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.DvdVideo;

/// <summary>The folder <c>VIDEO_TS</c> of a volume: tables of contents, and films.</summary>
internal sealed class VideoFolder
{
    private const string Folder = "VIDEO_TS";
    private const int MostFilms = 9; // VTS_nn_1.VOB to VTS_nn_9.VOB

    private readonly Volume _volume;
    private readonly ILookup<string, VolumeEntry> _files;

    private VideoFolder(Volume volume, ILookup<string, VolumeEntry> files) => (_volume, _files) = (volume, files);

    /// <summary>Whether a table was damaged, and its backup was read in its place.</summary>
    public bool IsFromBackup { get; private set; }

    /// <summary>Finds the folder; one that is not there is empty.</summary>
    public static VideoFolder Of(Volume volume)
    {
        IEnumerable<VolumeEntry> files = volume.List(volume.Root).Where(entry => entry.Type == EntryType.Directory && NameOf(entry) == Folder).Take(1).SelectMany(volume.List);
        return new(volume, files.Where(entry => entry.Type == EntryType.File).ToLookup(NameOf, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The table of contents of the whole disc; null where there is none.</summary>
    public IfoBytes? Manager() => Table("VIDEO_TS", "DVDVIDEO-VMG");

    /// <summary>The control data of a title set, from 1; null where there are none.</summary>
    public IfoBytes? TitleSet(int set) => Table(SetName(set, 0), "DVDVIDEO-VTS");

    /// <summary>The films of a title set, in order, up to the first that is not there.</summary>
    public IReadOnlyList<VolumeEntry> FilmsOf(int set) =>
        [.. Enumerable.Range(1, MostFilms).Select(number => _files[SetName(set, number) + ".VOB"].FirstOrDefault()).TakeWhile(film => film is not null)!];

    /// <summary>The file that a recorder writes all of its recordings into (DVD-VR); none where there is none.</summary>
    public static IReadOnlyList<VolumeEntry> Recordings(Volume volume) =>
    [
        .. volume.List(volume.Root).Where(entry => entry.Type == EntryType.Directory && NameOf(entry) == "DVD_RTAV").Take(1).SelectMany(volume.List)
            .Where(entry => entry.Type == EntryType.File && NameOf(entry) == "VR_MOVIE.VRO").Take(1),
    ];

    /// <summary>Opens one of them.</summary>
    public ContentStream Open(VolumeEntry film) => _volume.OpenContent(film);

    /// <summary>A table, or where it can't be read whole, its backup (BUP).</summary>
    private IfoBytes? Table(string name, string identifier)
    {
        foreach (string ending in (string[])[".IFO", ".BUP"])
        {
            if (_files[name + ending].FirstOrDefault() is { Size: > 0 and <= IfoBytes.LargestLength } file)
            {
                using ContentStream content = _volume.OpenContent(file);
                byte[] bytes = new byte[file.Size];
                int read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                if (content.Unreadable.Count == 0 && IfoBytes.Of(bytes[..read], identifier) is { } table)
                {
                    IsFromBackup |= ending == ".BUP";
                    return table;
                }
            }
        }

        return null;
    }

    private static string SetName(int set, int number) => string.Create(CultureInfo.InvariantCulture, $"VTS_{set:D2}_{number}");

    private static string NameOf(VolumeEntry entry) => entry.Path[(entry.Path.LastIndexOf('/') + 1)..].Split(';')[0].ToUpperInvariant();
}
