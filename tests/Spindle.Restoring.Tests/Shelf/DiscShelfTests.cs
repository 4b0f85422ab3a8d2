// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Documents;
using Spindle.Media;
using Spindle.Restoring.Shelf;
using Spindle.Testing;

namespace Spindle.Restoring.Tests.Shelf;

public sealed class DiscShelfTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly DiscShelf _shelf = new(path => Path.GetFileName(path).Contains("bad", StringComparison.Ordinal) // the folder is called by chance
        ? throw new OperationFailedException(new("source-unreadable", $"{path} cannot be read", ""))
        : new SimulatedDisc(File.ReadAllBytes(path)));

    [Fact]
    public void A_mounted_disc_is_one()
    {
        Mount("mounted", HandmadeDisc.Description());

        _shelf.Add(_directory["mounted"]);

        ArchiveDisc disc = Assert.Single(_shelf.Discs);
        Assert.Equal((_directory["mounted"], 3, false), (disc.Name, disc.Identity.Number, disc.IsImage));
        Assert.Equal((false, 0, 0), (_shelf.HasFolders, _shelf.Refused.Count, _shelf.Others.Count));
    }

    [Fact]
    public void A_folder_is_looked_through_for_discs_in_the_order_of_their_names()
    {
        Mount("shelf/b", HandmadeDisc.Description(number: 2));
        Mount("shelf/a", HandmadeDisc.Description(number: 1));
        File.WriteAllText(_directory["shelf/notes.txt"], "not looked at");
        File.WriteAllText(_directory["shelf/a/inner.iso"], "a file of the disc, and no disc");

        _shelf.Add(_directory["shelf"]);

        Assert.Equal([1, 2], _shelf.Discs.Select(disc => disc.Identity.Number));
        Assert.True(_shelf.HasFolders);
        Assert.Empty(_shelf.Refused);
    }

    [Fact]
    public void Images_in_folders_are_found_at_any_depth_by_their_names()
    {
        Directory.CreateDirectory(_directory["shelf/deep/er"]);
        foreach (string name in (string[])["deep/x.ISO", "deep/er/y.udf", "deep/z.txt", "deep/bad.img"])
        {
            File.WriteAllBytes(_directory["shelf/" + name], new byte[64 << 10]);
        }

        _shelf.Add(_directory["shelf"]);

        Assert.Empty(_shelf.Discs);
        Assert.Equal(
            [("source-unreadable", "bad.img"), ("no-archive-disc", "y.udf"), ("no-archive-disc", "x.ISO")],
            _shelf.Refused.Select(failure => (failure.Code, Path.GetFileName(failure.What.Split(' ')[0]))));
        Assert.EndsWith("or what is left of one", _shelf.Refused[1].What, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_was_named_and_is_no_disc_of_an_archive_is_refused()
    {
        string image = _directory.Write("other.iso", new byte[64 << 10]);

        _shelf.Add(image);

        Failure refused = Assert.Single(_shelf.Refused);
        Assert.Equal(("no-archive-disc", $"{image} is no disc of an archive"), (refused.Code, refused.What));
        Assert.Empty(_shelf.Others);
    }

    [Fact]
    public void A_whole_disc_that_is_none_of_an_archive_is_another_one_in_a_folder_and_refused_where_it_was_named()
    {
        Directory.CreateDirectory(_directory["shelf"]);
        Directory.CreateDirectory(_directory["tree"]);
        File.WriteAllText(_directory["tree/file"], "x");
        File.Move(DiscImages.OfDirectory(_directory["tree"]), _directory["shelf/other.iso"]);

        _shelf.Add(_directory["shelf"]);
        Assert.Equal("other-disc", Assert.Single(_shelf.Others).Code);
        Assert.Equal("no-archive-disc", Assert.Single(_shelf.Refused).Code); // the folder, which so holds none

        _shelf.Clear();
        _shelf.Add(_directory["shelf/other.iso"]);
        Assert.Empty(_shelf.Others);
        Assert.Equal("no-archive-disc", Assert.Single(_shelf.Refused).Code);
    }

    [Fact]
    public void A_folder_that_looks_like_a_disc_and_is_none_is_told_of()
    {
        Directory.CreateDirectory(_directory["shelf/lost/ARCHIVE"]);
        Directory.CreateDirectory(_directory["shelf/named.iso"]);
        Directory.CreateDirectory(_directory["shelf/usual"]);

        _shelf.Add(_directory["shelf"]);

        Assert.Equal(
            [("no-archive-disc", "lost"), ("no-archive-disc", "named.iso"), ("no-archive-disc", "shelf")],
            _shelf.Refused.Select(failure => (failure.Code, Path.GetFileName(failure.What.Split(' ')[0]))));
    }

    [Fact]
    public void A_folder_without_any_disc_is_refused()
    {
        Directory.CreateDirectory(_directory["empty"]);

        _shelf.Add(_directory["empty"]);

        Failure refused = Assert.Single(_shelf.Refused);
        Assert.Equal(("no-archive-disc", $"{_directory["empty"]} holds no disc of an archive"), (refused.Code, refused.What));
        Assert.True(_shelf.HasFolders);
    }

    [Fact]
    public void Nothing_is_left_on_a_shelf_that_was_cleared()
    {
        Mount("shelf/a", HandmadeDisc.Description());
        Directory.CreateDirectory(_directory["shelf/lost/ARCHIVE"]);
        _shelf.Add(_directory["shelf"]);
        Assert.Equal((1, 1), (_shelf.Discs.Count, _shelf.Refused.Count));

        _shelf.Clear();

        Assert.Equal((0, 0, 0, false), (_shelf.Discs.Count, _shelf.Refused.Count, _shelf.Others.Count, _shelf.HasFolders));
    }

    public void Dispose()
    {
        _shelf.Dispose();
        _directory.Dispose();
    }

    private void Mount(string name, string description)
    {
        Directory.CreateDirectory(_directory[name + "/ARCHIVE"]);
        File.WriteAllText(_directory[name + "/ARCHIVE/disc.json"], description);
    }
}
