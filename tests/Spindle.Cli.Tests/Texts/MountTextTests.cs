// SPDX-License-Identifier: MIT
using Spindle.Cli.Texts;
using Spindle.Station.Mounting;

namespace Spindle.Cli.Tests.Texts;

public sealed class MountTextTests
{
    private static readonly MountDocument Document = new() { Directory = "/mnt/archive", Catalogue = "/home/me/catalogue.db", Scan = 3, FilesOpened = 1200, Bytes = 3_500_000_000, Refused = 2 };

    [Fact]
    public void A_drive_that_was() => ApprovedText.Is(Document, new MountText(), "mount");

    [Fact]
    public void One_that_had_trouble() => ApprovedText.Is(Document with { Refused = 0, FilesOpened = 1, Problem = new("catalogue-damaged", "catalogue.db is damaged", "use a copy of it") }, new MountText(), "mount.problem");
}
