// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;
using Spindle.Station;
using Spindle.Station.Contract;
using Spindle.Testing;

namespace Spindle.Service.Tests.Orders;

public sealed class OrderingTests : IDisposable
{
    private const string Drive = "/dev/sr0", Identity = "usb-ACME_BD_123";

    private readonly TempDirectory _directory = new();

    [Fact]
    public void An_image_of_a_drive_has_the_drive_and_its_target_for_itself()
    {
        JobOrder order = Order("image", $$"""{ "source": "{{Drive}}", "directory": "discs", "name": "box12-07.iso", "operator": "anna" }""");

        Assert.Equal(("image", "box12-07.iso", "anna", false), (order.Verb, order.Title, order.Operator, order.IsMovable));
        Assert.Equal([$"drive:{Identity}", $"target:{RealPath.Of(_directory["discs/box12-07"])}"], order.Resources);
        JsonNode request = JsonNode.Parse(order.Request)!;
        Assert.Equal((Drive, _directory["discs"]), (request["source"]!.GetValue<string>(), request["directory"]!.GetValue<string>()));
    }

    [Fact]
    public void Without_a_name_two_drives_image_into_one_folder() =>
        Assert.Equal([$"drive:{Identity}"], Order("image", $$"""{ "source": "{{Drive}}", "directory": "discs" }""").Resources);

    [Theory]
    [InlineData("scan", """{ "catalogue": "a.db", "what": { "sources": ["photos", "music"], "job": "Family" } }""", "Family")]
    [InlineData("scan", """{ "catalogue": "a.db", "what": { "sources": ["/srv/photos/"] } }""", "photos")]
    [InlineData("verify", """{ "sources": ["a.iso", "b.iso", "c.iso"] }""", "a.iso and 2 others")]
    [InlineData("verify", """{ "sources": ["/dev/sr0", "b.iso"] }""", "/dev/sr0 and 1 other")]
    [InlineData("image", """{ "source": "/dev/sr0", "directory": "d", "title": "A disc" }""", "A disc")]
    [InlineData("find", """{ "catalogue": "a.db", "pattern": "*.jpg" }""", "*.jpg")]
    [InlineData("drives", "{}", "drives")]
    public void Its_title_is_what_people_call_it(string verb, string request, string title) => Assert.Equal(title, Order(verb, request).Title);

    [Theory]
    [InlineData("verify", """{ "sources": ["a.iso"] }""", true, JobOrder.Processor)]
    [InlineData("verify", """{ "sources": ["a.iso"], "catalogue": "a.db" }""", false, JobOrder.Processor)]
    [InlineData("verify", """{ "sources": ["/dev/sr0"] }""", false, "drive:usb-ACME_BD_123")]
    [InlineData("find", """{ "catalogue": "a.db", "pattern": "x" }""", true)]
    [InlineData("drives", "{}", false)]
    [InlineData("audit", """{ "paths": ["discs"] }""", false, JobOrder.Processor)]
    [InlineData("scan", """{ "catalogue": "a.db", "what": { "sources": ["photos"] } }""", false, "catalogue:~/a.db", JobOrder.Processor)]
    [InlineData("write", """{ "catalogue": "a.db", "disc": 1, "how": { "directory": "discs" } }""", false, "catalogue:~/a.db", JobOrder.Processor, "target:~/discs")]
    [InlineData("protect", """{ "image": "a.iso" }""", false, JobOrder.Processor, "target:~/a.iso")]
    [InlineData("protect", """{ "image": "a.iso", "parityFile": "a.ecc" }""", false, JobOrder.Processor, "target:~/a.ecc")]
    [InlineData("parity", """{ "task": "create", "sources": ["a", "b.iso"], "target": "out" }""", false, JobOrder.Processor, "target:~/out")]
    [InlineData("parity", """{ "task": "check", "sources": ["a"] }""", true, JobOrder.Processor)]
    [InlineData("access", """{ "paths": ["a.iso", "b.iso"] }""", false, JobOrder.Processor, "target:~/a.iso", "target:~/b.iso")]
    [InlineData("merge", """{ "output": "m.iso", "sources": [{ "image": "a.iso", "map": "a.map" }, { "image": "b.iso", "map": "b.map" }] }""", false, JobOrder.Processor, "target:~/m.iso")]
    [InlineData("extract", """{ "disc": { "source": "/dev/sr0", "map": "none" }, "what": { "target": "out" } }""", false, "drive:usb-ACME_BD_123", "target:~/out")]
    public void It_has_what_no_other_may_have_and_only_what_reads_alone_is_movable(string verb, string request, bool isMovable, params string[] resources)
    {
        JobOrder order = Order(verb, request);

        Assert.Equal(resources.Select(name => name.Replace("~", RealPath.Of(_directory.Path), StringComparison.Ordinal)), order.Resources);
        Assert.Equal(isMovable, order.IsMovable);
    }

