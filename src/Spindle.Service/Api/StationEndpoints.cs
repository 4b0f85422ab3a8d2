// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Media;
using Spindle.Service.Drives;
using Spindle.Service.Jobs;
using Spindle.Service.Managing;
using Spindle.Service.Titles;
using Spindle.Service.Web;

namespace Spindle.Service.Api;

/// <summary>The station: its drives, its batches, and whether it begins jobs.</summary>
/// <param name="drives">The drives.</param>
/// <param name="register">Where batches stand.</param>
/// <param name="changes">Changes them.</param>
/// <param name="station">The station's name.</param>
/// <param name="titles">What discs are called; null where there is no list.</param>
internal sealed class StationEndpoints(StationDrives drives, IRegister register, JobChanges changes, string station, TitleList? titles) : IEndpoints
{
    private const int MostBatches = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/drives", async context => await JsonAsync(context, await drives.JsonAsync(context.RequestAborted)));
        routes.MapRead("/api/drives/{drive}", TellAsync);
        routes.MapPost("/api/drives/{drive}/name", context => ChangeAsync(context, ApiJson.Form.NamePart, (drive, part) => drives.RenameAsync(drive, part.Name, context.RequestAborted)));
        routes.MapPost("/api/drives/{drive}/pause", context => ChangeAsync(context, ApiJson.Form.PausePart, (drive, part) => drives.PauseAsync(drive, part.Paused, By(part.Operator), context.RequestAborted)));
        routes.MapPost("/api/drives/{drive}/eject", EjectAsync);
        routes.MapPost("/api/drives/{drive}/arm", context => ChangeAsync(context, ApiJson.Form.ArmPart, (drive, part) =>
        {
            drives.Arm(drive, part.Template, part.Batch, part.Request);
            return Task.CompletedTask;
        }));
        routes.MapPost("/api/drives/{drive}/disarm", DisarmAsync);
        routes.MapPost("/api/pause", PauseAsync);
        routes.MapRead("/api/titles", TitleAsync);
        routes.MapRead("/api/batches", BatchesAsync);
        routes.MapPost("/api/batches", ChangeBatchAsync);
    }

    private static string? By(string? person)
    {
        OrderPart.Limit("operator", person);
        return person;
    }

    private static Task JsonAsync(HttpContext context, JsonObject json, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return Answer.BytesAsync(context, Encoding.UTF8.GetBytes(json.ToJsonString(JsonForm.Options())), "application/json");
    }

    private Task<StationDrive> FindAsync(HttpContext context) => drives.FindAsync((string)context.GetRouteValue("drive")!, context.RequestAborted);

    private async Task TellAsync(HttpContext context) => await JsonAsync(context, await drives.JsonOfAsync(await FindAsync(context), context.RequestAborted));

    private async Task ChangeAsync<T>(HttpContext context, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> form, Func<StationDrive, T, Task> change)
        where T : class
    {
        T part = await Body.ReadAsync(context, form) ?? throw Failures.NoBody();
        await change(await FindAsync(context), part);
        await TellAsync(context);
    }

    private async Task EjectAsync(HttpContext context)
    {
        ByPart part = await Body.ReadAsync(context, ApiJson.Form.ByPart) ?? new();
        await drives.EjectAsync(await FindAsync(context), By(part.Operator), context.RequestAborted);
        await TellAsync(context);
    }

    private async Task DisarmAsync(HttpContext context)
    {
        drives.Disarm(await FindAsync(context));
        await TellAsync(context);
    }

    private async Task PauseAsync(HttpContext context)
    {
        PausePart part = await Body.ReadAsync(context, ApiJson.Form.PausePart) ?? throw Failures.NoBody();
        string resource = Hold.StationOf(station);
        await (part.Paused ? register.HoldAsync(resource, By(part.Operator), context.RequestAborted) : register.FreeAsync(resource, By(part.Operator), context.RequestAborted));
        await Answer.JsonAsync(context, part, ApiJson.Form.PausePart);
    }

    private async Task TitleAsync(HttpContext context)
    {
        string identifier = new Query(context.Request, "identifier").Text("identifier") ?? "";
        await Answer.JsonAsync(context, new(identifier, titles?.Find(identifier) ?? throw Failures.NoTitle(identifier)), ApiJson.Form.TitlePart);
    }

    private async Task BatchesAsync(HttpContext context)
    {
        Query query = new(context.Request, "name");
        IReadOnlyList<JobBatch> batches = await register.BatchesAsync(query.Text("name"), MostBatches, context.RequestAborted);
        await Answer.JsonAsync(context, new([.. batches.Select(batch => new BatchPart(batch.Name, batch.Jobs, batch.Opened, batch.Closed, batch.Last))]), ApiJson.Form.BatchesPart);
    }

    private async Task ChangeBatchAsync(HttpContext context)
    {
        BatchChangePart part = await Body.ReadAsync(context, ApiJson.Form.BatchChangePart) ?? throw Failures.NoBody();
        await (part.Closed ? changes.CloseBatchAsync(part.Name, By(part.Operator), context.RequestAborted) : changes.OpenBatchAsync(part.Name, By(part.Operator), context.RequestAborted));
        JobBatch batch = (await register.BatchesAsync(part.Name, 1, context.RequestAborted))[0];
        await Answer.JsonAsync(context, new(batch.Name, batch.Jobs, batch.Opened, batch.Closed, batch.Last), ApiJson.Form.BatchPart);
    }
}
