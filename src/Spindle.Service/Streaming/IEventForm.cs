// SPDX-License-Identifier: MIT
using Spindle.Service.Documents;
using Spindle.Service.Jobs;

namespace Spindle.Service.Streaming;

/// <summary>In which words changes are told: programs get records, pages get the texts that they show.</summary>
internal interface IEventForm
{
    /// <summary>Tells that a job came, began, asks, ended.</summary>
    /// <param name="text">What is sent.</param>
    /// <param name="change">What happened.</param>
    /// <param name="job">The job as it is now.</param>
    void Change(EventText text, RegisterEvent change, JobPart job);

    /// <summary>Tells how far a job is.</summary>
    /// <param name="text">What is sent.</param>
    /// <param name="last">The number of the last change.</param>
    /// <param name="job">The job.</param>
    /// <param name="now">The moment as of which that is so.</param>
    void Progress(EventText text, long last, JobPart job, DateTimeOffset now);
}

/// <summary>The records of the interface for programs.</summary>
internal sealed class RecordForm : IEventForm
{
    /// <inheritdoc/>
    public void Change(EventText text, RegisterEvent change, JobPart job)
    {
        text.Add(change.Kind == RegisterEventKind.Queued ? "job-created" : "job-changed", change.Id, job, EventText.Form.JobPart);
        if (change.Kind == RegisterEventKind.Asked && job.Question is { } question)
        {
            text.Add("operator-wanted", change.Id, new(job.Id, job.Number, job.Title, question), EventText.Form.WantedPart);
        }
    }

    /// <inheritdoc/>
    public void Progress(EventText text, long last, JobPart job, DateTimeOffset now) => text.Add("job-progress", last, job, EventText.Form.JobPart);
}
