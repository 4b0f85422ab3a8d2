// SPDX-License-Identifier: MIT
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;
using Spindle.Service.Web;
using Spindle.Station.Contract;

namespace Spindle.Service.Api;

/// <summary>Verbs that only read, and are over soon: they are answered at once, with the document that the command prints with <c>--json</c>.</summary>
/// <param name="register">Knows which drives are in use.</param>
/// <param name="roots">Which files may be named.</param>
/// <param name="equipment">What the verbs need of the machine.</param>
internal sealed class Reading(IRegister register, Roots roots, Equipment equipment) : IEndpoints, IDisposable
{
    /// <summary>How many are answered at a time: each reads a disk.</summary>
    public const int Most = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly JobFilter Held = new() { States = [JobState.Running, JobState.Stopping, JobState.Lost] };

    private readonly SemaphoreSlim _places = new(Most);

    /// <summary>The verbs, each with those keys of its request that would change something.</summary>
    public static IReadOnlyList<(string Verb, string[] Changing)> Verbs { get; } =
    [
        ("damage", []),
        ("discs", ["label", "copy", "place", "chart", "overwrite"]),
        ("events", []),
        ("find", []),
        ("inspect", []),
        ("ls", []),
        ("num_isos", []),
        ("tree", []),
        ("where", []),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach ((string name, string[] changing) in Verbs)
        {
            IVerb verb = Station.Verbs.All.Single(known => known.Name == name);
            string address = $"/api/{(name == "events" ? "disc-events" : name)}"; // what changes here and now is at /api/events
            routes.MapRead(address, async context =>
            {
                using JsonDocument request = QueryRequest.Read(context.Request.Query, verb.RequestForm);
                await ReadAsync(context, verb, changing, request.RootElement);
            });
            routes.MapPost(address, async context =>
            {
                using JsonDocument request = await Body.ParseAsync(context) ?? throw Failures.NoBody();
                await ReadAsync(context, verb, changing, request.RootElement);
            });
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task ReadAsync(HttpContext context, IVerb verb, string[] changing, JsonElement request)
    {
        JobOrder order = Ordering.Of(verb, request, equipment.DriveIdentity, OrderDetails.None); // a request that makes no sense is refused here
        if (changing.FirstOrDefault(key => request.TryGetProperty(key, out JsonElement value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)) is { } change)
        {
            throw Failures.ChangesSomething(verb.Name, change);
        }

        roots.Check(order);
        foreach (string drive in order.Resources.Where(resource => resource.StartsWith("drive:", StringComparison.Ordinal)))
        {
            if (await register.ListAsync(Held with { Resource = drive }, null, 1, context.RequestAborted) is [Job job])
            {
                throw Failures.DriveBusy(drive["drive:".Length..], job.Number); // it would be disturbed
            }
        }

        if (!await _places.WaitAsync(Patience, context.RequestAborted))
        {
            context.Response.Headers.RetryAfter = "2";
            await Answer.FailAsync(context, Failures.TooManyReadings, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        try
        {
            using JsonDocument whole = JsonDocument.Parse(order.Request);
            await verb.GiveAsync(new Reader(context, whole.RootElement, equipment));
        }
        finally
        {
            _places.Release();
        }
    }

    private sealed class Reader(HttpContext context, JsonElement request, Equipment equipment) : IVerbUser<bool>
    {
        public async Task<bool> UseAsync<TRequest, TDocument>(Verb<TRequest, TDocument> verb)
            where TRequest : notnull
            where TDocument : Document
        {
            TDocument document = await verb.RunAsync(RequestReader.Read(request, verb.Request), Work.Unattended(equipment), context.RequestAborted);
            using (document as IDisposable)
            {
                context.Response.ContentType = "application/json";
                if (!HttpMethods.IsHead(context.Request.Method))
                {
                    await JsonSerializer.SerializeAsync(context.Response.Body, document, verb.Document, context.RequestAborted); // lists are read while they are sent
                }
            }

            return true;
        }
    }
}
