// SPDX-License-Identifier: MIT
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Jobs;

/// <summary>Goes through events in their order, and says what must not have happened.</summary>
internal static class RegisterJudge
{
    public static List<string> Replay(IReadOnlyList<RegisterEvent> events, IReadOnlyList<JobOrder> orders)
    {
        List<string> wrong = [];
        Dictionary<Guid, JobOrder> ordered = orders.ToDictionary(order => order.Id);
        Dictionary<Guid, Course> courses = [];
        List<(string Resource, Guid Job)> held = [];
        long last = 0;
        foreach (RegisterEvent one in events)
        {
            void Must(bool isSo, string what)
            {
                if (!isSo)
                {
                    wrong.Add($"{one.Id}: {what}: {one}");
                }
            }

            Must(one.Id > last, "order");
            last = one.Id;
            if (one.Job is not { } job)
            {
                continue;
            }

            Course course = courses.GetValueOrDefault(job, new(null, 0, null));
            switch (one.Kind)
            {
                case RegisterEventKind.Queued:
                    Must(course.State is null, "entered twice");
                    course = course with { State = JobState.Queued };
                    break;
                case RegisterEventKind.Claimed:
                    Must(course.State is JobState.Queued or JobState.Lost, $"claimed while {course.State}");
                    Must(one.Attempt == course.Attempt + 1, $"attempt {course.Attempt} before");
                    held.RemoveAll(holding => holding.Job == job); // a lost one takes again what it kept
                    foreach (string resource in ordered[job].Resources)
                    {
                        string name = resource == JobOrder.Processor ? $"{resource}@{one.By}" : resource;
                        Must(held.Count(holding => holding.Resource == name) < (resource == JobOrder.Processor ? JobOrder.ProcessorTokens : 1), $"{name} is taken");
                        held.Add((name, job));
                    }

                    course = new(JobState.Running, one.Attempt!.Value, one.Token);
                    break;
                case RegisterEventKind.Started or RegisterEventKind.Stopping:
                    Must(course.State is JobState.Running && one.Token == course.Token, "not by who has it");
                    break;
                case RegisterEventKind.Requeued:
                    Must(course.State is JobState.Running && ordered[job].IsMovable, $"queued again while {course.State}");
                    course = course with { State = JobState.Queued, Token = null };
                    held.RemoveAll(holding => holding.Job == job);
                    break;
                case RegisterEventKind.Lost:
                    Must(course.State is JobState.Running && !ordered[job].IsMovable, $"lost while {course.State}");
                    course = course with { State = JobState.Lost, Token = null };
                    break;
                case RegisterEventKind.Ended:
                    Must(course.State is JobState.Running && one.Token == course.Token, $"ended while {course.State} by other than {course.Token}");
                    course = course with { State = JobState.Ended };
                    held.RemoveAll(holding => holding.Job == job);
                    break;
                case RegisterEventKind.Late:
                    Must(one.Token != course.Token, "late, and yet the one that counts");
                    break;
            }

            courses[job] = course;
        }

        wrong.AddRange(ordered.Keys.Where(job => courses.GetValueOrDefault(job)?.State != JobState.Ended).Select(job => $"{job} did not end"));
        return wrong;
    }

    private sealed record Course(JobState? State, int Attempt, Guid? Token);
}
