// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Spindle.Station;
using Spindle.Testing;

namespace Spindle.Cli.Tests.Commands;

/// <summary>Requests that programs wrote down: they are done as the command line that says the same.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string> Names() => [.. Verbs.All.Select(verb => verb.Name)];

    public RunCommandTests()
    {
        Directory.CreateDirectory(_directory["tree"]);
        _directory.Write("tree/a.txt", [1, 2, 3]);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_request_is_done_as_the_command_line_that_says_the_same()
    {
        CommandLine.Outcome scan = await RunAsync("scan", new() { ["catalogue"] = _directory["c.db"], ["what"] = new JsonObject { ["sources"] = new JsonArray(_directory["tree"]) } });
        CommandLine.Outcome find = await RunAsync("find", new() { ["catalogue"] = _directory["c.db"], ["pattern"] = "*" });
        CommandLine.Outcome command = await CommandLine.RunAsync("find", "*", "--catalogue", _directory["c.db"], "--json");

        Assert.Equal((0, "spindle/scan/1"), (scan.Code, JsonNode.Parse(scan.Output)!["schema"]!.GetValue<string>()));
        Assert.Equal((0, command.Output), (find.Code, find.Output));
        Assert.Contains("a.txt", find.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_verb_refuses_is_its_own_document_and_exit_code()
    {
        CommandLine.Outcome find = await RunAsync("find", new() { ["catalogue"] = _directory["none.db"], ["pattern"] = "*" });

        Assert.Equal(1, find.Code);
        Assert.Equal("no-catalogue", JsonNode.Parse(find.Output)!["error"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", "it is no JSON")]
    [InlineData("[1]", "its \"schema\" is not")]
    [InlineData("{\"schema\": 7}", "its \"schema\" is not")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"request\": {}}", "it names no verb")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"fly\", \"request\": {}}", "there is no verb fly")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"find\"}", "it has no \"request\"")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"find\", \"request\": null}", "the request is null")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"find\", \"request\": 5}", "not one of this verb")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"find\", \"request\": {}}", "a key that this verb needs: catalogue")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"verify\", \"request\": {\"sources\": [\"x\"], \"catalog\": \"c.db\"}}", "a key that this verb does not know: catalog")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"scan\", \"request\": {\"catalogue\": \"c.db\", \"what\": {\"sources\": [\"x\"], \"rehashed\": true}}}", "a key that this verb does not know: what.rehashed")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"verify\", \"request\": {\"sources\": null}}", "says nothing where something must be: sources")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"verify\", \"request\": {\"sources\": [null]}}", "says nothing where something must be: sources")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"verify\", \"request\": {\"sources\": []}}", "says nothing where something must be: sources")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"verify\", \"request\": {\"sources\": [\"\"]}}", "says nothing where something must be: sources")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"plan\", \"request\": {\"catalogue\": \"c\"}}", "a key that this verb needs: what")]
    [InlineData("{\"schema\": \"spindle/request/1\", \"verb\": \"verify\", \"request\": {\"sources\": [\"a\\u0000b\"]}}", "a character that no name has")]
    public async Task What_is_no_request_is_told_and_nothing_is_done(string text, string why)
    {
        File.WriteAllText(_directory["request.json"], text);

        CommandLine.Outcome outcome = await CommandLine.RunAsync("run", _directory["request.json"]);

        JsonNode error = JsonNode.Parse(outcome.Output)!["error"]!;
        Assert.Equal((1, "not-a-request"), (outcome.Code, error["code"]!.GetValue<string>()));
        Assert.Contains(why, error["what"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told() =>
        Assert.Equal("no-such-source", JsonNode.Parse((await CommandLine.RunAsync("run", _directory["none.json"])).Output)!["error"]!["code"]!.GetValue<string>());

    /// <summary>Numbers that no option would take, names that are none: a program gets an answer to each, and never a crash.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nonsense_is_answered(string verb)
    {
        JsonTypeInfo form = Verbs.All.Single(one => one.Name == verb).RequestForm;
        foreach (JsonObject request in Nonsense(form))
        {
            CommandLine.Outcome outcome = await RunAsync(verb, request);

            Assert.True(outcome.Code is 0 or 1 or 2 or 64, $"{request.ToJsonString()}: {outcome.Code}, {outcome.Error}");
            Assert.Equal($"spindle/{verb}/1", JsonNode.Parse(outcome.Output)!["schema"]!.GetValue<string>());
        }
    }

    /// <summary>The smallest request, and for each place of it and below the same with something odd there.</summary>
    private IEnumerable<JsonObject> Nonsense(JsonTypeInfo form)
    {
        yield return Smallest(form);
        foreach (JsonPropertyInfo property in form.Properties)
        {
            JsonTypeInfo type = form.Options.GetTypeInfo(property.PropertyType);
            Type plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
            IEnumerable<JsonNode?> odd = plain == typeof(string) ? ["", "../x", "a\u0001b", new string('n', 5000)]
                : plain == typeof(int) ? [-1, 0, int.MaxValue]
                : plain == typeof(long) ? [-1, 0, long.MaxValue]
                : plain == typeof(double) ? [-1, 0, 1e300]
                : plain == typeof(bool) ? [true, false]
                : type.Kind == JsonTypeInfoKind.Enumerable ? [new JsonArray(), new JsonArray("")]
                : type.Kind == JsonTypeInfoKind.Object && plain.Namespace!.StartsWith("Spindle", StringComparison.Ordinal) ? Nonsense(type)
                : [];
            foreach (JsonNode? value in odd)
            {
                JsonObject request = Smallest(form);
                request[property.Name] = value;
                yield return request;
            }
        }
    }

    private JsonObject Smallest(JsonTypeInfo form)
    {
        JsonObject request = [];
        foreach (JsonPropertyInfo property in form.Properties.Where(property => property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false, IsNullable: false }))
        {
            JsonTypeInfo type = form.Options.GetTypeInfo(property.PropertyType);
            request[property.Name] = type.Type == typeof(string) ? _directory["none"]
                : type.Kind == JsonTypeInfoKind.Enumerable ? new JsonArray(_directory["none"])
                : type.Kind == JsonTypeInfoKind.Object ? Smallest(type)
                : JsonSerializer.SerializeToNode(type.Type.IsEnum ? Enum.GetValues(type.Type).GetValue(0) : Activator.CreateInstance(type.Type), type);
        }

        return request;
    }

    private Task<CommandLine.Outcome> RunAsync(string verb, JsonObject request)
    {
        File.WriteAllText(_directory["request.json"], new JsonObject { ["schema"] = "spindle/request/1", ["verb"] = verb, ["request"] = request }.ToJsonString());
        return CommandLine.RunAsync("run", _directory["request.json"]);
    }
}
