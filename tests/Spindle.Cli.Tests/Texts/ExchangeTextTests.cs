// SPDX-License-Identifier: MIT
using Spindle.Cli.Texts;
using Spindle.Station.Exchanging;

namespace Spindle.Cli.Tests.Texts;

public sealed class ExchangeTextTests
{
    [Fact]
    public void A_catalogue_that_was_imported() => ApprovedText.Is(
        new ImportDocument { Read = "/attic/catalogue.json", Format = "spindle/catalogue/1", Entries = 12_345, NewEntries = 1, Contents = 12_000, Discs = 3, DiscsToldOf = 1, Catalogue = "catalogue.db" },
        new ExchangeText(),
        "import");
}
