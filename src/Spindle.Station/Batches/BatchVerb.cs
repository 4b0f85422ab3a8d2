// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Catalogue;
using Spindle.Changers;
using Spindle.Changers.Moving;
using Spindle.Changers.Opening;
using Spindle.Files;
using Spindle.Files.Locks;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Robots;

namespace Spindle.Station.Batches;

/// <summary><c>batch</c>: a stack of discs, or a robot full of them, is worked through.</summary>
public static class BatchVerb
{
    internal const string Name = "batch";

    /// <summary>The verb.</summary>
    public static Verb<BatchRequest, BatchDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = BatchJson.Form.BatchRequest,
        Document = BatchJson.Form.BatchDocument,
        Stopped = new("cancelled", "stopped before a disc was moved"),
        RunAsync = (request, work, cancellationToken) => Task.Run(() => Run(request, work, cancellationToken), CancellationToken.None),
    };

    private static BatchDocument Run(BatchRequest request, Work work, CancellationToken cancellationToken)
    {
        if (request.Form is not null && request.Names is not null)
        {
            throw Usage.Error("--names is for a batch without a list: the list has names");
        }

        if (request.Retries < 0)
        {
            throw Usage.Error($"--retries {request.Retries} is less than none", "give 0 or more");
        }

        IReadOnlyList<FormRow>? form = request.Form is { } path ? BatchForm.Read(path) : null;
        if (request.Catalogue is { } catalogue && File.Exists(catalogue))
        {
            CatalogueDatabase.OpenForReading(catalogue).Dispose(); // said before a disc is moved
        }

        RobotChoice choice = request.Robot is { Name: null, Driver: null, Device: null, Drives.Count: > 0 } ? request.Robot with { Driver = RobotDriver.Hand } : request.Robot;
        (DiscMover mover, RobotSettings settings, string? name) = choice.Open(work);
        using (mover)
        {
            string directory = Path.GetFullPath(request.Directory);
            TargetFailure.Told(directory, () => Directory.CreateDirectory(directory));
            using FileLock own = TargetFailure.Told(directory, () => FileLock.TryTake(Path.Combine(directory, "batch.lock")))
                ?? throw new OperationFailedException(new("target-busy", $"another program works on the batch in {directory}", "wait until it has ended, or give another --dir"));
            RobotView view = mover.Look(anew: false, cancellationToken);
            BatchBook book = BatchBook.IsIn(directory) ? BatchBook.GoOn(directory, form) : BatchBook.Begin(directory, WithSlots(form, request, mover, view));
            BatchRun run = new(mover, request with { Directory = directory }, book, work);
            run.Run(view, cancellationToken);
            return new()
            {
                Task = request.Task,
                Robot = new(name, settings.Driver, mover.Robot.Name, mover.Robot.Description, mover.Robot.Kind),
                Directory = directory,
                Manifest = book.Manifest,
                Counts = book.Count(),
                Rows = book.Rows,
                Concerns = run.Concerns,
                Failure = run.Failure,
            };
        }
    }

    /// <summary>In a robot with slots each row has one: as the list says, else the full ones in their order.</summary>
    private static IReadOnlyList<FormRow> WithSlots(IReadOnlyList<FormRow>? form, BatchRequest request, DiscMover mover, RobotView view)
    {
        RobotElement[] full = [.. view.Inventory.Of(PlaceKind.Slot).Where(slot => slot.Content == PlaceContent.Full)];
        if (mover.Robot.Kind == RobotKind.Stacker)
        {
            return form is null ? throw Usage.Error("a stack of discs needs a list of them", "--form FORM.csv")
                : form.All(row => row.Slot is null) ? form : throw Usage.Error("the list names slots, and a stack has none", "leave the column 'slot' out");
        }

        if (form is null)
        {
            return full.Length > 0 ? BatchForm.OfSlots(request.Names, full) : throw Usage.Error("no slot of the robot is full", "'spindle robot status' tells what is where");
        }

        if (form.FirstOrDefault(row => row.Slot is { } slot && (!RobotPlace.TryParse(slot, out RobotPlace place) || view.Inventory[place] is null)) is { } odd)
        {
            throw Usage.Error($"the robot has no slot {odd.Slot}, in which the list has {odd.Name}", "'spindle robot status' tells which it has");
        }

        return form.All(row => row.Slot is not null) ? form
            : full.Length == form.Count || mover.Robot.Inventory(anew: false, CancellationToken.None).Of(PlaceKind.Slot).All(slot => slot.Content == PlaceContent.Unknown && slot.Place.Number <= form.Count)
                ? [.. form.Select((row, at) => row with { Slot = full.Length == form.Count ? full[at].Place.ToString() : RobotPlace.Slot(at + 1).ToString() })]
                : throw Usage.Error($"the list has {form.Count} discs without slots, and {full.Length} slots are full", "nobody would know which is which: give the list a column 'slot', or bring both to one number");
    }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchDocument))]
[JsonSerializable(typeof(BatchFile))]
internal sealed partial class BatchJson : JsonSerializerContext
{
    public static BatchJson Form { get; } = new(JsonForm.Options());
}
