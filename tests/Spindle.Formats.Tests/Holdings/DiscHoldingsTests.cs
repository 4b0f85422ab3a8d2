// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Spindle.Formats.Analysis;
using Spindle.Formats.Holdings;
using Spindle.Formats.Images;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Holdings;

public sealed class DiscHoldingsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public DiscHoldingsTests() => Directory.CreateDirectory(_directory["disc"]);

    [Fact]
    public void Files_are_what_their_names_say()
    {
        Write("a/b/One.JPG", 3000);
        Write("two.tiff", 10);
        Write("three.mp3", 5000);
        Write("setup.exe", 2000);
        Write("letter.txt", 100);
        Write(".png", 1); // a name, and no ending

        DiscHoldings holds = Holds();
        Assert.Equal(
            [(FileClass.Pictures, 2, 3010), (FileClass.Sound, 1, 5000), (FileClass.Software, 1, 2000), (FileClass.Data, 2, 101)],
            holds.Files.Select(files => (files.Key, files.Value.Files, files.Value.Bytes)).OrderBy(files => files.Key));
        Assert.Equal([ContentKind.Sound, ContentKind.Pictures, ContentKind.Software, ContentKind.Data], holds.Kinds);
        Assert.True(holds.IsComplete);
    }

    [Fact]
    public void A_few_words_beside_many_pictures_make_no_disc_of_data()
    {
        Enumerable.Range(1, 30).ToList().ForEach(number => Write($"{number}.jpg", 3000));
        Write("readme.txt", 10);
        Write("read.me", 10);
        Write("autorun.exe", 1000);

        Assert.Equal([ContentKind.Pictures], Holds().Kinds);
        Assert.Equal(2, Holds().Files[FileClass.Data].Files);
    }

    [Fact]
    public void What_belongs_to_players_is_no_file_of_its_own()
    {
        Write("BDMV/index.bdmv", PlaylistBytes.Index());
        Write("BDMV/STREAM/00001.m2ts", new byte[6144]);
        Write("CERTIFICATE/id.bdmv", 100);
        Write("VIDEO_TS/a.vob", 5000); // a folder of another kind of disc, and no such disc
        Write("VCD/notes.txt", 5);
        Write("readme.txt", 50);

        DiscHoldings holds = Holds();
        Assert.Equal([ContentKind.BluRay, ContentKind.Video, ContentKind.Data], holds.Kinds);
        Assert.Equal(3, holds.ForPlayers.Files);
        Assert.Equal(new FileCount(2, 55), holds.Files[FileClass.Data]);
        Assert.Equal(new FileCount(1, 5000), holds.Files[FileClass.Video]);
    }

    [Fact]
    public void A_disc_without_a_file_is_empty()
    {
        Directory.CreateDirectory(_directory["disc/photos/2001"]);
        DiscHoldings holds = Holds();
        Assert.Equal([ContentKind.Empty], holds.Kinds);
        Assert.True(holds.IsComplete);
    }

    [Fact]
    public void A_disc_whose_directory_cannot_be_read_is_not_empty()
    {
        Write("photos/1.jpg", 5000);
        using SimulatedDisc disc = new(File.ReadAllBytes(DiscImages.OfDirectory(_directory["disc"])));
        foreach (VolumeView view in Volume.ViewsOf(disc))
        {
            disc.Bad(Volume.Open(disc, new() { View = view })!.Walk().Single(entry => entry.Depth == 1).Extents[0].Position / 2048);
        }

        DiscHoldings holds = Holds(disc);
        Assert.Equal([ContentKind.Unknown], holds.Kinds);
        Assert.False(holds.IsComplete);
    }

    [Fact]
    public void What_has_no_file_system_is_not_known()
    {
        using SimulatedDisc disc = new(new byte[100 * 2048]);
        Assert.Equal([ContentKind.Unknown], Holds(disc).Kinds);
        FileTally none = new();
        Assert.Equal([ContentKind.AudioCd], DiscHoldings.Of(PlayerContents.Read(null, soundTracks: 3), none, DiscAnalyzer.Analyze(disc)).Kinds);
    }

    [Fact]
    public void Files_that_two_trees_show_count_once_and_those_of_the_fuller_tree()
    {
        Write("a picture with a long name.jpeg", 5000);
        string image = DiscImages.OfDirectory(_directory["disc"], "-hfsplus");
        using ImageFile disc = ImageFile.Open(image);
        Assert.Equal(1, Holds(disc).Files[FileClass.Pictures].Files);
    }

    /// <summary>The manual shows the table of names.</summary>
    [Fact]
    public void The_manual_has_all_names()
    {
        string[] manual = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/manual/looking-into-discs.md"));
        foreach ((FileClass files, string[] endings) in FileClasses.Endings)
        {
            string row = manual.Single(line => line.StartsWith($"| {files.ToString().ToLowerInvariant()} | `", StringComparison.Ordinal));
            Assert.Equal(endings.Distinct().Order(), row.Split('`').Where((_, index) => index % 2 == 1).Order());
        }

        static string Here([CallerFilePath] string here = "") => here;
    }

    /// <summary>A disc of a megabyte whose films have as many bytes as a number can say, by their entries.</summary>
    [Fact]
    public void Films_that_claim_to_be_endless_are_survived()
    {
        UdfImage image = new();
        image.FileSet(UdfImage.PartitionStart, 1);
        Folder(1, ("VCD", 2), ("MPEGAV", 3), ("BDMV", 4));
        Folder(2, ("INFO.VCD", 10));
        Folder(3, ("AVSEQ01.DAT", 11));
        Folder(4, ("index.bdmv", 12), ("STREAM", 5));
        Folder(5, ("00001.m2ts", 11));
        image.File(UdfImage.PartitionStart + 10, 10, 5, 0, 2048, UdfImage.ShortAd(2048, 20));
        image.File(UdfImage.PartitionStart + 11, 11, 5, 0, long.MaxValue, UdfImage.ShortAd(6144, 22));
        image.File(UdfImage.PartitionStart + 12, 12, 5, 0, 2048, UdfImage.ShortAd(2048, 21));
        image.Put(UdfImage.PartitionStart + 20, "VIDEO_CD\u0002"u8);
        image.Put(UdfImage.PartitionStart + 21, PlaylistBytes.Index());
        using SimulatedDisc disc = new(image.Bytes);

        DiscHoldings holds = Holds(disc);
        Assert.Equal([ContentKind.BluRay, ContentKind.VideoCd], holds.Kinds);
        Assert.Null(Assert.Single(holds.Players.VideoCd!.Tracks).Duration);
        Assert.Equal(long.MaxValue, holds.ForPlayers.Bytes);

        void Folder(uint block, params (string Name, uint Block)[] entries)
        {
            byte[] names = [.. UdfImage.Name("", 1, characteristics: 10), .. entries.SelectMany(entry => UdfImage.Name(entry.Name, entry.Block, characteristics: entry.Block < 10 ? (byte)2 : (byte)0))];
            image.File(UdfImage.PartitionStart + block, block, 4, 3, names.Length, names);
        }
    }

    /// <summary>What claims more bytes than a number can hold is told as the largest one.</summary>
    [Fact]
    public void Counts_have_no_end() => Assert.Equal(new FileCount(2, long.MaxValue), new FileCount(1, long.MaxValue) + new FileCount(1, 5));

    public void Dispose() => _directory.Dispose();

    private static DiscHoldings Holds(ISectorReader disc)
    {
        PlayerContents players = PlayerContents.Read(Volume.Open(disc));
        FileTally files = new();
        DiscAnalysis analysis = DiscAnalyzer.Analyze(disc, new() { Seen = files.Add });
        return DiscHoldings.Of(players, files, analysis);
    }

    private DiscHoldings Holds()
    {
        using ImageFile disc = ImageFile.Open(DiscImages.OfDirectory(_directory["disc"]));
        return Holds(disc);
    }

    private void Write(string name, int length) => Write(name, new byte[length]);

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory[$"disc/{name}"])!);
        _directory.Write($"disc/{name}", content);
    }
}
