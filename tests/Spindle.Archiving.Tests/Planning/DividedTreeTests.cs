// SPDX-License-Identifier: MIT
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Planning;

/// <summary>Trees that must be divided, and some that can't be: each plan ends, with discs or with a reason.</summary>
public sealed class DividedTreeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData(80, 600)] // the directories above take more than a disc
    [InlineData(60, 600)]
    public async Task Directories_that_leave_no_room_for_a_part_are_an_error_that_says_so(int depth, int sectors)
    {
        string below = Path.Combine([_directory["source"], .. Enumerable.Repeat("d", depth)]);
        Directory.CreateDirectory(below);
        await File.WriteAllBytesAsync(Path.Combine(below, "f"), new byte[1_000_000]);

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => PlanAsync($"{sectors}s"));

        Assert.Equal("too-small", e.Failure.Code);
        Assert.Contains("d/d/d", e.Failure.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "b")] // the name that is divided comes first
    [InlineData("b", "a")]
    public async Task A_second_name_that_is_too_long_for_a_number_is_told(string first, string second)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ln");
        Directory.CreateDirectory(_directory["source"]);
        await File.WriteAllBytesAsync(_directory[$"source/{first}"], new byte[3_000_000]);
        Shell($"ln source/{first} source/{string.Concat(Enumerable.Repeat(second, 250))}");

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => PlanAsync("1400s"));

        Assert.Equal("name-too-long", e.Failure.Code);
    }

    [Theory]
    [InlineData("a-pipe")] // before all names that take room
    [InlineData("z-pipe")]
    public async Task A_special_file_is_on_a_disc_of_its_divided_directory(string name)
    {
        PortableFiles.SkipWhereUsed("special files");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo");
        Directory.CreateDirectory(_directory["source"]);
        Shell($"mkfifo source/{name}; head -c 3000000 /dev/urandom > source/big; echo x > source/small");

        (PlanResult plan, object? without) = await PlanAsync("1400s");

        Assert.True(plan.Discs.Count > 1);
        Assert.Equal(0L, without);
    }

    public void Dispose() => _directory.Dispose();

    private async Task<(PlanResult Plan, object? WithoutDisc)> PlanAsync(string capacity)
    {
        Assert.True(Capacity.TryParse(capacity, out Capacity? known));
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        await new Scanner(TimeProvider.System).ScanAsync(database, new() { Sources = [_directory["source"]], Job = "Divided" }, new Progress<WorkProgress>(), default);
        PlanResult plan = new Planner(database, TimeProvider.System).Plan(
            new() { Capacity = known, SplitsFiles = true, Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None);
        using Microsoft.Data.Sqlite.SqliteCommand command = database.Connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM entry WHERE disc IS NULL AND kind <> 1";
        return (plan, command.ExecuteScalar());
    }

    private void Shell(string script) => ForeignProgram.Shell(_directory.Path, script);
}
