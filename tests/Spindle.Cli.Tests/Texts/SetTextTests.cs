// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Cli.Texts;
using Spindle.Parity.DiscSet;
using Spindle.Station.Sets;

namespace Spindle.Cli.Tests.Texts;

public sealed class SetTextTests
{
    private static readonly SetMemberPart[] Discs =
    [
        new("Photos_0000.iso", 25_025_314_816, "aa", "/discs/Photos_0000.iso", SetState.Whole),
        new("Photos_0001.iso", 25_000_000_000, "bb", null, SetState.Missing),
    ];

    private static readonly SetMemberPart[] Parity = [new("Photos_S000.p01", 25_025_314_816, "cc", null, SetState.There)];

    private static ParityDocument Document => new()
    {
        Task = ParityTask.Create,
        Sets = [new("7d444840-9dc0-11d1-b245-5ffdce74fad2", false, SetForm.Par1, 25_025_314_816, 1, 1, [Discs[0]], Parity)],
        Target = "parity",
        ReadBack = true,
        Warnings = [new("name-not-ascii", "Ä.iso is listed as _.iso: programs of PAR 1.0 know ASCII alone", "for other programs, give it that name")],
    };

    [Fact]
    public void Parity_that_was_made() => ApprovedText.Is(Document, new SetText(), "parity-create");

    [Fact]
    public void A_set_of_which_something_is_missing() => ApprovedText.Is(
        Document with { Task = ParityTask.List, ReadBack = null, Warnings = [], Sets = [Document.Sets[0] with { Discs = Discs, MayLose = 0 }] }, new SetText(), "parity-list");

    [Fact]
    public void A_set_that_is_open() => ApprovedText.Is(
        Document with { Added = ["Photos_0000.iso"], Warnings = [], Sets = [Document.Sets[0] with { Uuid = null, IsOpen = true, Parity = [] }] }, new SetText(), "parity-open");

    [Fact]
    public void A_set_that_is_damaged() => ApprovedText.Is(
        Document with { Task = ParityTask.Check, Damaged = [new("Photos_0000.iso", 65536, 131072)], Warnings = [] }, new SetText(), "parity-check");

    [Fact]
    public void A_set_that_was_made_whole_in_part() => ApprovedText.Is(
        Document with
        {
            Task = ParityTask.Repair,
            Restored =
            [
                new("Photos_0001.iso", "out/Photos_0001.iso", true, 25_000_000_000, "bb", true), new("Photos_0000.iso", "out/Photos_0000.iso", false, 65536, "aa", true),
                new("Photos_0002.iso", "out/Photos_0002.iso.part", true, 1, "dd", false), new("Photos_0003.iso", null, false, 4096, null, null),
            ],
            Beyond = [new("Photos_0002.iso", 65536, 1)],
            Concerns = [new("beyond-parity", "1 bytes of Photos_0002.iso can't be made again: too many others lack the same place", "the map beside the .part file says which")],
            Warnings = [],
        },
        new SetText(),
        "parity-repair");
}
