// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Archiving.Tests.Sets;

public sealed class SetAdderTests : IDisposable
{
    private readonly SetOfImages _set = new(5, 3, length: 200_000);

    private string Folder => _set["open"];

    private string Sums => Path.Combine(Folder, "Job_S000.sums");

    [Fact]
    public void Parity_of_discs_that_came_one_by_one_is_the_parity_made_at_once()
    {
        Add(3, "Job_0000.iso", "Job_0001.iso");
        File.Delete(_set.PathOf("Job_0001.iso")); // it is not needed any more
        Add(null, "Job_0002.iso", "Job_0003.iso");
        OpenSet all = Add(null, "Job_0003.iso", "Job_0004.iso");

        SetMakeResult made = Close();

        Assert.Equal("Job_0004.iso", Assert.Single(all.Added));
        Assert.Equal((5, 3), (all.Discs.Count, all.Rows));
        Assert.Equal(_set.Made.Table.ToString(), made.Table.ToString());
        foreach (string path in Directory.GetFiles(_set.Parity, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(Folder, Path.GetRelativePath(_set.Parity, path))));
        }

        Assert.False(Directory.Exists(Sums));
        Assert.Equal("set-closed", CodeOf(() => Add(null, "Job_0000.iso")));
    }

    [Fact]
    public void What_does_not_fit_the_set_is_refused()
    {
        Assert.Equal("sums-missing", CodeOf(() => Close()));
        Add(2, "Job_0000.iso");

        Assert.Equal("other-parity-discs", CodeOf(() => Add(3, "Job_0001.iso")));
        using (FileStream file = new(_set.PathOf("Job_0000.iso"), FileMode.Append))
        {
            file.WriteByte(1);
        }

        Assert.Equal("disc-given-twice", CodeOf(() => Add(2, "Job_0000.iso")));
        using (FolderLock.TryTake(Sums))
        {
            Assert.Equal("target-busy", CodeOf(() => Add(2, "Job_0001.iso")));
        }

        Directory.CreateDirectory(Path.Combine(Folder, "Other.sums"));
        File.Copy(Path.Combine(Sums, "sums.tsv"), Path.Combine(Folder, "Other.sums", "sums.tsv"));
        Assert.Equal("several-sets", CodeOf(() => Add(2, "Job_0001.iso")));
    }

    public void Dispose() => _set.Dispose();

    private static string CodeOf(Action action) => Assert.Throws<OperationFailedException>(action).Failure.Code;

    private OpenSet Add(int? rows, params string[] names) =>
        SetAdder.Add(new() { Sources = [.. names.Select(_set.PathOf)], Target = Folder, Rows = rows }, SetOfImages.Untold.Progress, CancellationToken.None);

    private SetMakeResult Close() => SetAdder.Close(new() { Sources = [], Target = Folder }, SetOfImages.Untold.Progress, CancellationToken.None);
}
