// SPDX-License-Identifier: MIT
using Spindle.Cli.Texts;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Records;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contents;
using Spindle.Station.Contract;
using Spindle.Station.Demonstrating;
using Spindle.Station.Drives;
using Spindle.Station.Inspecting;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Texts;

/// <summary>What is told of discs that are looked into, on the demo's: two files, plain ISO 9660.</summary>
public sealed class DiscTextTests : IDisposable
{
    private static readonly DriveReport Drive = new()
    {
        Path = "/dev/sr0",
        Vendor = "PIONEER",
        Model = "BD-RW [S12]",
        Connection = "usb",
        Status = DriveStatus.Ready,
        Disc = new()
        {
            Kind = DiscKind.CdExtra,
            Medium = "CD-R",
            Tracks = [new(1, 1, IsData: false, new(0, 15_000), "Song\x1b[1m"), new(2, 2, IsData: true, new(26_400, 5_000), null)],
            Sizes = [new("read-capacity", "MMC-6 6.26", 31_400), new("read-toc", "MMC-6 6.37", 1)],
        },
        Length = 10_240_000,
        SectorSize = 2048,
        VolumeIdentifier = "EXTRA",
        FileSystems = ["ISO 9660", "Joliet"],
        MountPoints = ["/media/EXTRA"],
    };

    private static readonly DriveReport Blank = new()
    {
        Path = "/dev/sr2",
        Status = DriveStatus.Ready,
        Disc = new() { Kind = DiscKind.Blank, Medium = "BD-R" },
        Writable = new("MAKER/TYP/000", IsBlank: true, 12_219_392, CanBeBurned: true, [26_970, 17_980]),
        Failure = new("blank-disc", "the disc in /dev/sr2 is blank", "'spindle burn' writes an image onto it"),
    };

    private readonly TempDirectory _directory = new();
    private readonly Work _work;

    public DiscTextTests() => _work = new(
        Equipment.OfThisMachine() with { Drives = _ => [Drive, Blank, new() { Path = "/dev/sr1", Status = DriveStatus.NoDisc, Failure = new("no-medium", "/dev/sr1 holds no disc", "insert a disc and close the tray") }] },
        new Progress<WorkProgress>(), new SameAnswer(false));

    [Fact]
    public async Task What_a_DVD_Video_has_to_play()
    {
        DvdTitlePart film = new(1, 1, 5423.4, 12, 2, "PAL", "16:9", [new("AC-3", "de", 6, null), new("DTS", null, 6, "director's comments"), new(null, "x\x1b[31m", 1, null)], ["de", null]);
        InspectDocument document = await InspectVerb.Verb.RunAsync(new() { Sources = [Disc()] }, _work, CancellationToken.None);
        InspectedImagePart disc = document.Images[0] with
        {
            Source = "film.iso",
            Holds = new(["dvd-video", "data"], Complete: false, "names", [new("pictures", 1, 2048), new("data", 12_345, 4_700_000)], new(14, 4_700_000_000), SoundTracks: 1)
            {
                DvdVideo = new(2, [1, 2], true, true, [film, .. Enumerable.Range(2, 10).Select(number => new DvdTitlePart(number, 9, null, 1, 1, null, null, [], []))]),
            },
        };

        ApprovedText.Is(new InspectDocument { Images = [disc] }, new InspectText(), "inspect.dvd");
    }

    [Fact]
    public async Task What_a_Blu_ray_Disc_has_to_play()
    {
        BlurayPlaylistPart film = new("00800", 95_423.4, 1200, 1, 12, 2, false, [new("AVC", "1080p", "23.976")], [new("DTS-HD MA", "eng", "multi-channel"), new(null, null, null)], ["fra", null]);
        InspectDocument document = await InspectVerb.Verb.RunAsync(new() { Sources = [Disc()] }, _work, CancellationToken.None);
        InspectedImagePart disc = document.Images[0] with
        {
            Source = "film.iso",
            Holds = new(["blu-ray", "unknown"], Complete: true, "names", [], new(1, 1), SoundTracks: 0)
            {
                BluRay = new("0200", 2, true, true, true, 1, [film, .. Enumerable.Range(1, 10).Select(number => new BlurayPlaylistPart($"{number:D5}", number, 1, 1, 1, 1, true, [], [], []))]),
            },
        };

        ApprovedText.Is(new InspectDocument { Images = [disc] }, new InspectText(), "inspect.bluray");
    }

