// SPDX-License-Identifier: MIT
using System.Xml.Linq;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Markup;
using Spindle.Service.Pages.Working;

namespace Spindle.Service.Tests.Pages.Working;

public sealed class WorkPagesTests
{
    public static TheoryData<string> Titles() => [SomeJobs.Hostile, new string('x', 10_000), "ordinary"];

    /// <summary>Whatever a disc is called: pages stay well formed, and have no attribute that runs or styles anything.</summary>
    [Theory]
    [MemberData(nameof(Titles))]
    public void No_title_changes_a_page(string title)
    {
        JobPart running = SomeJobs.Job(title: title) with { Progress = SomeJobs.Job().Progress! with { Item = title, Stage = title }, Operator = title, Batch = title, Resources = [title] };
        JobPart asking = running with { Number = 58, Question = new(Guid.Empty, "x", title) };
        JobPart failed = SomeJobs.Job(JobState.Ended, title) with { Outcome = JobOutcome.Failed, Failure = new("no-space", title, title) };
        Page[] pages =
        [
            NowPage.Of(SomeJobs.Context, [running, asking, SomeJobs.Job(JobState.Queued, title)], [failed], 1, true, true),
            JobsPage.Of(SomeJobs.Context, new() { Jobs = [running, failed], Serving = true, Next = 3 }, new Dictionary<string, string> { ["batch"] = title }, ["image"]),
            JobPage.Of(SomeJobs.Context, failed, title, [title], [(title, title)], 99),
            BatchPage.Of(SomeJobs.Context, title, new(title, 2, SomeJobs.Now, SomeJobs.Now, null), [running, failed]),
            BatchPage.Of(SomeJobs.Context, title, null, []),
            BatchPage.All(SomeJobs.Context, [new(title, 3, SomeJobs.Now, null, SomeJobs.Now)]),
            NewJobPage.Of(SomeJobs.Context, OrderForms.Image, new Dictionary<string, string> { ["name"] = title }, new Failure("usage", title, title)),
        ];
        foreach (Page page in pages)
        {
            string drawn = Frame.Draw(SomeJobs.Context, page);
            Assert.DoesNotContain("<script>", drawn, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', drawn);
            XElement body = XElement.Parse(Closed(drawn[drawn.IndexOf("<main", StringComparison.Ordinal)..(drawn.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)]));
            Assert.Empty(body.Descendants("script").Concat(body.Descendants("img")));
            Assert.DoesNotContain(body.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName == "style");
        }
    }

    [Fact]
    public void What_waits_for_a_person_stands_first()
    {
        string page = NowPage.Of(SomeJobs.Context, [SomeJobs.Job(), SomeJobs.Job(title: "asks") with { Number = 58, Question = new(Guid.Empty, "disc-wanted", "Insert FAMILY_0003") }], [], 0, true, false).Body.Markup;

        Assert.True(page.IndexOf("Insert FAMILY_0003", StringComparison.Ordinal) < page.IndexOf("<h2>Running</h2>", StringComparison.Ordinal));
        Assert.Contains("action=\"/spindle/jobs/58/answer\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobState.Queued, null, "/stop")]
    [InlineData(JobState.Queued, null, "/next")]
    [InlineData(JobState.Running, null, "/stop")]
    [InlineData(JobState.Lost, null, "/release")]
    [InlineData(JobState.Ended, JobOutcome.Crashed, "/retry")]
    public void Each_state_offers_what_helps(JobState state, JobOutcome? outcome, string action) =>
        Assert.Contains($"action=\"/spindle/jobs/57{action}\"", JobCard.Buttons(SomeJobs.Context, SomeJobs.Job(state) with { Outcome = outcome }).Markup, StringComparison.Ordinal);

    [Fact]
    public void What_was_done_offers_no_retry() => Assert.Equal("", JobCard.Buttons(SomeJobs.Context, SomeJobs.Job(JobState.Ended)).Markup);

    [Fact]
    public void The_table_of_a_batch_is_csv_that_no_spreadsheet_runs()
    {
        string table = BatchPage.Csv([SomeJobs.Job(JobState.Ended, "=HYPERLINK(\"x\")") with { Operator = "O'Neill, Ann" }, SomeJobs.Job(JobState.Ended, "first") with { Number = 3 }]);

        Assert.Equal(
            [
                "job,verb,title,state,outcome,reason,created,started,ended,seconds,operator,exit_code",
                "3,image,first,ended,done,,2026-11-29T11:57:00Z,2026-11-29T11:58:00Z,2026-11-29T11:59:00Z,60,,",
                "57,image,\"'=HYPERLINK(\"\"x\"\")\",ended,done,,2026-11-29T11:57:00Z,2026-11-29T11:58:00Z,2026-11-29T11:59:00Z,60,\"O'Neill, Ann\",",
                "",
            ],
            table.Split("\r\n"));
    }

    /// <summary>HTML's elements that have no end, and attributes that have no value, as XML has them.</summary>
    private static string Closed(string html)
    {
        string closed = System.Text.RegularExpressions.Regex.Replace(html, "<(input|br|img)((?:[^<>\"]|\"[^\"]*\")*)>", "<$1$2/>");
        return System.Text.RegularExpressions.Regex.Replace(closed, " (hidden|required|selected|checked|download|data-live|data-print)(?=[ />])", " $1=\"\"");
    }
}
