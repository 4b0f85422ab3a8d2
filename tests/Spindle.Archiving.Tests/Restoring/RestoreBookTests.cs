// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Restoring;
using Spindle.Files.Targets;
using Spindle.Media;

namespace Spindle.Archiving.Tests.Restoring;

/// <summary>What is told where the target did not take something.</summary>
public sealed class RestoreBookTests : IDisposable
{
    private readonly CatalogueDatabase _database = CatalogueDatabase.CreateTemporary("book");
    private readonly RestoreBook _book;

    public RestoreBookTests() => _book = RestoreBook.For(_database);

    [Theory]
    [InlineData(false, false, "not-restored")]
    [InlineData(true, false, "target-blocked")]
    [InlineData(false, true, "already-exists")]
    public void Says_why_it_is_not_there(bool isBlocked, bool isThere, string code)
    {
        _book.Refused("a/b"u8, new TargetException("cannot be made: it is so", isBlocked, isThere: isThere));

        Failure problem = Assert.Single(_book.Problems);
        Assert.Equal(code, problem.Code);
        Assert.StartsWith("a/b ", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_where_there_is_no_room()
    {
        OperationFailedException e = Assert.Throws<OperationFailedException>(() =>
            _book.Refused("a/b"u8, new TargetException("cannot be written: no space", isBlocked: false, isFull: true)));

        Assert.Equal("no-space", e.Failure.Code);
        Assert.Empty(_book.Problems);
    }

    [Fact]
    public void Says_what_of_a_file_was_not_set()
    {
        _book.AttributesRefused("a/b"u8, "owner, mode");

        Failure problem = Assert.Single(_book.Problems);
        Assert.Equal(("attributes-not-set", "a/b: not set: owner, mode"), (problem.Code, problem.What));
    }

    [Fact]
    public void Tells_a_thousand_problems_and_no_more()
    {
        for (int number = 0; number < 1500; number++)
        {
            _book.AttributesRefused("a"u8, "mode");
        }

        Assert.Equal(1000, _book.Problems.Count);
    }

    public void Dispose() => _database.Dispose();
}
