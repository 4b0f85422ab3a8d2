// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Service.Jobs;
using Spindle.Service.Pages;
using Spindle.Service.Pages.Working;

namespace Spindle.Service.Tests.Pages;

public sealed class PageNewsTests
{
    [Fact]
    public void News_of_a_job_have_the_texts_of_its_page()
    {
        JsonElement news = JsonSerializer.SerializeToElement(JobNews.Of(SomeJobs.Job(), SomeJobs.Now), PagesJson.InOneLine.JobNews);
        string card = JobCard.Card(SomeJobs.Context, SomeJobs.Job()).Markup;

        Assert.Equal(57, news.GetProperty("number").GetInt64());
        Assert.Equal(0.125, news.GetProperty("part").GetDouble());
        foreach (JsonProperty field in news.GetProperty("fields").EnumerateObject())
        {
            Assert.Contains($"data-f=\"{field.Name}\">{field.Value.GetString()}<", card, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_change_is_a_sentence() =>
        Assert.Equal(new ChangeNews("box12-07: done", true, true), ChangeNews.Of(SomeJobs.Job(JobState.Ended)));

    [Theory]
    [InlineData(RegisterEventKind.Held, "drive:usb-1", "Paused: the drive usb-1.")]
    [InlineData(RegisterEventKind.Freed, "station:local", "Not paused: all jobs.")]
    [InlineData(RegisterEventKind.BatchClosed, "box 12", "Batch box 12 was closed.")]
    [InlineData(RegisterEventKind.BatchOpened, "box 12", "Batch box 12 was opened.")]
    public void What_a_person_arranged_is_a_sentence(RegisterEventKind kind, string detail, string text) =>
        Assert.Equal(text, ChangeNews.Of(new RegisterEvent(1, SomeJobs.Now, kind, null, null, null, "", detail)).Text);
}
