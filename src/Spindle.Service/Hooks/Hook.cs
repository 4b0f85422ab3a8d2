// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;

namespace Spindle.Service.Hooks;

/// <summary>Tells somebody outside what jobs came to and what they need, one event after the other, and of each day what it brought.</summary>
/// <remarks>
/// It reads the register's events as everybody does, and keeps how far it came: nothing waits for it, nothing is kept in memory, and what happened while no
/// service ran is told by the next one. Where nobody hears, it tries again with growing pauses, and goes on with the next event after the last of them.
/// </remarks>
/// <param name="target">Who is told.</param>
/// <param name="register">Where events are.</param>
/// <param name="folder">The folder of the station.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Is told of what nobody heard.</param>
internal sealed class Hook(HookTarget target, IRegister register, string folder, TimeProvider time, Action<string> log) : IDisposable
{
    /// <summary>What is behind by more is left out: nobody reads a thousand messages.</summary>
    public const int MostBehind = 1000;

    private const int Page = 200;
    private const int MostTroubled = 100;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before each further attempt.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } =
        [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30)];

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    /// <summary>Tells until it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        HookPlace? place = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                place ??= HookPlace.Read(folder) ?? Kept(new(await register.LastEventAsync(cancellationToken), Today));
                place = await GoOnAsync(place, cancellationToken);
                await register.WaitAsync(place.Event, BetweenLooks, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationFailedException e)
            {
                log($"spindle: the hook waits: {e.Failure.What}  [{e.Failure.Code}]");
                await Task.Delay(BetweenLooks, time, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => target.Dispose();

    private async Task<HookPlace> GoOnAsync(HookPlace place, CancellationToken cancellationToken)
    {
        long last = await register.LastEventAsync(cancellationToken);
        if (last < place.Event || last - place.Event > MostBehind)
        {
            log(last < place.Event ? "spindle: the register is another one: the hook begins at its end" : $"spindle: the hook leaves out what is more than {MostBehind} events ago");
            place = Kept(place with { Event = last < place.Event ? last : last - MostBehind });
        }

        while (await register.EventsAsync(place.Event, Page, cancellationToken) is { Count: > 0 } events)
        {
            foreach (RegisterEvent one in events)
            {
                if (KindOf(one) is { } kind && one.Job is { } id && await register.JobAsync(id, cancellationToken) is { } job)
                {
                    await TellAsync(await OfJobAsync(one, kind, job, cancellationToken), cancellationToken);
                    place = Kept(place with { Event = one.Id });
                }
            }

            place = Kept(place with { Event = events[^1].Id });
        }

        if (place.Day < Today)
        {
            HookDigest digest = await DigestAsync(place.Day, cancellationToken);
            if (digest.Outcomes.Count > 0)
            {
                await TellAsync(OfDay(digest), cancellationToken);
            }

            place = Kept(place with { Day = Today });
        }

        return place;
    }

    private static HookKind? KindOf(RegisterEvent one) => one.Kind switch
    {
        RegisterEventKind.Asked => HookKind.Asked,
        RegisterEventKind.Lost => HookKind.Lost,
        RegisterEventKind.Ended or RegisterEventKind.LateTaken => Enum.TryParse(one.Detail, ignoreCase: true, out HookKind kind) ? kind : null,
        _ => null,
    };

    private async Task<HookEvent> OfJobAsync(RegisterEvent one, HookKind kind, Job job, CancellationToken cancellationToken)
    {
        JobSurroundings around = JobSurroundings.Unknown with { Questions = await register.OpenQuestionsAsync(cancellationToken) };
        JobPart part = JobPart.Of(job, one.At, around);
        string name = $"job {job.Number.ToString(CultureInfo.InvariantCulture)} ({job.Order.Verb} {job.Order.Title})";
        string text = kind switch
        {
            HookKind.Asked => $"{name} needs you: {part.Question?.Text ?? "it was answered meanwhile"}",
            HookKind.Lost => $"{name} is lost: its service was not heard of",
            _ => $"{name}: {JsonForm.Word(kind)}{(job.Failure is { } failure ? $": {failure.What}" : "")}",
        };
        return new() { Id = one.Id.ToString(CultureInfo.InvariantCulture), Kind = kind, At = one.At, Text = text, Job = part };
    }

    private HookEvent OfDay(HookDigest digest)
    {
        string day = digest.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string outcomes = string.Join(", ", digest.Outcomes.Select(outcome => $"{outcome.Value} {outcome.Key}"));
        return new() { Id = $"digest-{day}", Kind = HookKind.Digest, At = time.GetUtcNow(), Text = $"jobs of {day}: {outcomes}", Digest = digest };
    }

    private async Task<HookDigest> DigestAsync(DateOnly day, CancellationToken cancellationToken)
    {
        List<Job> ended = [];
        long? before = null;
        while (await register.ListAsync(new() { States = [JobState.Ended] }, before, Page, cancellationToken) is { Count: > 0 } page)
        {
            ended.AddRange(page.Where(job => job.Ended is { } at && DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).DateTime) == day));
            before = page[^1].Number;
        }

        return new(
            day,
            ended.GroupBy(job => job.Outcome!.Value).OrderBy(group => group.Key).ToDictionary(group => JsonForm.Word(group.Key), group => group.Count()),
            [.. ended.Where(job => job.Outcome is not (JobOutcome.Done or JobOutcome.Cancelled)).Take(MostTroubled).Select(job => new HookedJob(job.Number, job.Order.Title, job.Outcome!.Value, job.Failure))]);
    }

    private async Task TellAsync(HookEvent told, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(told, HookEvent.Form);
        for (int attempt = 0; ; attempt++)
        {
            if (await target.TellAsync(told.Kind, json, cancellationToken) is not { } why)
            {
                return;
            }

            if (attempt == Pauses.Count)
            {
                log($"spindle: the hook did not hear of '{told.Text}': {why}");
                return;
            }

            await Task.Delay(Pauses[attempt], time, cancellationToken);
        }
    }

    private HookPlace Kept(HookPlace place)
    {
        place.Write(folder);
        return place;
    }
}
