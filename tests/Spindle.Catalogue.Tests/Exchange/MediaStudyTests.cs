// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue.Exchange;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Exchange;

public sealed class MediaStudyTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Each_time_that_a_disc_was_burned_read_or_checked_is_a_line_without_names()
    {
        using CatalogueDatabase database = Catalogue(
            """INSERT INTO copy VALUES (1, 0, 'A', 'secret vault', '2026-01-01T00:00:00+00:00', '{"kind":"BD-R","mediumId":"CMCMAG-BA5","medium":"Brand, lot 7"}')""",
            """INSERT INTO copy VALUES (2, 0, 'B', NULL, '2026-01-01T00:00:00+00:00', NULL)""",
            """
            INSERT INTO event VALUES (1, '2026-01-01T00:00:00+00:00', 0, 1, 'burned', 'verified', '/dev/sr0', '{"image":"/home/anna/secret.iso","sectors":1000,"speed":4,"medium":"Brand, lot 7","disc":{"vendor":"V",
                "model":"M","firmware":"1.0","method":"sequential","seconds":{"burning":12.5},"lowestBufferPercent":91,"retries":2,"spareFreeBefore":10,"spareFreeAfter":8,"sectorsCompared":1000,"unreadable":[],
                "different":[],"slow":[{"start":5,"count":32},{"start":99,"count":1}]}}')
            """,
            "INSERT INTO event VALUES (2, '2027-01-01T12:00:00+00:00', 0, 1, 'verified', 'whole', 'V M 1.0', NULL)",
            """INSERT INTO event VALUES (3, '2028-01-01T00:00:00+00:00', 0, 1, 'checked', 'watch', 'V M 1.0', '{"format":"rs03","roots":32,"blocks":77,"sectorsMissing":9,"checksumMismatches":1,"blocksLost":0,"worstBlock":4,"worstMargin":28}')""",
            "INSERT INTO event VALUES (4, '2026-02-01T00:00:00+00:00', 0, 2, 'verified', 'whole', '=cmd()', 'not json')",
            """INSERT INTO event VALUES (5, '2026-01-01T00:00:00+00:00', 0, NULL, 'burned', 'spoiled', '/dev/sr0', '{"sectors":1000,"medium":"Brand, lot 8","disc":{"kind":"BD-R","mediumId":"X","failedSector":512,"sectorsCompared":0,"unreadable":[]}}')""",
            "INSERT INTO event VALUES (6, '2026-01-01T00:00:00+00:00', 0, 1, 'restored', NULL, NULL, NULL)");

        string text = Study(database);
        Dictionary<string, string>[] rows = Rows(text);

        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Equal([("A", "burned"), ("A", "verified"), ("A", "checked"), ("B", "verified"), ("", "burned")], rows.Select(row => (row["copy"], row["event"])));
        Assert.All(rows, row => Assert.Equal("01890000-0000-7000-8000-000000000000", row["disc"]));
        Assert.Equal(["0.0", "365.5", "730.0"], rows.Take(3).Select(row => row["age_days"]));
        Assert.All(rows.Take(3), row => Assert.Equal(("Brand, lot 7", "CMCMAG-BA5", "BD-R", "1000", "V", "12.5", "91", "2", "10", "8", "4"), (
            row["medium"], row["medium_id"], row["kind"], row["image_sectors"], row["burner_vendor"], row["burning_seconds"], row["lowest_buffer_percent"], row["retries"], row["spare_before"], row["spare_after"], row["speed_asked"])));
        Assert.Equal(("0", "0", "33"), (rows[0]["sectors_unreadable"], rows[0]["sectors_different"], rows[0]["sectors_slow"]));
        Assert.Equal(("", "", "whole"), (rows[1]["sectors_unreadable"], rows[1]["sectors_slow"], rows[1]["verdict"])); // how many there were was not told
        Assert.Equal(("9", "1", "32", "77", "0", "4", "28"), (
            rows[2]["sectors_unreadable"], rows[2]["sectors_different"], rows[2]["parity_roots"], rows[2]["parity_blocks"], rows[2]["parity_blocks_lost"], rows[2]["parity_worst_block"], rows[2]["parity_worst_margin"]));
        Assert.Equal(("", "", "'=cmd()"), (rows[3]["medium"], rows[3]["burner_vendor"], rows[3]["read_in"])); // nobody knows how that copy was made
        Assert.Equal(("Brand, lot 8", "X", "BD-R", "512", ""), (rows[4]["medium"], rows[4]["medium_id"], rows[4]["kind"], rows[4]["failed_sector"], rows[4]["sectors_unreadable"])); // it was not read
    }

    [Fact]
    public void Where_nothing_happened_there_are_the_names_of_columns()
    {
        using CatalogueDatabase database = Catalogue();

        Assert.Single(Study(database).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    private CatalogueDatabase Catalogue(params string[] statements)
    {
        CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["c.db"]);
        foreach (string statement in (string[])
        [
            "INSERT INTO scan VALUES (1, x'', x'', '2026-01-01T00:00:00Z', NULL, NULL)",
            "INSERT INTO plan VALUES (1, 'p', '2026-01-01T00:00:00Z', 1, 1000, '{}')",
            "INSERT INTO disc VALUES (0, 1, '01890000-0000-7000-8000-000000000000', 'SECRET_0000', 'secret name', 'written', 1000, 1, 1, NULL, NULL, NULL)",
            .. statements,
        ])
        {
            using Statement run = database.Prepare(statement);
            run.Run();
        }

        return database;
    }

    private static string Study(CatalogueDatabase database)
    {
        using MemoryStream stream = new();
        CatalogueExport.Write(stream, database, ExportFormat.MediaStudy, (1, 1), TimeProvider.System, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Dictionary<string, string>[] Rows(string text)
    {
        string[][] lines = [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace("\"Brand, lot", "Brand; lot", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal).Split(','))];
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second.Replace(';', ',')))];
    }
}
