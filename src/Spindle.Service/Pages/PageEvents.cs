// SPDX-License-Identifier: MIT
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Streaming;

namespace Spindle.Service.Pages;

/// <summary>What open pages are told: the texts that they show, as they are drawn.</summary>
internal sealed class PageEvents : IEventForm
{
    /// <inheritdoc/>
    public void Change(EventText text, RegisterEvent change, JobPart job) => text.Add("change", change.Id, ChangeNews.Of(job), PagesJson.InOneLine.ChangeNews);

    /// <inheritdoc/>
    public void Station(EventText text, RegisterEvent change) => text.Add("change", change.Id, ChangeNews.Of(change), PagesJson.InOneLine.ChangeNews);

    /// <inheritdoc/>
    public void Drive(EventText text, long last, string key, string? record) => text.Add("drive", last, "{}");

    /// <inheritdoc/>
    public void Progress(EventText text, long last, JobPart job, DateTimeOffset now) => text.Add("job", last, JobNews.Of(job, now), PagesJson.InOneLine.JobNews);
}
