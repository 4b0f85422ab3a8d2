// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.DvdAudio;

/// <summary>What a DVD-Audio has to play, by its own tables of contents. They may lie: what they say of groups that are not there is told as that.</summary>
public sealed record DvdAudioDisc
{
    private const int LongestTable = 1 << 20;
    private const int SetCount = 0x3F; // AMGI_MAT: audio title sets
    private const int MostSets = 9, MostTitles = 99, MostTracks = 99;

    /// <summary>How many groups (title sets of sound) it has, by its own word.</summary>
    public required int TitleSets { get; init; }

    /// <summary>Its titles, in the order of their title sets.</summary>
    public required IReadOnlyList<DvdAudioTitle> Titles { get; init; }

    /// <summary>Whether all title sets that it says it has could be read.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Whether a table was damaged, and its backup was read in its place.</summary>
    public required bool IsFromBackup { get; init; }

    /// <summary>Reads what a volume says of itself.</summary>
    /// <param name="volume">The disc.</param>
    /// <returns>Null where it is no DVD-Audio.</returns>
    public static DvdAudioDisc? Read(Volume volume)
    {
        VolumeEntry? folder = volume.Folder("AUDIO_TS");
        bool isFromBackup = false;
        if (Table(volume, folder, "AUDIO_TS", "DVDAUDIO-AMG", ref isFromBackup) is not { } manager)
        {
            return null;
        }

        int sets = manager.Byte(SetCount) ?? 0;
        List<DvdAudioTitle> titles = [];
        bool isWhole = sets <= MostSets;
        for (int set = 1; set <= Math.Min(sets, MostSets); set++)
        {
            DvdAudioTitle[] ofSet = Table(volume, folder, string.Create(CultureInfo.InvariantCulture, $"ATS_{set:D2}_0"), "DVDAUDIO-ATS", ref isFromBackup) is { } table ? [.. TitlesOf(set, table)] : [];
            isWhole &= ofSet.Length > 0;
            titles.AddRange(ofSet);
        }

        return new() { TitleSets = sets, Titles = titles, IsWhole = isWhole, IsFromBackup = isFromBackup };
    }

    /// <summary>The titles of a group: a table in the second sector of its control data leads to each (ATS_PGCI).</summary>
    private static IEnumerable<DvdAudioTitle> TitlesOf(int set, TableBytes table)
    {
        const int start = 2048, clock = 90_000;
        for (int number = 1; number <= Math.Min(MostTitles, table.Word(start) ?? 0); number++)
        {
            if (table.Long(start + 8 + (8 * (number - 1)) + 4) is { } offset && table.Byte(start + offset + 2) is { } tracks && table.Long(start + offset + 4) is { } length)
            {
                yield return new(set, number, Math.Min(tracks, MostTracks), TimeSpan.FromTicks(length * TimeSpan.TicksPerSecond / clock));
            }
        }
    }

    private static TableBytes? Table(Volume volume, VolumeEntry? folder, string name, string identifier, ref bool isFromBackup)
    {
        if (volume.ReadTable(volume.FileIn(folder, name + ".IFO"), LongestTable) is { } table && table.Says(0, identifier))
        {
            return table;
        }

        if (volume.ReadTable(volume.FileIn(folder, name + ".BUP"), LongestTable) is { } backup && backup.Says(0, identifier))
        {
            isFromBackup = true;
            return backup;
        }

        return null;
    }
}

/// <summary>A title of a DVD-Audio.</summary>
/// <param name="TitleSet">The group that it is in, from 1.</param>
/// <param name="NumberInSet">From 1.</param>
/// <param name="Tracks">How many it has.</param>
/// <param name="Duration">How long it plays.</param>
public sealed record DvdAudioTitle(int TitleSet, int NumberInSet, int Tracks, TimeSpan Duration);
