// SPDX-License-Identifier: MIT
using Spindle.Media;
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

    /// <summary>Tells what a person changed about the station: what is paused, which batches are open.</summary>
    /// <param name="text">What is sent.</param>
    /// <param name="change">What happened.</param>
    void Station(EventText text, RegisterEvent change);

    /// <summary>Tells how a drive is now.</summary>
    /// <param name="text">What is sent.</param>
    /// <param name="last">The number of the last change.</param>
    /// <param name="key">The drive.</param>
    /// <param name="record">All that is known of it, as JSON in one line; null where it is gone.</param>
    void Drive(EventText text, long last, string key, string? record);
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

    /// <inheritdoc/>
    public void Station(EventText text, RegisterEvent change) =>
        text.Add("station-changed", change.Id, new(change.Kind, change.Detail, change.By.Length == 0 ? null : change.By), EventText.Form.StationChangePart);

    /// <inheritdoc/>
    public void Drive(EventText text, long last, string key, string? record) =>
        text.Add(record is null ? "drive-gone" : "drive-changed", last, record ?? new System.Text.Json.Nodes.JsonObject { ["id"] = key }.ToJsonString(JsonForm.OneLine));
}
