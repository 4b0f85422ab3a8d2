// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.DvdAudio;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.DvdAudio;

/// <summary>Control data laid out by hand, as free players document them: no program that could judge them is at hand.</summary>
public sealed class DvdAudioDiscTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public DvdAudioDiscTests()
    {
        Directory.CreateDirectory(_directory["disc/AUDIO_TS"]);
        Write("AUDIO_TS.IFO", Manager(sets: 2));
        Write("ATS_01_0.IFO", Set((5, 90_000 * 61), (1, 45_000)));
        Write("ATS_02_0.IFO", Set((12, uint.MaxValue)));
    }

    [Fact]
    public void Titles_are_told_with_their_tracks_and_lengths()
    {
        DvdAudioDisc disc = Read()!;

        Assert.Equal((2, true, false), (disc.TitleSets, disc.IsWhole, disc.IsFromBackup));
        Assert.Equal(
            [(1, 1, 5, 61.0), (1, 2, 1, 0.5), (2, 1, 12, Math.Round(uint.MaxValue / 90_000.0, 3))],
            disc.Titles.Select(title => (title.TitleSet, title.NumberInSet, title.Tracks, Math.Round(title.Duration.TotalSeconds, 3))));
    }

    [Fact]
    public void A_group_that_is_not_there_is_missed_and_a_damaged_one_has_its_backup()
    {
        Write("ATS_02_0.BUP", Set((3, 90_000)));
        Write("ATS_02_0.IFO", new byte[4096]);
        Assert.Equal((true, true, 3), (Read()!.IsWhole, Read()!.IsFromBackup, Read()!.Titles[^1].Tracks));

        File.Delete(_directory["disc/AUDIO_TS/ATS_02_0.BUP"]);
        Assert.Equal((false, 2, 2), (Read()!.IsWhole, Read()!.TitleSets, Read()!.Titles.Count));
    }

    [Fact]
    public void The_empty_folder_of_a_DVD_Video_is_none()
    {
        Directory.Delete(_directory["disc/AUDIO_TS"], recursive: true);
        Directory.CreateDirectory(_directory["disc/AUDIO_TS"]);
        Assert.Null(Read());
    }

    [Fact]
    public void Tables_that_lie_are_survived() => LyingTables.Survive(DiscImages.OfDirectory(_directory["disc"]), ["DVDAUDIO-AMG", "DVDAUDIO-ATS"], 2200, volume =>
    {
        DvdAudioDisc? disc = DvdAudioDisc.Read(volume);
        Assert.True(disc is null || (disc.TitleSets <= 255 && disc.Titles.Count <= 2 * 99 && disc.Titles.All(title => title.Tracks is >= 0 and <= 99 && title.Duration >= TimeSpan.Zero)));
    });

    public void Dispose() => _directory.Dispose();

    private static byte[] Manager(byte sets)
    {
        byte[] table = new byte[2048];
        Encoding.ASCII.GetBytes("DVDAUDIO-AMG").CopyTo(table, 0);
        (table[0x21], table[0x27], table[0x29], table[0x3F]) = (0x12, 1, 1, sets);
        return table;
    }

    private static byte[] Set(params (byte Tracks, uint Length)[] titles)
    {
        byte[] table = new byte[4096];
        Encoding.ASCII.GetBytes("DVDAUDIO-ATS").CopyTo(table, 0);
        Span<byte> pgci = table.AsSpan(2048);
        BinaryPrimitives.WriteUInt16BigEndian(pgci, (ushort)titles.Length);
        for (int index = 0; index < titles.Length; index++)
        {
            int offset = 8 + (8 * titles.Length) + (16 * index);
            BinaryPrimitives.WriteUInt32BigEndian(pgci[(8 + (8 * index) + 4)..], (uint)offset);
            (pgci[offset + 2], pgci[offset + 3]) = (titles[index].Tracks, titles[index].Tracks);
            BinaryPrimitives.WriteUInt32BigEndian(pgci[(offset + 4)..], titles[index].Length);
        }

        return table;
    }

    private void Write(string name, byte[] content) => _directory.Write($"disc/AUDIO_TS/{name}", content);

    private DvdAudioDisc? Read()
    {
        using ImageFile file = ImageFile.Open(DiscImages.OfDirectory(_directory["disc"]));
        return DvdAudioDisc.Read(Volume.Open(file)!);
    }
}
