// SPDX-License-Identifier: MIT
using Spindle.Formats.Images;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Volumes;

/// <summary>A disc with UDF and Rock Ridge, of which one has more than the other.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RicherTreeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public RicherTreeTests()
    {
        Directory.CreateDirectory(_directory["tree/dir"]);
        File.WriteAllText(_directory["tree/one.txt"], "one");
        File.WriteAllText(_directory["tree/dir/two.txt"], "two");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_udf_of_genisoimage_has_no_owners_and_no_links(bool hasLink)
    {
        if (hasLink)
        {
            File.CreateSymbolicLink(_directory["tree/link"], "one.txt");
        }

        using ImageFile image = Bridge();

        Volume best = Volume.Open(image)!;
        Volume udf = Volume.Open(image, new() { View = VolumeView.Udf })!;

        Assert.Equal((VolumeView.RockRidge, null), (best.View, best.Richer));
        Assert.Equal(VolumeView.RockRidge, udf.Richer!.Value.View);
        Assert.Equal(hasLink ? "links" : "owners", udf.Richer!.Value.What);
        Assert.Equal(VolumeView.RockRidge, Volume.ViewsOf(image)[0]);
        Assert.DoesNotContain(best.Walk(), entry => entry.Name == "link" && entry.Target != "one.txt");
    }

    [Fact]
    public void Names_count_more_than_what_is_known_of_them()
    {
        byte[] image = File.ReadAllBytes(Path(Bridge()));
        using MemoryStream bytes = new(image);
        using ImageFile whole = ImageFile.Open(_directory["tree.iso"]);
        Extent root = Volume.Open(whole, new() { View = VolumeView.RockRidge })!.Find("/dir")!.Extents[0];
        image.AsSpan((int)root.Position, 2048).Clear();
        File.WriteAllBytes(_directory["hurt.iso"], image);

        using ImageFile hurt = ImageFile.Open(_directory["hurt.iso"]);

        Assert.Equal(VolumeView.Udf, Volume.Open(hurt)!.View);
        Assert.Contains(Volume.Open(hurt)!.Walk(), entry => entry.Path == "/dir/two.txt");
    }

    public void Dispose() => _directory.Dispose();

    private static string Path(ImageFile image)
    {
        using (image)
        {
            return image.Name;
        }
    }

    private ImageFile Bridge()
    {
        ForeignProgram.Run("genisoimage", "-quiet", "-udf", "-R", "-J", "-o", _directory["tree.iso"], _directory["tree"]);
        return ImageFile.Open(_directory["tree.iso"]);
    }
}
