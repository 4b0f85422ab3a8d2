// SPDX-License-Identifier: MIT
using Spindle.Burning.Sequences;
using Spindle.Burning.Xorriso;
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>Burns one disc, and proves it: the order of things.</summary>
internal sealed class CopyRun
{
    private static readonly TimeSpan ForGettingReady = TimeSpan.FromMinutes(2);

    private readonly BurnRequest _request;
    private readonly MeasuredImage _image;
    private readonly BurningDrive _drive;
    private readonly BurningClock _clock;
    private readonly LaneProgress _progress;
    private readonly CancellationToken _stop;
    private readonly Dictionary<BurnStep, TimeSpan> _times = [];
    private readonly List<Failure> _notes = [];
    private BurnedCopy _copy;
    private Writability? _disc;
    private XorrisoReport? _said;
    private long _stepBegan;
    private bool _isTouched;

    /// <param name="number">Which copy it is to be, from 1.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="image">The image.</param>
    /// <param name="drive">The drive; disposed by whoever opened it.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stop">Ends it where the disc is left in a state that can be told.</param>
    public CopyRun(int number, BurnRequest request, MeasuredImage image, BurningDrive drive, BurningClock clock, LaneProgress progress, CancellationToken stop)
    {
        (_request, _image, _drive, _clock, _progress, _stop) = (request, image, drive, clock, progress, stop);
        _copy = new() { Number = number, Drive = drive.Name, State = CopyState.Refused, Step = BurnStep.Surveying };
        _stepBegan = clock.Time.GetTimestamp();
    }

    /// <summary>Reads discs that other drives burned; null where each reads its own, or none does.</summary>
    public VerifyingDrive? Verifier { get; init; }

    /// <summary>The program that burns where we don't.</summary>
    public required XorrisoProgram Xorriso { get; init; }

    /// <summary>Does it.</summary>
    /// <returns>What came of it: whatever goes wrong with the disc is in it.</returns>
    /// <exception cref="ImageFailedException">The image can't be burned; the disc is as it was.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the disc is as it was.</exception>
    public BurnedCopy Run()
    {
        try
        {
            Burn();
        }
        catch (Exception e) when (!_isTouched && e is ImageFailedException or OperationCanceledException)
        {
            Leave();
            throw;
        }
        catch (StepFailedException e)
        {
            _copy = _copy with { State = _isTouched ? CopyState.Spoiled : CopyState.Refused, Failure = e.Failure, FailedSector = e.Sector };
        }
        catch (OperationFailedException e)
        {
            _copy = _copy with { State = _isTouched ? CopyState.Spoiled : CopyState.Refused, Failure = e.Failure };
            if (_isTouched && e.Failure.Code is "image-changed" or "no-source")
            {
                _image.Fail(e.Failure);
            }
        }
        catch (OperationCanceledException)
        {
            _copy = _copy with { State = CopyState.Cancelled, Failure = Failures.Stopped(Stopped()) };
        }

        Leave();
        EndStep();
        return _copy with { Retries = _drive.Retries, Times = _times, Notes = _notes };
    }

    private void Burn()
    {
        (DiscSurvey survey, BurningMethod method) = Survey();
        long whole = method.SectorsOnDisc(_image.Sectors);
        if (_request.Engine == BurnEngine.Xorriso)
        {
            WriteByXorriso(survey.Profile, method);
        }
        else
        {
            WriteByCommands(survey, method, whole);
        }

        _copy = _copy with { SectorsOnDisc = whole };
        if (_image.Length % DiscComparer.SectorSize != 0)
        {
            _notes.Add(Failures.CutShort(_image.Sectors - 1));
        }

        Judge(method);
        if (_said?.Complaint is { } complaint)
        {
            _notes.Add(Failures.XorrisoComplained(complaint));
        }

        if (_request.Simulate)
        {
            _copy = _copy with { State = CopyState.Simulated };
            return;
        }

        _copy = _copy with { State = CopyState.Burned };
        if (Verifier is not null)
        {
            VerifyElsewhere(Verifier);
        }
        else if (_request.Verify == BurnVerification.Same && Reload())
        {
            Verify(_drive, new(_drive.Name, _copy.Vendor, _copy.Model, _copy.Firmware));
        }
    }

    private void WriteByCommands(DiscSurvey survey, BurningMethod method, long whole)
    {
        if (new SpareFormat(_request, whole).Stays(survey))
        {
            _notes.Add(Failures.SpareStays(_drive.Name));
        }

        DiscActions actions = new(_drive, survey, _request, whole, EnterAt);
        Lock(true);
        try
        {
            _isTouched = !_request.Simulate;
            actions.Do(method.Before);
            _copy = _copy with { SpareBefore = AskSpare(survey), Method = method.Name };
            Write(method);
            actions.Do(method.After);
        }
        finally
        {
            _notes.AddRange(actions.Notes);
            if (_request.Simulate)
            {
                TryQuietly(actions.EndSimulation);
            }
        }
    }

