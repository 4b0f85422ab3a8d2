// SPDX-License-Identifier: MIT
using Spindle.Cli.Texts;
using Spindle.Imaging.AccessCopies;
using Spindle.Station.AccessCopies;

namespace Spindle.Cli.Tests.Texts;

public sealed class AccessTextTests
{
    [Fact]
    public void Copies_that_were_made() => ApprovedText.Is(Document(), new AccessText(), "access");

    [Fact]
    public void Nothing_but_what_needs_a_person() => ApprovedText.Is(Document(), new AccessText(), "access.quiet", isQuiet: true);

    [Fact]
    public void A_folder_without_images() => ApprovedText.Is(new AccessDocument([], default), new AccessText(), "access.nothing");

    private static AccessDocument Document() => new(
        [
            Copy(AccessState.Made, "all of it was decoded"),
            Copy(AccessState.Done, "it was made already"),
            Copy(AccessState.Made, "all of it was decoded; the image lacks parts of it") with
            {
                Warnings = ["the copy plays 1:31:58, and by the disc it should play 1:40:00"],
                Unread = [new(TimeSpan.FromSeconds(67.4), TimeSpan.FromSeconds(68.2), 12)],
            },
            Copy(AccessState.Skipped, "it is no DVD-Video and no Blu-ray Disc") with { Copy = null, Duration = null, Size = null },
            Copy(AccessState.Refused, "its films are scrambled (CSS), and Spindle does not decrypt: there is no copy of them") with { Copy = null, Duration = null },
            Copy(AccessState.InTheWay, "InTheWay.mp4 was made of this image with other settings") with { Duration = null, Hint = "--overwrite replaces it, once the new copy is proven; --to puts copies elsewhere" },
            Copy(AccessState.Failed, "ffmpeg ended with 1: \x1b[31mno") with { Copy = null, Duration = null, Hint = "its log tells more" },
        ],
        default);

    private static AccessCopy Copy(AccessState state, string detail) => new()
    {
        State = state,
        Image = $"/discs/{state}.iso",
        Copy = $"/access/{state}.mp4",
        Detail = detail,
        Duration = TimeSpan.FromSeconds(5518),
        Size = 1_800_000_000,
    };
}