    [Fact]
    public async Task What_discs_for_other_players_have()
    {
        InspectDocument document = await InspectVerb.Verb.RunAsync(new() { Sources = [Disc()] }, _work, CancellationToken.None);
        InspectedImagePart disc = document.Images[0] with
        {
            Source = "all.iso",
            Holds = new(["dvd-audio", "dvd-vr", "video-cd", "photo-cd"], Complete: true, "names", [], new(9, 12_345), SoundTracks: 0)
            {
                DvdAudio = new(2, false, true, [new(1, 1, 12, 3723.4)]),
                DvdVr = new("1.1", "MY [b]", true, true, false, [new("2004-12-24T18:30:59", 3600), new(null, null)]),
                VideoCd = new(false, "2.0", "HOLIDAY", 2, 1, [new(1, "PAL", 2.97, 1), new(2, null, null, 5)]),
                PhotoCd = new(1),
            },
        };

        ApprovedText.Is(new InspectDocument { Images = [disc] }, new InspectText(), "inspect.players");
    }

    [Fact]
    public async Task Entries_all_told()
    {
        using ListDocument document = await ListAsync();
        ApprovedText.Is(document, new ListText(isLong: true, CancellationToken.None), "ls.long");
    }

    [Fact]
    public async Task Entries_by_their_paths()
    {
        using ListDocument document = await ListAsync();
        ApprovedText.Is(document, new ListText(isLong: false, CancellationToken.None), "ls");
    }

    [Fact]
    public async Task A_tree_that_lacks_names()
    {
        using TreeDocument document = await TreeVerb.Verb.RunAsync(new() { Source = Disc(20 * 2048) }, _work, CancellationToken.None);
        ApprovedText.Is(document, new TreeText(DateTimeOffset.UnixEpoch), "tree.lacking");
    }

    [Fact]
    public async Task A_tree()
    {
        using TreeDocument document = await TreeVerb.Verb.RunAsync(new() { Source = Disc() }, _work, CancellationToken.None);
        ApprovedText.Is(document, new TreeText(DateTimeOffset.UnixEpoch), "tree");
    }

    [Fact]
    public async Task Inspected_images() => ApprovedText.Is(await InspectAsync(), new InspectText(), "inspect", isVerbose: true);

    [Fact]
    public async Task What_unreadable_sectors_hit()
    {
        string map = _directory.Write("disc.map", "0 + 1\n0 0xA000 +\n0xA000 0x2000 -\n0xC000 0x7A0800 +\n"u8);
        ApprovedText.Is(await DamageVerb.Verb.RunAsync(new(Disc(), map), _work, CancellationToken.None), new DamageText(), "damage");
    }

    [Fact]
    public void Extracted_files() => ApprovedText.Is(
        new ExtractDocument
        {
            Files = 1,
            Directories = 12_345,
            Symlinks = 0,
            Forks = 1,
            ForksLeftOut = 2,
            Bytes = 4_700_000_000,
            Damaged = [new("/a\x1b[31m", 1), new("/b [c]", 0), new("/d", 2048)],
            Skipped = [new("names-missing", "names are missing: the directory at sector 20 can't be read (ISO002)", "'spindle inspect' tells all that is wrong")],
            Warnings = [new("other-tree-has-more", "this disc has an hfs tree, too, for Macintosh: there may be other files in it", "--view hfs")],
        },
        new ExtractText(),
        "extract");

    [Fact]
    public async Task Drives_and_what_is_in_them() =>
        ApprovedText.Is(await DrivesVerb.Verb.RunAsync(new(), _work, CancellationToken.None), new DrivesText(), "drives", isVerbose: true);

    [Fact]
    public void No_drive() => ApprovedText.Is(new DrivesDocument { Drives = [] }, new DrivesText(), "drives.none");

    public void Dispose() => _directory.Dispose();

    private string Disc(int length = int.MaxValue)
    {
        byte[] disc = DemoDisc.Build();
        return _directory.Write(length == int.MaxValue ? "disc.iso" : "cut.iso", disc.AsSpan(0, Math.Min(length, disc.Length)));
    }

    private Task<ListDocument> ListAsync() => ListVerb.Verb.RunAsync(new() { Disc = new() { Source = Disc() }, Recursive = true }, _work, CancellationToken.None);

    private async Task<InspectDocument> InspectAsync()
    {
        InspectDocument document = await InspectVerb.Verb.RunAsync(new() { Sources = [Disc(), Disc(1_000_000), "/no/such\x1b[31m.iso"] }, _work, CancellationToken.None);
        return document with { Images = [.. document.Images.Select(image => image with { Source = Path.GetFileName(image.Source) })] };
    }
}