    private void WriteByXorriso(Profile profile, BurningMethod method)
    {
        XorrisoWriter writer = new(Xorriso, _drive, _request, _image);
        Xorriso.Require();
        _isTouched = true;
        Enter(BurnStep.Burning, 0, _image.Length);
        try
        {
            writer.Write(profile, method, bytes => Enter(BurnStep.Burning, bytes, _image.Length), _stop);
            _ = _drive.WaitUntilReady(BurnStep.Flushing, ForGettingReady, stop: _stop);
        }
        finally
        {
            _said = writer.Report;
            _copy = _copy with { Method = $"{method.Name}, by xorriso {writer.Report.Version}".TrimEnd(), SectorsWritten = writer.Sectors, LowestBuffer = writer.Report.LowestBuffer };
        }
    }

    /// <summary>What is wrong with the disc is said at once; then the image is read, which may take minutes, and the disc is looked at again: nothing kept people from changing it.</summary>
    private (DiscSurvey Survey, BurningMethod Method) Survey()
    {
        (DiscSurvey survey, BurningMethod method) = Look();
        if (!_image.IsMeasured)
        {
            Enter(BurnStep.Hashing, 0, _image.Length);
            _image.Measure(done => Enter(BurnStep.Hashing, done, _image.Length), _stop);
            (survey, method) = Look();
        }

        if (DiscChoice.MustBeBlanked(_disc!))
        {
            if (_request.Simulate)
            {
                throw Failures.Used(_drive.Name, survey.Profile.Title(), canBeReused: true); // it would have to be lost in earnest
            }

            Lock(true);
            _isTouched = true;
            new DiscActions(_drive, survey, _request, 0, EnterAt).Blank();
            (survey, method) = Look();
        }

        return (survey, method);
    }

    private (DiscSurvey Survey, BurningMethod Method) Look()
    {
        Enter(BurnStep.Surveying);
        ScsiReply ready = _drive.WaitUntilReady(BurnStep.Surveying, ForGettingReady, stop: _stop);
        if (!ready.IsGood)
        {
            throw Failures.NotReady(_drive.Name, ready.Sense);
        }

        DiscSurvey survey = _drive.Ask(DiscSurveyor.Survey);
        _disc = Writability.Of(survey);
        _copy = _copy with
        {
            Vendor = survey.Drive?.Vendor,
            Model = survey.Drive?.Model,
            Firmware = survey.Drive?.Firmware,
            Kind = survey.Profile.Title(),
            MediumId = survey.MediumCode,
        };
        return (survey, new DiscChoice(_request, _image.Sectors).Choose(_drive, survey, _disc));
    }

    private void Write(BurningMethod method)
    {
        DiscWriter writer = new(_drive, method);
        Enter(BurnStep.Burning, 0, _image.Length);
        try
        {
            using ImageFeed feed = new(_image.Path, _image.Length, writer.Piece, isHashed: false); // all of it was hashed, and will be when the disc is compared
            writer.Write(feed, _image.Sectors, sectors => Enter(BurnStep.Burning, Math.Min(sectors * DiscComparer.SectorSize, _image.Length), _image.Length), _stop);
            if (feed.Crc != _image.Crc)
            {
                throw new StepFailedException(_image.Fail(Failures.ImageChanged(_image.Path)));
            }
        }
        finally
        {
            _copy = _copy with { SectorsWritten = Math.Min(writer.Written, _image.Sectors), LowestBuffer = writer.LowestBuffer };
        }
    }

    /// <summary>That all commands went well says nothing: the disc must have become another one.</summary>
    private void Judge(BurningMethod method)
    {
        Enter(BurnStep.Judging);
        DiscSurvey after = _drive.Ask(DiscSurveyor.Survey);
        WritingState? state = Writability.Of(after)?.State;
        _copy = _copy with { SpareAfter = AskSpare(after) };
        if (_request.Simulate)
        {
            return;
        }

        if (state == WritingState.Blank)
        {
            throw new StepFailedException(_said?.Failure is { } said ? Failures.XorrisoFailed(_drive.Name, said) : Failures.Unchanged(_drive.Name));
        }

        if (method.ClosesDisc && state != WritingState.Finished)
        {
            throw new StepFailedException(_said?.Failure is { } said ? Failures.XorrisoFailed(_drive.Name, said) : Failures.LeftOpen(_drive.Name));
        }

        if (_copy is { SpareBefore: { } had, SpareAfter: { } has } && has < had)
        {
            _notes.Add(Failures.SpareUsed(_drive.Name, had - has));
        }
    }

    /// <returns>Whether the disc can be read now; where not, it is told.</returns>
    private bool Reload()
    {
        Enter(BurnStep.Loading);
        Lock(false);
        if (_drive.Ask(drive => drive.Ask(MmcCommand.ModeSense(TrayMechanism.Page, TrayMechanism.Length), TrayMechanism.Length, TrayMechanism.Parse)) is not { ClosesByItself: true })
        {
            _notes.Add(Failures.NotReloaded(_drive.Name));
            return true;
        }

        ScsiReply opened = _drive.Ask(drive => drive.Move(TrayMotion.Eject));
        if (!opened.IsGood)
        {
            _notes.Add(Failures.TrayKeptShut(_drive.Name, opened.Sense));
            return true;
        }

        ScsiReply loaded = _drive.Ask(drive => drive.Move(TrayMotion.Load));
        loaded = loaded.IsGood ? _drive.WaitUntilReady(BurnStep.Loading, ForGettingReady, stop: _stop) : loaded;
        _copy = _copy with { WasReloaded = loaded.IsGood, Failure = loaded.IsGood ? null : Failures.TrayStuck(_drive.Name, loaded.Sense) };
        return loaded.IsGood;
    }

