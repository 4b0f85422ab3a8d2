// SPDX-License-Identifier: MIT
using System.Net;
using System.Text;
using System.Text.Json;
using Spindle.Service.Api;
using Spindle.Service.Jobs;
using Spindle.Station;
using Spindle.Station.Contract;
using Spindle.Station.Finding;
using Spindle.Testing;

namespace Spindle.Service.Tests.Api;

/// <summary>Verbs that are answered at once.</summary>
public sealed class VerbReadingTests : IAsyncLifetime
{
    private const int Files = 4_000;

    private readonly PlayedService _service = new();

    private string Root => _service.Directory.Path;

    private string Catalogue => Path.Combine(Root, "c.db");

    public async ValueTask InitializeAsync()
    {
        await _service.InitializeAsync();
        GeneratedCatalogue.Create(Catalogue, 20, Files / 20, file => file + 1).Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_service.Logged);
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task The_answer_is_the_document_of_the_command_to_the_byte()
    {
        using FindDocument found = await FindVerb.Verb.RunAsync(new() { Catalogue = Catalogue, Pattern = "*number 7*" }, Work.Unattended(Equipment.OfThisMachine()), CancellationToken.None);
        using MemoryStream expected = new();
        await JsonSerializer.SerializeAsync(expected, found, FindVerb.Verb.Document);

        byte[] asked = await _service.Client.GetByteArrayAsync(new Uri($"/api/find?catalogue={Uri.EscapeDataString(Catalogue)}&pattern=*number+7*", UriKind.Relative));
        Assert.Equal(Encoding.UTF8.GetString(expected.ToArray()), Encoding.UTF8.GetString(asked));

        using StringContent request = new($$"""{"catalogue":"{{Catalogue}}","pattern":"*number 7*"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage posted = await _service.Client.PostAsync(new Uri("/api/find", UriKind.Relative), request);
        Assert.Equal(asked, await posted.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/json", posted.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_list_is_sent_while_it_is_read_and_given_up_when_nobody_reads_on()
    {
        using HttpResponseMessage answer = await _service.Client.GetAsync(new Uri($"/api/find?catalogue={Catalogue}&pattern=*", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Null(answer.Content.Headers.ContentLength);
        using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.InRange(document.RootElement.GetProperty("matches").GetArrayLength(), Files, 2 * Files);

        for (int i = 0; i < 3 * Reading.Most; i++) // places are free again
        {
            using HttpResponseMessage left = await _service.Client.GetAsync(new Uri($"/api/find?catalogue={Catalogue}&pattern=*", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        }
    }

    [Theory]
    [InlineData("/api/discs?catalogue=CATALOGUE", "spindle/discs/1")]
    [InlineData("/api/discs?catalogue=CATALOGUE&health=true&kinds=false", "spindle/discs/1")]
    [InlineData("/api/disc-events?catalogue=CATALOGUE", "spindle/events/1")]
    [InlineData("/api/num_isos?catalogue=CATALOGUE", "spindle/num_isos/1")]
    [InlineData("/api/where?catalogue=CATALOGUE&path=/file+number+1.data", "spindle/where/1")]
    public async Task Each_of_them_answers(string place, string schema) =>
        Assert.Equal(schema, (await _service.GetAsync(place.Replace("CATALOGUE", Catalogue, StringComparison.Ordinal))).GetProperty("schema").GetString());

    [Theory]
    [InlineData("/api/find?catalogue=/etc/passwd&pattern=*", HttpStatusCode.Forbidden, "outside-root")]
    [InlineData("/api/find?catalogue=c.db&pattern=*", HttpStatusCode.UnprocessableEntity, "not-a-request")]
    [InlineData("/api/find?pattern=*", HttpStatusCode.UnprocessableEntity, "not-a-request")]
    [InlineData("/api/find?catalogue=CATALOGUE&pattern=*&colour=red", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/find?catalogue=CATALOGUE&catalogue=CATALOGUE&pattern=*", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/discs?catalogue=CATALOGUE&health=perhaps", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/discs?catalogue=CATALOGUE&disc=x", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/discs?catalogue=CATALOGUE&disc=1&label=new", HttpStatusCode.UnprocessableEntity, "not-a-request")]
    [InlineData("/api/discs?catalogue=CATALOGUE&chart=ROOT/c.svg", HttpStatusCode.UnprocessableEntity, "not-a-request")]
    [InlineData("/api/inspect?sources=ROOT/a&sessionStart=9223372036854775807", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/inspect?sources=ROOT/a&sessionStart=-1", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/inspect?sources=ROOT/a&offset=4294967296", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/ls?disc.source=ROOT/a&disc.offset=9223372036854775807", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/damage?image=ROOT/a&map=ROOT/b&offset=9223372036854775807", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/damage?image=ROOT/a&map=ROOT/b&offset=-1", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/ls?disc=x", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/ls?disc.source=ROOT/none.iso", HttpStatusCode.NotFound, "no-such-source")]
    [InlineData("/api/ls?disc.source.x=1", HttpStatusCode.UnprocessableEntity, "usage")]
    [InlineData("/api/tree?source=ROOT/none.iso&view=nothing", HttpStatusCode.UnprocessableEntity, "not-a-request")]
    [InlineData("/api/inspect?sources=ROOT/a&sources=/etc/passwd", HttpStatusCode.Forbidden, "outside-root")]
    [InlineData("/api/image?source=ROOT/a", HttpStatusCode.NotFound, "no-such-place")]
    [InlineData("/api/verify?sources=ROOT/a", HttpStatusCode.NotFound, "no-such-place")]
    public async Task What_cannot_be_answered_is_told(string place, HttpStatusCode status, string code)
    {
        Assert.Equal((status, code), await _service.RefusedAsync(place.Replace("CATALOGUE", Catalogue, StringComparison.Ordinal).Replace("ROOT", Root, StringComparison.Ordinal)));
        Assert.False(File.Exists(Path.Combine(Root, "c.svg")));
    }

    [Fact]
    public async Task A_drive_that_a_job_uses_is_left_alone()
    {
        await using IRegister register = _service.OpenRegister();
        await register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "image", Title = "t", Request = "{}", Resources = ["drive:played"] }, CancellationToken.None);
        StationSession station = new("s", Guid.NewGuid());
        await register.EnterAsync(station, "1", CancellationToken.None);
        await register.ClaimAsync(station, Guid.NewGuid(), CancellationToken.None);

        Assert.Equal((HttpStatusCode.Conflict, "drive-busy"), await _service.RefusedAsync("/api/ls?disc.source=/dev/sr0"));
    }

    [Fact]
    public void What_is_answered_at_once_changes_nothing_by_any_key_that_is_not_named() => Assert.All(Reading.Verbs, reading =>
    {
        IVerb verb = Verbs.All.Single(known => known.Name == reading.Verb);
        string[] keys = [.. QueryRequest.Keys(verb.RequestForm, "")];
        Assert.Empty(reading.Changing.Except(keys));

        // Whoever gives such a verb a new key decides here whether it only chooses what is told.
        string[] choosing = ["catalogue", "disc", "image", "due", "dueDays", "refreshAfterYears", "firstCheckDays", "checkEveryDays", "kinds", "kind", "health", "map", "offset", "pattern", "sha256", "limit", "source", "sources", "session", "sessionStart", "view", "charset", "path", "recursive",
            "disc.source", "disc.session", "disc.sessionStart", "disc.offset", "disc.view", "disc.map", "disc.charset", "minimumSize", "maximumSize", "after", "before", "includesGone", "since"];
        Assert.Empty(keys.Except(choosing).Except(reading.Changing));
    });
}
