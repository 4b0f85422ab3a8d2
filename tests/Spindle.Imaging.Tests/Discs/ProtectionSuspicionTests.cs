// SPDX-License-Identifier: MIT
using Spindle.Imaging.Discs;
using Spindle.Imaging.Running;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Discs;

public sealed class ProtectionSuspicionTests : IDisposable
{
    private static readonly SectorRange[] Rows = [new(1000, 32), new(5000, 48), new(9000, 64)];

    private readonly TempDirectory _directory = new();

    [Fact]
    public void Suspects_long_rows_in_the_first_gigabyte_of_an_encrypted_disc()
    {
        Assert.Equal("intentionally unreadable sectors", Of(isEncrypted: true, Rows));
        Assert.Null(Of(isEncrypted: false, Rows));
        Assert.Null(Of(isEncrypted: true, Rows[..2]));
        Assert.Null(Of(isEncrypted: true, [.. Rows[..2], new(9000, 31)]));
        Assert.Null(Of(isEncrypted: true, [.. Rows[..2], new((1_000_000_000 / 2048) + 1, 64)]));
    }

    [Fact]
    public void Knows_a_protection_by_its_mark_where_anything_is_unreadable()
    {
        byte[] descriptor = new byte[2048];
        "MVSNRGFP"u8.CopyTo(descriptor.AsSpan(900));

        Assert.Equal("RipGuard", ProtectionSuspicion.MarkedIn(descriptor));
        Assert.Null(ProtectionSuspicion.MarkedIn(new byte[2048]));
        Assert.Equal("RipGuard", ProtectionSuspicion.Of(isEncrypted: false, "RipGuard", [new(7, 1)], 2048));
        Assert.Null(ProtectionSuspicion.Of(isEncrypted: false, "RipGuard", [], 2048));
    }

    [Fact]
    public async Task An_image_of_such_a_disc_says_that_no_drive_reads_the_rest()
    {
        FakeSource source = new(new SimulatedDisc(SimulatedDisc.Pattern(200 * 2048)).Bad(100)) { ProtectionMark = "RipGuard" };

        ImagingResult result = await new Imager(_ => source, new FaultyFiles(), TimeProvider.System).RunAsync(
            new() { Source = "/dev/simulated", Directory = _directory.Path, Name = "disc" }, new Progress<WorkProgress>(), CancellationToken.None);

        Assert.Contains("RipGuard", Assert.Single(result.Warnings, warning => warning.Code == "suspected-protection").What, StringComparison.Ordinal);
        Assert.Contains("unreadable-sectors", result.Concerns.Select(concern => concern.Code));
    }

    public void Dispose() => _directory.Dispose();

    private static string? Of(bool isEncrypted, IReadOnlyList<SectorRange> unreadable) => ProtectionSuspicion.Of(isEncrypted, null, unreadable, 2048);
}
