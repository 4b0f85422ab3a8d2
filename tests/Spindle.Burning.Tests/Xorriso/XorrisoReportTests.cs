// SPDX-License-Identifier: MIT
using Spindle.Burning.Xorriso;

namespace Spindle.Burning.Tests.Xorriso;

/// <summary>What xorriso 1.5.4 said in the lab.</summary>
public sealed class XorrisoReportTests
{
    private const string Failing = """
        xorriso 1.5.4 : RockRidge filesystem manipulator, libburnia project.

        Drive current: -outdev '/dev/sr0'
        Media current: BD-R sequential recording
        Beginning to write data track.
        xorriso : UPDATE :    0 of    6 MB written [buf  87%]
        libburn : FATAL : SCSI error on write(1984,32): [3 0C 00] Medium error. Write error.
        xorriso : FATAL : -abort_on 'FAILURE' encountered 'FATAL' during image writing
        xorriso : NOTE : libburn has now been urged to cancel its operation
        libburn : WARNING : Last session on media is still open.
        xorriso : FAILURE : libburn indicates failure with writing.
        """;

    private const string Good = """
        xorriso 1.5.4 : RockRidge filesystem manipulator, libburnia project.
        xorriso : UPDATE :    0 of   57 MB written [buf  92%]
        xorriso : UPDATE :   13 of   57 MB written (fifo 92%) [buf  87%]   1.7x.
        xorriso : UPDATE :   57 of   57 MB written (fifo  0%) [buf  95%]   4.0x.
        xorriso : UPDATE : Closing track/session. Working since 3 seconds
        Writing to '/dev/sr0' completed successfully.
        """;

    [Fact]
    public void A_failure_is_the_first_thing_that_is_called_one()
    {
        XorrisoReport report = Hear(Failing);

        Assert.Equal(("1.5.4", "SCSI error on write(1984,32): [3 0C 00] Medium error. Write error.", false, 87), (report.Version, report.Complaint, report.SaysDone, report.LowestBuffer));
    }

    [Fact]
    public void Progress_and_the_lowest_buffer_are_heard()
    {
        XorrisoReport report = Hear(Good);

        Assert.Equal((57L << 20, 87, true, null), (report.Written, report.LowestBuffer, report.SaysDone, report.Complaint));
    }

    [Theory]
    [InlineData("")]
    [InlineData("xorriso : UPDATE : 99999999999999999999 of 1 MB written [buf 1%]")]
    [InlineData("xorriso : UPDATE :    0 of    6 MB written [buf  9999999999%]")]
    [InlineData("xorriso : SORRY")]
    public void Nonsense_says_nothing(string line)
    {
        XorrisoReport report = Hear(line);

        Assert.Equal((null, 0L, null, null, false), (report.Version, report.Written, report.LowestBuffer, report.Complaint, report.SaysDone));
    }

    private static XorrisoReport Hear(string lines)
    {
        XorrisoReport report = new();
        foreach (string line in lines.Split('\n'))
        {
            report.Hear(line);
        }

        return report;
    }
}
