// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;

namespace Spindle.Archiving.Tests.Sets;

public sealed class SetsAtHandTests : IDisposable
{
    private readonly SetOfImages _set = new(3, 2);
    private readonly SetOfImages _other = new(2, 1, seed: 8);

    [Fact]
    public void Each_set_is_found_with_its_own_parity_and_all_images_that_may_be_of_it()
    {
        string box = Directory.CreateDirectory(_set["box"]).FullName;
        SetMaker.Make(new() { Sources = [_set.Images], Target = box, Sectors = 900, Name = "One_S000" }, SetOfImages.Untold.Progress, CancellationToken.None);
        SetMaker.Make(new() { Sources = [_other.Images], Target = box, Sectors = 900, Name = "Two_S000" }, SetOfImages.Untold.Progress, CancellationToken.None);
        File.Copy(_set.PathOf("Job_0001.iso"), Path.Combine(box, "a.iso"));
        File.WriteAllText(Path.Combine(box, "notes.txt"), "no image");

        IReadOnlyList<IReadOnlyList<string>> found = SetsAtHand.Find([box, _set["nowhere"]]);

        Assert.Equal(
            [["One_S000_P1.iso", "One_S000_P2.iso", "a.iso"], ["Two_S000_P1.iso", "Two_S000_P2.iso", "a.iso"]],
            found.Select(set => set.Select(path => Path.GetFileName(path)).ToArray()));
        Assert.Equal(2, SetsAtHand.Find([_set.Images, _set.Parity, _other.Parity]).Count);
        Assert.Empty(SetsAtHand.Find([_set.Images]));
    }

    public void Dispose()
    {
        _set.Dispose();
        _other.Dispose();
    }
}
