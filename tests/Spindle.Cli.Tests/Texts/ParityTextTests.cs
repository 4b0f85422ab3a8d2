// SPDX-License-Identifier: MIT
using Spindle.Cli.Texts;
using Spindle.Parity;
using Spindle.Parity.Health;
using Spindle.Station.Protecting;

namespace Spindle.Cli.Tests.Texts;

public sealed class ParityTextTests
{
    private static readonly LayoutPart Layout = new(ParityFormat.Rs03Image, 8_046_592, 42, 19.72, 19, 4845);

    private static readonly DamagePart Damage = new(1, 12_345, 0, 17, 1, 0, [new(3, 43, [3, 22, 41])]);

    [Fact]
    public void Parity_that_was_made() => ApprovedText.Is(
        new ProtectDocument { Written = "disc.iso", Layout = Layout, Warnings = Enum.GetValues<ProtectWarning>(), Resumed = false }, new ParityText(), "protect");

    [Fact]
    public void A_disc_that_was_checked() => ApprovedText.Is(
        new CheckDocument
        {
            Layout = Layout,
            OtherImage = true,
            Damage = Damage,
            Health = new(HealthVerdict.CopyNow, 0.25, 43, 0, 2.5, 1, []),
            Remembered = new("catalogue.db", 3, "B"),
            Warnings = [new("disc-not-known", "x does not tell which disc it is", "'spindle discs' lists what the catalogue knows; --disc N says which one it is")],
        },
        new ParityText(),
        "check");

    [Fact]
    public void An_image_that_was_mended_in_part() => ApprovedText.Is(
        new RepairDocument
        {
            Written = "disc.iso",
            Whole = false,
            SectorsRestored = 1,
            SectorsRestoredUnproven = 1,
            Resumed = false,
            Layout = Layout,
            OtherImage = false,
            Damage = Damage,
            Health = new(HealthVerdict.Good, 0.25, 0, 42, 0, 42, []),
        },
        new ParityText(),
        "repair");
}
