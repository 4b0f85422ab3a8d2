// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Archiving.Planning;
using Spindle.Catalogue.Exchange;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests;

/// <summary>docs/formats/catalogue.md, 'catalogue.json': what a plan and its discs are told with.</summary>
public sealed class CatalogueJsonTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task A_plan_and_its_disc_have_every_key_that_the_format_names()
    {
        using CatalogueDatabase database = GeneratedCatalogue.Create(_directory["catalogue.db"], 2, 3, _ => 1000);
        PlannedDisc planned = Assert.Single((await new Planner(database, TimeProvider.System).RunAsync(
            new() { Capacity = new("2000s", 2000), Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None)).Discs);
        using MemoryStream stream = new();
        CatalogueExport.Write(stream, database, ExportFormat.Json, CatalogueJson.Newest(database), TimeProvider.System, default);
        JsonNode json = JsonNode.Parse(stream.ToArray())!;

        JsonObject plan = Assert.Single(json["plans"]!.AsArray())!.AsObject();
        JsonObject disc = Assert.Single(json["discs"]!.AsArray())!.AsObject();

        Assert.Equal(["id", "uuid", "created", "scan", "capacity", "detail"], plan.Select(key => key.Key));
        Assert.Equal((1, 1, 2000), ((int)plan["id"]!, (int)plan["scan"]!, (int)plan["capacity"]!));
        Assert.Equal(["number", "plan", "uuid", "label"], disc.Select(key => key.Key));
        Assert.Equal((planned.Number, 1, "GENERATED_0000"), ((int)disc["number"]!, (int)disc["plan"]!, (string?)disc["label"]));
        Assert.Equal(new DiscStore(database).Get(0).Uuid, Guid.Parse((string)disc["uuid"]!));
        Assert.NotEqual((string?)plan["uuid"], (string?)disc["uuid"]);
    }

    public void Dispose() => _directory.Dispose();
}