    private void VerifyElsewhere(VerifyingDrive verifier)
    {
        Enter(BurnStep.Loading);
        Lock(false);
        _ = _drive.Ask(drive => drive.Move(TrayMotion.Eject)); // else it is taken out by hand
        using ImageFeed feed = new(_image.Path, _image.Length, DiscComparer.Piece, isHashed: false);
        byte[] begin = feed.Take(_stop).ToArray();
        Failure? unread = verifier.Read(
            _drive.Name,
            begin,
            (drive, name) =>
            {
                _copy = _copy with { WasReloaded = true };
                Verify(drive, name);
            },
            _stop);
        _copy = _copy with { Failure = unread };
    }

    private void Verify(BurningDrive drive, VerifyingDriveName name)
    {
        Enter(BurnStep.Verifying, 0, _image.Length);
        _copy = _copy with { VerifiedIn = name };
        using ImageFeed feed = new(_image.Path, _image.Length, DiscComparer.Piece, isHashed: true);
        DiscComparison comparison = new DiscComparer(drive, _clock.Time).Compare(
            feed,
            (sectors, wrong) => Enter(BurnStep.Verifying, Math.Min(sectors * DiscComparer.SectorSize, _image.Length), _image.Length, trouble: wrong),
            _stop);
        _copy = _copy with { Comparison = comparison };
        if (!comparison.IsTheImage)
        {
            long first = comparison.Unreadable.Concat(comparison.Different).Min(range => range.Start);
            throw new StepFailedException(Failures.NotTheImage(_drive.Name, drive.Name, comparison), first);
        }

        // The disc was compared with what the image is now: it must be what it was before.
        _copy = feed.Sha256 == _image.Sha256 ? _copy with { State = CopyState.Verified } : throw new StepFailedException(_image.Fail(Failures.ImageChanged(_image.Path)));
    }

    /// <summary>What has become of a disc that was stopped at, in words; the drive writes what it has, and closes nothing.</summary>
    private string Stopped()
    {
        string drive = _drive.Name;
        if (_copy.State == CopyState.Burned)
        {
            return $"stopped while the disc in {drive} was verified: it is burned and closed, and nobody knows whether it is the image";
        }

        WritingState? state = null;
        TryQuietly(() =>
        {
            _ = _drive.Tell(WritingCommand.SynchronizeCache(immediate: true), patience: DiscActions.ForFlushing);
            _ = _drive.WaitUntilReady(BurnStep.Flushing, DiscActions.ForFlushing);
            state = Writability.Of(_drive.Ask(DiscSurveyor.Survey))?.State;
        });
        bool isAsBefore = _copy.SectorsWritten == 0 && state == WritingState.Blank;
        string became = isAsBefore ? "it is blank as before" : _disc is { CanBeReused: true } ? "it can be burned again, with --blank" : "it is spoiled";
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"stopped after {_copy.SectorsWritten} of {_image.Sectors} sectors were written to the disc in {drive}; it is not closed, and {became}");
    }

    private long? AskSpare(DiscSurvey survey) => survey.Profile.Family() != DiscFamily.Bluray ? null : _drive.Ask(drive => drive.Ask<SpareArea?>(
        MmcCommand.ReadDiscStructure(StructureMedia.Bluray, SpareArea.Format, layer: 0, SpareArea.Length), SpareArea.Length, reply => SpareArea.Parse(reply)))?.Free;

    private void Lock(bool isLocked) => _ = _drive.Ask(drive => drive.PreventRemoval(isLocked));

    /// <summary>The door is not left locked, whatever happened.</summary>
    private void Leave() => TryQuietly(() => Lock(false));

    private static void TryQuietly(Action act)
    {
        try
        {
            act();
        }
        catch (StepFailedException)
        {
            // The drive is gone, or as good as that: what came of the disc is told already.
        }
    }

    private void Enter(BurnStep step, long done = 0, long total = 0, string unit = WorkProgress.Bytes, long trouble = 0)
    {
        if (step != _copy.Step)
        {
            EndStep();
            _copy = _copy with { Step = step };
        }

        _progress.Report(step, done, total, unit, trouble);
    }

    private void EnterAt(BurnStep step, double share) => Enter(step, (long)(share * 100), share > 0 ? 100 : 0, "percent");

    private void EndStep()
    {
        _times[_copy.Step] = _times.GetValueOrDefault(_copy.Step) + _clock.Time.GetElapsedTime(_stepBegan);
        _stepBegan = _clock.Time.GetTimestamp();
    }
}
