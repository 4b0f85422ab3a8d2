// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization.Metadata;
using Spindle.Burning.Running;
using Spindle.Changers.Opening;
using Spindle.Imaging.Running;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Restoring;

namespace Spindle.Station.Contract;

/// <summary>What a verb gets from whoever runs it: a terminal, a job, a test.</summary>
/// <param name="Equipment">What it needs of its machine.</param>
/// <param name="Progress">Told how far it is, as often as that changes.</param>
/// <param name="Answers">Asked what a person has to decide.</param>
/// <param name="Fetcher">Brings discs of an archive that are not at hand; null where nobody can.</param>
public sealed record Work(Equipment Equipment, IProgress<WorkProgress> Progress, IAnswers Answers, IDiscFetcher? Fetcher = null)
{
    /// <summary>For what is over within moments, and asks nobody: the careful answer to each question is no.</summary>
    /// <param name="equipment">What it needs of its machine.</param>
    public static Work Unattended(Equipment equipment) => new(equipment, new Untold(), new SameAnswer(false));

    private sealed class Untold : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            // Nobody watches.
        }
    }
}

/// <summary>What verbs need of the machine that they run on.</summary>
/// <param name="OpenMedium">Opens a drive, a device or an image file by its path.</param>
/// <param name="Drives">Looks at the optical drives, and waits so long for them at most: one that does not answer says so.</param>
/// <param name="Imager">Makes images.</param>
/// <param name="Time">The clock.</param>
public sealed record Equipment(Func<string, ISectorReader> OpenMedium, Func<TimeSpan, IReadOnlyList<DriveReport>> Drives, Imager Imager, TimeProvider Time)
{
    /// <summary>The paths of the optical drives, none of which is looked at.</summary>
    public Func<IReadOnlyList<string>> DrivePaths { get; init; } = DriveReport.Paths;

    /// <summary>Names the drive that a path is, without a look at its disc; null where the path is no device.</summary>
    public Func<string, string?> DriveIdentity { get; init; } = DriveReport.IdentityOf;

    /// <summary>The tray of the drive that a path is; null where the path is none.</summary>
    public Func<string, DriveTray?> Tray { get; init; } = DriveTray.Of;

    /// <summary>Burns discs.</summary>
    public Burner Burner { get; init; } = Burner.ForThisMachine();

    /// <summary>What robots need.</summary>
    public RobotPorts Robots { get; init; } = new();

    /// <summary>Where a verb writes that was asked to write a file to standard output; null where there is no such place.</summary>
    public Func<Stream>? StandardOutput { get; init; }

    /// <summary>Where this station keeps what it knows of itself.</summary>
    public string Folder { get; init; } = StationFolder.OfThisUser();

    /// <summary>That of the machine on which this program runs.</summary>
    public static Equipment OfThisMachine() => new(DiscMedium.Open, DriveLooks.OfThisMachine.All, Imager.ForThisMachine(), TimeProvider.System);
}

/// <summary>One thing that can be asked of a station: a request, a document, and what makes one of the other.</summary>
/// <typeparam name="TRequest">What is asked: data alone, so that it can wait in a queue and be asked again. A property with a default can be set, and not
/// only initialised: else JSON that leaves it out would have nothing in the place of the default.</typeparam>
/// <typeparam name="TDocument">What came of it.</typeparam>
public sealed class Verb<TRequest, TDocument> : IVerb
    where TRequest : notnull
    where TDocument : Document
{
    /// <summary>Its word on the command line, in paths and in schemas.</summary>
    public required string Name { get; init; }

    /// <summary>How a request is read and written as JSON.</summary>
    public required JsonTypeInfo<TRequest> Request { get; init; }

    /// <summary>How the document is written as JSON.</summary>
    public required JsonTypeInfo<TDocument> Document { get; init; }

    /// <inheritdoc/>
    public Failure Stopped { get; init; } = new("cancelled", "stopped");

    JsonTypeInfo IVerb.DocumentForm => Document;

    JsonTypeInfo IVerb.RequestForm => Request;

    Task<TResult> IVerb.GiveAsync<TResult>(IVerbUser<TResult> user) => user.UseAsync(this);

    /// <summary>Does it. A document whose lists are read while it is written keeps what they are read from open: it is disposed of then.</summary>
    /// <exception cref="OperationFailedException">It could not be done.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before there was anything to tell.</exception>
    public required Func<TRequest, Work, CancellationToken, Task<TDocument>> RunAsync { get; init; }
}

/// <summary>A verb, whatever its request and its document are.</summary>
public interface IVerb
{
    /// <summary>Its word on the command line, in paths and in schemas.</summary>
    string Name { get; }

    /// <summary>What is said where it was stopped before there was anything to tell: what was kept, and how to go on.</summary>
    Failure Stopped { get; }

    /// <summary>How its document is written as JSON.</summary>
    JsonTypeInfo DocumentForm { get; }

    /// <summary>How its request is read as JSON.</summary>
    JsonTypeInfo RequestForm { get; }

    /// <summary>Gives the verb, with its types, to who can use any.</summary>
    Task<TResult> GiveAsync<TResult>(IVerbUser<TResult> user);
}

/// <summary>Does something with a verb, whatever its request and its document are.</summary>
/// <typeparam name="TResult">What comes of it.</typeparam>
public interface IVerbUser<TResult>
{
    /// <summary>Does it.</summary>
    Task<TResult> UseAsync<TRequest, TDocument>(Verb<TRequest, TDocument> verb)
        where TRequest : notnull
        where TDocument : Document;
}
