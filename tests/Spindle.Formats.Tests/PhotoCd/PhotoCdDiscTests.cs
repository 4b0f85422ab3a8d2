// SPDX-License-Identifier: MIT
using Spindle.Formats.Images;
using Spindle.Formats.PhotoCd;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.PhotoCd;

/// <summary>A disc laid out by hand: no program that makes one is at hand.</summary>
public sealed class PhotoCdDiscTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public PhotoCdDiscTests()
    {
        Directory.CreateDirectory(_directory["disc/PHOTO_CD/IMAGES"]);
        _directory.Write("disc/PHOTO_CD/INFO.PCD", [.. "PHOTO_CD"u8, .. new byte[2040]]);
        _directory.Write("disc/PHOTO_CD/OVERVIEW.PCD", [1]);
        _directory.Write("disc/PHOTO_CD/IMAGES/IMG0001.PCD", [1]);
        _directory.Write("disc/PHOTO_CD/IMAGES/IMG0002.PCD", [1]);
        _directory.Write("disc/PHOTO_CD/IMAGES/NOTES.PCD", [1]);
    }

    [Fact]
    public void Its_image_packs_are_counted() => Assert.Equal(new(2), Read());

    [Fact]
    public void What_begins_otherwise_is_none()
    {
        _directory.Write("disc/PHOTO_CD/INFO.PCD", [.. "PHOTO_CX"u8, .. new byte[2040]]);
        Assert.Null(Read());
        File.Delete(_directory["disc/PHOTO_CD/INFO.PCD"]);
        Assert.Null(Read());
    }

    [Fact]
    public void Without_its_images_there_are_none()
    {
        Directory.Delete(_directory["disc/PHOTO_CD/IMAGES"], recursive: true);
        Assert.Equal(new(0), Read());
    }

    public void Dispose() => _directory.Dispose();

    private PhotoCdDisc? Read()
    {
        using ImageFile file = ImageFile.Open(DiscImages.OfDirectory(_directory["disc"]));
        return PhotoCdDisc.Read(Volume.Open(file)!);
    }
}
