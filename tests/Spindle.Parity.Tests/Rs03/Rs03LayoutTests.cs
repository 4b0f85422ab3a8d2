// SPDX-License-Identifier: MIT
using Spindle.Parity.Rs03;

namespace Spindle.Parity.Tests.Rs03;

public sealed class Rs03LayoutTests
{
    [Theory]
    [InlineData(200, 510, 2, 153, 510)]
    [InlineData(400, 510, 2, 53, 510)]
    [InlineData(490, 510, 2, 8, 510)]
    [InlineData(160, 510, 2, 170, 510)]
    [InlineData(200, 255, 1, 52, 255)]
    [InlineData(400, 1000, 3, 120, 765)]
    [InlineData(346_612, 359_424, 1409, 8, 359_295)]
    [InlineData(297_297, 359_424, 1409, 43, 359_295)]
    [InlineData(1_898_998, 2_295_104, 9000, 43, 2_295_000)]
    [InlineData(8_811_628, 11_826_176, 46_377, 64, 11_826_135)]
    [InlineData(118_354, 359_424, 1409, 170, 359_295)]
    public void Fills_a_medium_as_the_format_does(long payload, long medium, long sectorsPerLayer, int roots, long total)
    {
        Rs03Layout layout = Rs03Layout.ForImage(payload, medium)!;

        Assert.Equal(sectorsPerLayer, layout.SectorsPerLayer);
        Assert.Equal(roots, layout.Roots);
        Assert.Equal(total, layout.TotalSectors);
    }

    [Theory]
    [InlineData(346_613, 359_424)]
    [InlineData(2_213_999, 2_295_104)]
    [InlineData(60_271_741, 60_403_712)]
    [InlineData(400, 200)]
    [InlineData(400, 0)]
    [InlineData(0, 510)]
    public void Refuses_a_medium_that_leaves_less_than_eight_roots(long payload, long medium) =>
        Assert.Null(Rs03Layout.ForImage(payload, medium));

    [Theory]
    [InlineData(1)]
    [InlineData(400)]
    [InlineData(2_000_000)]
    public void Finds_the_smallest_image_with_enough_roots(long payload)
    {
        for (int roots = Rs03Layout.MinimumRoots; roots <= Rs03Layout.MaximumRoots; roots++)
        {
            Rs03Layout layout = Rs03Layout.ForImageWithRoots(payload, roots)!;

            Assert.True(layout.Roots >= roots);
            Assert.True((Rs03Layout.ForImage(payload, (layout.SectorsPerLayer - 1) * 255)?.Roots ?? 0) < roots);
        }
    }

    [Fact]
    public void Is_what_its_header_says()
    {
        Rs03Layout image = Rs03Layout.ForImage(400, 510)! with { Fingerprint = 7 };
        Rs03Layout file = Rs03Layout.ForFile(5000, 32);

        Assert.Equal(image, Rs03Layout.From(image.ToHeader()));
        Assert.Equal(file, Rs03Layout.From(file.ToHeader()));
    }

    [Theory]
    [InlineData(0, 32, 2, 223)]
    [InlineData(1, 0, 2, 255)]
    [InlineData(1, 200, 2, 55)]
    [InlineData(500, 32, 2, 223)] // more payload than layers
    [InlineData(1, 32, 2, 200)] // symbols that are no 255 together
    [InlineData(1, 32, 0, 223)]
    [InlineData(1, 32, long.MaxValue, 223)]
    [InlineData(long.MaxValue, 32, 2, 223)]
    public void Is_not_made_from_a_header_whose_numbers_do_not_belong_together(long payload, int roots, long sectorsPerLayer, int dataSymbols) =>
        Assert.Null(Rs03Layout.From(Rs03Layout.ForImage(400, 510)!.ToHeader() with
        {
            PayloadSectors = payload,
            Roots = roots,
            SectorsPerLayer = sectorsPerLayer,
            DataSymbols = dataSymbols,
        }));
}
