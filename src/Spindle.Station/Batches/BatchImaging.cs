// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Changers;
using Spindle.Changers.Moving;
using Spindle.Imaging;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Imaging;
using Spindle.Station.Robots;

namespace Spindle.Station.Batches;

/// <summary>Looks which disc is in a drive, holds it against the list, and images it.</summary>
internal sealed class BatchImaging(BatchRequest request, BatchBook book, Work work)
{
    /// <summary>Does it.</summary>
    /// <param name="row">The row, whose disc is in the drive.</param>
    /// <param name="drive">The robot's drive.</param>
    /// <param name="mover">Is told which disc it is.</param>
    /// <param name="stop">Ends the reading; the row stays in its drive.</param>
    /// <returns>The row with what came of it, to be taken out.</returns>
    /// <exception cref="OperationFailedException">Something is wrong that would be so with the next disc, too.</exception>
    public BatchRow Work(BatchRow row, RobotPlace drive, DiscMover mover, CancellationToken stop)
    {
        row = Look(row, drive, mover);
        if (row.Error is null)
        {
            bool wasBegun = row.ImageBegun;
            row = Image(book.Set(row with { State = RowState.Reading, ImageBegun = true }), wasBegun, stop);
        }

        return book.Set(row with { State = RowState.Unloading });
    }

    /// <summary>Whether a volume's name is the one that was expected, as people write it: letters and digits count, capitals or not.</summary>
    internal static bool IsExpected(string expect, string? volume) => volume is not null && Letters(expect) is { Length: > 0 } letters && letters == Letters(volume);

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private BatchRow Look(BatchRow row, RobotPlace drive, DiscMover mover)
    {
        DiscLook look;
        try
        {
            look = DiscLook.At(row.Device!, work.Equipment);
        }
        catch (OperationFailedException)
        {
            return row; // what is wrong with it, imaging says
        }

        mover.Know(drive, new(look.Identity, work.Equipment.Time.GetUtcNow()) { Name = look.Name, Home = row.Slot, Barcode = mover.Look(anew: false, CancellationToken.None).Inventory[drive]?.Barcode }, CancellationToken.None);
        int? same = book.Rows.FirstOrDefault(other => other.Number != row.Number && other.Identity == look.Identity)?.Number;
        row = row with { Identity = look.Identity, Volume = look.Name, SameAs = same };
        return row.Expect is not { } expect || IsExpected(expect, look.Name) || string.Equals(expect, look.Identity, StringComparison.OrdinalIgnoreCase) ? row : row with
        {
            Error = new("unexpected-disc", $"the disc is {look.Name ?? "without a name"}, and {expect} was expected", "another disc lies there than the list says: it was not imaged"),
        };
    }

    /// <param name="row">The row.</param>
    /// <param name="wasBegun">Whether an earlier run has begun its image.</param>
    /// <param name="stop">Ends the reading.</param>
    private BatchRow Image(BatchRow row, bool wasBegun, CancellationToken stop)
    {
        ImageDocument made;
        try
        {
            made = ImageVerb.ImageAsync(ToRequest(row), new(work.Equipment, new Untold(), new GoesOn()), stop).GetAwaiter().GetResult();
        }
        catch (OperationFailedException e) when (e.Failure.Code is "already-exists" or "already-complete" && wasBegun && OfLastRun(row) is { } known)
        {
            return known;
        }
        catch (OperationFailedException e) when (DriveTray.IsRefusal(e.Failure) || DiscLoop.IsOfOneDisc(e.Failure))
        {
            return row with { Error = e.Failure };
        }
        catch (OperationFailedException)
        {
            _ = book.Set(row with { State = RowState.InDrive });
            throw; // a full disk, or a drive that is gone: the next disc would fare as this one
        }

        if (made.Outcome == ImagingOutcome.Interrupted)
        {
            throw new OperationCanceledException(stop);
        }

        row = row with
        {
            Result = JsonForm.Word(made.Outcome),
            Image = made.Image,
            Sha256 = made.Readings.Count > 0 ? made.Readings[0].Hashes.GetValueOrDefault("sha256") : null,
            Bytes = made.Source.Bytes,
            Unreadable = made.Sectors.Unreadable,
            Volume = row.Volume ?? made.Source.VolumeIdentifier,
        };
        return made.Outcome != ImagingOutcome.Success ? row with { Error = made.Concerns.FirstOrDefault() ?? new("image-incomplete", "the image is not proven", "its record tells why") }
            : row.Expect is { } expect && row.Identity is null && !IsExpected(expect, row.Volume) ? row with { Error = new("unexpected-disc", $"{expect} was expected, and the disc does not say what it is", "look at its image") }
            : row;
    }

    private ImageRequest ToRequest(BatchRow row) => new()
    {
        Source = row.Device!,
        Directory = request.Directory,
        Name = row.Name,
        Operator = request.Operator,
        Note = row.Notes,
        Verify = request.Verify,
        Retries = request.Retries,
        Catalogue = request.Catalogue,
        Eject = false, // a disc in an open tray is out of a robot's reach
    };

    /// <summary>The image was made, and the program ended before that was in the book.</summary>
    /// <returns>Null where it is an older one, or nothing tells what it is.</returns>
    private BatchRow? OfLastRun(BatchRow row)
    {
        string image = Path.Combine(request.Directory, row.Name, $"{row.Name}.iso"), record = Path.Combine(request.Directory, row.Name, $"{row.Name}_manifest.json");
        try
        {
            using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(record));
            if (File.GetLastWriteTimeUtc(record) < row.Begun)
            {
                return null;
            }

            string? result = manifest.RootElement.GetProperty("backup_status").GetProperty("overall_status").GetString();
            return row with
            {
                Result = result,
                Image = image,
                Sha256 = File.ReadAllText($"{image}.sha256").Split(' ')[0],
                Bytes = new FileInfo(image).Length,
                Error = result == "success" ? null : new("image-incomplete", "the image of the run that was cut off is not whole", "its record tells why"),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed class Untold : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            // Of many discs, how many there were is told.
        }
    }

    /// <summary>Nobody is there: an unfinished copy is gone on with, for it is the batch's own; else the answer is no.</summary>
    private sealed class GoesOn : IAnswers
    {
        public Task<bool> ConfirmAsync(Question question, CancellationToken cancellationToken) => Task.FromResult(question.Code == "unfinished-copy");

        public void Tell(string what)
        {
            // Nobody is there.
        }
    }
}