    [Fact]
    public void All_paths_are_whole_and_nothing_else_is_changed()
    {
        string request = Order("merge", """{ "output": "m.iso", "sectorSize": 2048, "sources": [{ "image": "a.iso", "map": "../a.map" }, { "image": "/b.iso", "map": "b.map" }] }""").Request;

        JsonNode sources = JsonNode.Parse(request)!["sources"]!;
        Assert.Equal([_directory["a.iso"], Path.GetFullPath("/b.iso")], sources.AsArray().Select(source => source!["image"]!.GetValue<string>()));
        Assert.Equal(Path.GetFullPath(_directory["../a.map"]), sources[0]!["map"]!.GetValue<string>());
        Assert.Equal(2048, JsonNode.Parse(request)!["sectorSize"]!.GetValue<int>());
        Assert.Equal("none", JsonNode.Parse(Order("tree", """{ "source": "a.iso", "map": "none" }""").Request)!["map"]!.GetValue<string>());
        Assert.Equal("Shelf/2", JsonNode.Parse(Order("discs", """{ "catalogue": "a.db", "disc": 1, "place": "Shelf/2" }""").Request)!["place"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("verify", """{ "sources": ["a.iso"] }""")] // from which folder?
    [InlineData("verify", """{ "sources": [] }""")]
    [InlineData("verify", """{ "sources": ["/a.iso"], "speed": 3 }""")]
    [InlineData("verify", """{ "sources": ["/a.iso"], "sources": ["/b.iso"] }""")]
    [InlineData("merge", """{ "output": "/m.iso", "sources": [{ "image": "/a.iso", "image": "/b.iso", "map": "/a.map" }, { "image": "/b.iso", "map": "/b.map" }] }""")]
    [InlineData("verify", """{ "sources": ["/\ud800"] }""")]
    [InlineData("verify", "[]")]
    [InlineData("verify", "null")]
    [InlineData("export", """{ "catalogue": "/a.db", "file": "-" }""")]
    [InlineData("export", """{ "catalogue": "/a.db", "file": "/dev/stdout" }""")]
    public void What_makes_no_sense_is_refused_now(string verb, string request) =>
        Assert.Equal("not-a-request", Assert.Throws<OperationFailedException>(() => Order(verb, request, OrderDetails.None)).Failure.Code);

    [Fact]
    public void A_file_that_has_two_names_is_one_resource()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Directory.CreateDirectory(_directory["real/deep"]);
        File.CreateSymbolicLink(_directory["one"], "real");
        File.CreateSymbolicLink(_directory["real/two"], _directory["one/deep"]);
        File.CreateSymbolicLink(_directory["round"], "round");

        Assert.Equal(RealPath.Of(_directory["real/deep/new.iso"]), RealPath.Of(_directory["one/two/new.iso"]));
        Assert.EndsWith("round", RealPath.Of(_directory["round"]), StringComparison.Ordinal); // it ends
        Assert.Equal(Order("plan", """{ "catalogue": "one/a.db", "what": { "capacity": "bd" } }""").Resources, Order("plan", """{ "catalogue": "real/a.db", "what": { "capacity": "bd" } }""").Resources);
    }

    [Fact]
    public void A_drive_that_is_busy_is_a_drive_and_one_that_may_not_be_opened_is_told()
    {
        JobOrder Of(string code) => Ordering.Of(
            Verb("verify"), Json($$"""{ "sources": ["{{Drive}}"] }"""), path => throw new OperationFailedException(new(code, "it is so")), OrderDetails.None);

        Assert.Equal([$"drive:{Drive}"], Of("source-busy").Resources);
        Assert.Equal("source-denied", Assert.Throws<OperationFailedException>(() => Of("source-denied")).Failure.Code);
    }

    [Theory]
    [InlineData("image", """{"source":"/dev/sr0"}""", """{"source":"/dev/sr0","resume":true}""")]
    [InlineData("image", """{"source":"/dev/sr0","directory":"/d","commandLine":"x"}""", """{"source":"/dev/sr0","directory":"/d","resume":true,"commandLine":"spindle image /dev/sr0 --dir /d --resume"}""")]
    [InlineData("image", """{"source":"/dev/sr0","resume":false}""", """{"source":"/dev/sr0","resume":true}""")]
    [InlineData("audit", """{"paths":["/a"],"csv":"/a.csv"}""", """{"paths":["/a"],"csv":"/a.csv","resume":true}""")]
    [InlineData("audit", """{"paths":["/a"]}""", """{"paths":["/a"]}""")] // there is no table to go on with
    [InlineData("scan", """{"catalogue":"/a.db"}""", """{"catalogue":"/a.db"}""")]
    [InlineData("gone", """{"a":1}""", """{"a":1}""")]
    public void What_was_cut_off_goes_on(string verb, string request, string goingOn) => Assert.Equal(goingOn, Ordering.GoingOn(verb, request));

    [Fact]
    public void What_is_said_beside_the_request_is_kept()
    {
        OrderDetails details = new() { Id = Guid.NewGuid(), Title = "t", Priority = 3, Batch = "b", Operator = "o", Station = "s" };

        JobOrder order = Order("verify", """{ "sources": ["/a.iso"] }""", details);

        Assert.Equal((details.Id, "t", 3, "b", "o", "s"), (order.Id, order.Title, order.Priority, order.Batch, order.Operator, order.Station));
    }

    public void Dispose() => _directory.Dispose();

    private static IVerb Verb(string name) => Verbs.All.Single(verb => verb.Name == name);

    private static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static JobOrder Order(string verb, string request, OrderDetails details) => Ordering.Of(Verb(verb), Json(request), path => path == Drive ? Identity : null, details);

    private JobOrder Order(string verb, string request) => Order(verb, request, new() { Folder = _directory.Path });
}
