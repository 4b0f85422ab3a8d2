// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Testing;

namespace Spindle.Service.Tests.Api;

public sealed class OpenApiTests(PlayedService service) : IClassFixture<PlayedService>
{
    [Fact]
    public void The_document_is_made_of_the_types() => JsonSchemas.Approve(OpenApiDocument.Make(), "docs/formats/openapi.json");

    [Fact]
    public void It_tells_of_every_address_for_programs_and_of_no_other()
    {
        IEnumerable<string> real = service.Service.Routes.Where(route => route.Pattern.StartsWith("/api/", StringComparison.Ordinal) && route.Method != "HEAD").Select(route => $"{route.Method} {route.Pattern}");
        IEnumerable<string> told = OpenApiDocument.Make()["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));

        Assert.Equal(real.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_it_points_to_is_there()
    {
        JsonObject document = OpenApiDocument.Make();
        int pointers = 0;
        void Look(JsonNode? node)
        {
            if (node is JsonObject all)
            {
                if (all["$ref"] is JsonValue pointer)
                {
                    pointers++;
                    JsonNode? at = document;
                    foreach (string part in pointer.GetValue<string>()[2..].Split('/'))
                    {
                        at = at is JsonArray list ? list[int.Parse(part)] : at![part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
                    }

                    Assert.NotNull(at);
                }

                foreach ((_, JsonNode? inner) in all)
                {
                    Look(inner);
                }
            }
            else if (node is JsonArray items)
            {
                foreach (JsonNode? inner in items)
                {
                    Look(inner);
                }
            }
        }

        Look(document);
        Assert.True(pointers > 50, $"{pointers}");
    }

    [Fact]
    public async Task It_is_served_to_whoever_asks()
    {
        using HttpClient client = new() { BaseAddress = service.Service.Addresses[0] };

        Assert.Equal("3.1.1", JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/openapi.json", UriKind.Relative))).RootElement.GetProperty("openapi").GetString());
    }
}
